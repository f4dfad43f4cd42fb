//! What mails about tickets say.

use domain::i18n::Locale;
use domain::notice::NoticeKind;
use domain::sla::ClockKind;
use domain::ticket::{Priority, Status};
use domain::time::Millis;

domain::catalogue! {
    // Titles, to customers.
    received => "We have received your request", "Wij hebben uw verzoek ontvangen";
    received_for(by: &str) => "{by} has made this request for you", "{by} heeft dit verzoek voor u ingediend";
    accepted(by: &str) => "{by} is working on your request", "{by} is met uw verzoek bezig";
    answered(by: &str) => "{by} answered", "{by} heeft geantwoord";
    returned(by: &str) => "{by} asks you something", "{by} heeft een vraag aan u";
    priority_changed(by: &str, to: &str) => "{by} changed the priority to {to}", "{by} heeft de prioriteit gewijzigd in {to}";
    resolved(by: &str) => "{by} has resolved your request", "{by} heeft uw verzoek opgelost";
    closed_solved(by: &str) => "{by} has confirmed that it is solved: the request is closed", "{by} heeft bevestigd dat het is opgelost: het verzoek is gesloten";
    closed_expired => "Your request is closed", "Uw verzoek is gesloten";
    closed_withdrawn(by: &str) => "{by} has withdrawn the request", "{by} heeft het verzoek ingetrokken";
    closed_duplicate(by: &str) => "{by} has closed your request: we handle it with another one", "{by} heeft uw verzoek gesloten: wij behandelen het bij een ander verzoek";
    participant_added(by: &str) => "{by} has added you to a request", "{by} heeft u bij een verzoek betrokken";
    colleague_replied(by: &str) => "{by} wrote", "{by} schreef";
    // Titles, to staff.
    raised(by: &str, organisation: &str) => "New ticket of {by}, {organisation}", "Nieuw ticket van {by}, {organisation}";
    replied(by: &str, organisation: &str) => "{by}, {organisation}, wrote", "{by}, {organisation}, schreef";
    assigned(by: &str) => "{by} gave you this ticket", "{by} heeft u dit ticket gegeven";
    reopened(by: &str) => "{by} reopened the ticket", "{by} heeft het ticket heropend";
    withdrawn(by: &str, organisation: &str) => "{by}, {organisation}, has withdrawn the ticket", "{by}, {organisation}, heeft het ticket ingetrokken";
    review_at_risk(at: &str) => "Must be reviewed before {at}", "Moet vóór {at} beoordeeld zijn";
    resolution_at_risk(at: &str) => "Must be resolved before {at}", "Moet vóór {at} opgelost zijn";
    response_at_risk(at: &str) => "Must be answered before {at}", "Moet vóór {at} beantwoord zijn";
    review_breached(at: &str) => "Should have been reviewed before {at}", "Had vóór {at} beoordeeld moeten zijn";
    resolution_breached(at: &str) => "Should have been resolved before {at}", "Had vóór {at} opgelost moeten zijn";
    response_breached(at: &str) => "Should have been answered before {at}", "Had vóór {at} beantwoord moeten zijn";
    /// Who did what the passing of time did.
    support_desk => "The support desk", "De supportdesk";

    // What follows a title.
    received_by_mail(priority: &str) => "A mail does not say how urgent it is, so its priority is {priority} for now. If that is wrong, say so in an answer and we change it.", "Een mail zegt niet hoe dringend iets is, dus de prioriteit is voorlopig {priority}. Klopt dat niet? Laat het weten in een antwoord, dan passen wij het aan.";
    received_text => "Its number is below. Keep it, or simply reply to this mail: your reply is added to the request.", "Het nummer staat hieronder. Bewaar het, of beantwoord gewoon deze mail: uw antwoord komt bij het verzoek.";
    you_wrote => "You wrote:", "U schreef:";
    request_text => "The request:", "Het verzoek:";
    unverified(who: &str) => "This came by e-mail in the name of {who}, and nobody could establish that it really comes from them. Be careful with what it asks.", "Dit kwam per e-mail op naam van {who}, en niemand kon vaststellen dat het echt van deze afzender komt. Wees voorzichtig met wat erin wordt gevraagd.";
    returned_text => "We can go on when we have your answer. Until then the clock stands still. Reply to this mail, or answer on the page of the request.", "Wij kunnen verder als wij uw antwoord hebben. Tot dan staat de klok stil. Beantwoord deze mail, of antwoord op de pagina van het verzoek.";
    answered_text => "To write back, reply to this mail.", "Terugschrijven? Beantwoord deze mail.";
    reason(reason: &str) => "Reason: {reason}", "Reden: {reason}";
    resolved_text(until: &str) => "Is it solved? Confirm it on the page of the request, or do nothing: it closes on {until}. Is it not? Reply to this mail, or say so on the page, and we go on.", "Is het opgelost? Bevestig het op de pagina van het verzoek, of doe niets: het sluit op {until}. Is het niet opgelost? Beantwoord deze mail of laat het op de pagina weten, dan gaan wij verder.";
    expired_text => "It was resolved 14 days ago and nobody said otherwise. If it comes back, reply to this mail: that makes a new request, linked to this one.", "Het is 14 dagen geleden opgelost en niemand heeft anders laten weten. Komt het terug, beantwoord dan deze mail: dat wordt een nieuw verzoek, gekoppeld aan dit verzoek.";
    closed_text => "Is there more to say? Reply to this mail: that makes a new request, linked to this one.", "Wilt u nog iets kwijt? Beantwoord deze mail: dat wordt een nieuw verzoek, gekoppeld aan dit verzoek.";
    duplicate_text(key: &str) => "It goes on as {key}.", "Het gaat verder als {key}.";
    participant_text => "You can read it, write to it and follow what happens.", "U kunt het lezen, erop schrijven en volgen wat er gebeurt.";

    // Facts.
    number => "Number", "Nummer";
    subject => "Subject", "Onderwerp";
    organisation => "Organisation", "Organisatie";
    requester => "Requester", "Aanvrager";
    status => "Status", "Status";
    priority => "Priority", "Prioriteit";
    priority_was => "Priority was", "Prioriteit was";
    review_before => "Reviewed before", "Beoordeeld vóór";
    resolve_before => "Resolved before", "Opgelost vóór";
    resolve_before_was => "Deadline was", "Termijn was";
    resolve_before_now => "Deadline is now", "Termijn is nu";
    was_due => "Was due", "Termijn was";
    stands_still => "the clock stands still until you answer", "de klok staat stil tot u antwoordt";
    stands_still_desk => "paused: waiting for the customer", "gepauzeerd: wacht op de klant";
    no_deadline => "no deadline", "geen termijn";
    promised(at: &str, hours: &str) => "{at} ({hours})", "{at} ({hours})";
    support_hours(hours: &str) => "{hours} support hours", "{hours} supporturen";
    one_support_hour => "1 support hour", "1 supportuur";
    support_minutes(minutes: &str) => "{minutes} minutes of support time", "{minutes} minuten supporttijd";

    // Status and priority.
    status_new => "New", "Nieuw";
    in_progress => "In progress", "In behandeling";
    waiting_for_you => "Waiting for you", "Wacht op u";
    waiting_for_customer => "Waiting for customer", "Wacht op klant";
    status_resolved => "Resolved", "Opgelost";
    status_closed => "Closed", "Gesloten";
    critical => "Critical", "Kritiek";
    high => "High", "Hoog";
    medium => "Medium", "Middel";
    low => "Low", "Laag";

    // Buttons and the foot.
    view_request => "View the request", "Bekijk het verzoek";
    answer_request => "Answer", "Antwoord geven";
    confirm_request => "Confirm or reopen", "Bevestig of heropen";
    view_ticket => "Open the ticket", "Open het ticket";
    why_requester => "You get this mail because you made this request.", "U krijgt deze mail omdat dit verzoek van u is.";
    why_participant => "You get this mail because you take part in this request.", "U krijgt deze mail omdat u bij dit verzoek betrokken bent.";
    why_staff => "You get this mail because you work at the support desk.", "U krijgt deze mail omdat u bij de supportdesk werkt.";
    why_account => "You get this mail because you have an account here.", "U krijgt deze mail omdat u hier een account hebt.";
    preferences => "Choose what you get by mail", "Kies wat u per mail krijgt";
    unsubscribe => "No more mails like this one", "Geen mails zoals deze meer";

    // The daily mail.
    digest_subject(date: &str) => "What happened until {date}", "Wat er gebeurd is tot {date}";
    digest_one => "News of one request", "Nieuws over één verzoek";
    digest_title(count: &str) => "News of {count} requests", "Nieuws over {count} verzoeken";
    digest_one_desk => "News of one ticket", "Nieuws over één ticket";
    digest_title_desk(count: &str) => "News of {count} tickets", "Nieuws over {count} tickets";
    digest_button => "All my requests", "Al mijn verzoeken";
    digest_button_desk => "To the desk", "Naar de balie";
    why_digest => "You get this mail once a day, because you chose so.", "U krijgt deze mail eens per dag, omdat u daarvoor gekozen hebt.";
}

pub(super) const fn status_name(locale: Locale, status: Status, staff: bool) -> &'static str {
    match status {
        Status::New => status_new(locale),
        Status::InProgress => in_progress(locale),
        Status::Waiting if staff => waiting_for_customer(locale),
        Status::Waiting => waiting_for_you(locale),
        Status::Resolved => status_resolved(locale),
        Status::Closed => status_closed(locale),
    }
}

pub(super) const fn priority_name(locale: Locale, priority: Priority) -> &'static str {
    match priority {
        Priority::Critical => critical(locale),
        Priority::High => high(locale),
        Priority::Medium => medium(locale),
        Priority::Low => low(locale),
    }
}

/// "24 support hours": never a bare number of hours, which people read as a day (DESIGN §3).
pub(super) fn hours(locale: Locale, target: Millis) -> String {
    let minutes = target.0 / Millis::MINUTE.0;
    if minutes == 60 {
        one_support_hour(locale).to_owned()
    } else if minutes % 60 == 0 {
        support_hours(locale, &(minutes / 60).to_string())
    } else {
        support_minutes(locale, &minutes.to_string())
    }
}

/// What a warning says, with the time in words.
pub(super) fn warning(locale: Locale, kind: NoticeKind, clock: ClockKind, at: &str) -> String {
    let late = kind == NoticeKind::Breached;
    match clock {
        ClockKind::Review if late => review_breached(locale, at),
        ClockKind::Review => review_at_risk(locale, at),
        ClockKind::Resolution if late => resolution_breached(locale, at),
        ClockKind::Resolution => resolution_at_risk(locale, at),
        ClockKind::NextResponse if late => response_breached(locale, at),
        ClockKind::NextResponse => response_at_risk(locale, at),
    }
}
