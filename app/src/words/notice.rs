//! Words about notices: customers' notification centre, how one wants to be told, and ending mails.

use domain::i18n::Locale;
use domain::notice::{Delivery, NoticeKind};

domain::catalogue! {
    // The notification centre of customers.
    notifications => "Notifications", "Meldingen";
    unread_count(unread: i64) => "{unread} unread", "{unread} ongelezen";
    mark_read => "Mark as read", "Markeer als gelezen";
    mark_read_of(key: &str) => "Mark {key} as read", "{key} als gelezen markeren";
    mark_all_read => "Mark all as read", "Alles als gelezen markeren";
    not_marked => "That did not work. Try again.", "Dat lukte niet. Probeer het opnieuw.";
    nothing => "Nothing to report", "Niets te melden";
    nothing_text => "When something happens on a request of yours, it stands here.", "Als er iets gebeurt met een verzoek van u, staat dat hier.";
    choose_mails => "Choose what you get by mail", "Kies wat u per mail krijgt";
    support => "Support", "Support";
    received => "We have received it", "Wij hebben het ontvangen";
    accepted(by: &str) => "{by} is working on it", "{by} is ermee bezig";
    answered(by: &str) => "{by} answered", "{by} heeft geantwoord";
    returned(by: &str) => "{by} asks you something", "{by} heeft een vraag aan u";
    priority_changed(by: &str) => "{by} changed the priority", "{by} heeft de prioriteit gewijzigd";
    resolved(by: &str) => "{by} has resolved it: please confirm", "{by} heeft het opgelost: bevestigt u het?";
    closed(by: &str) => "{by} has closed it", "{by} heeft het gesloten";
    closed_by_itself => "It was closed, 14 days after it was resolved", "Het is gesloten, 14 dagen nadat het was opgelost";
    participant_added(by: &str) => "{by} has added you to it", "{by} heeft u erbij betrokken";
    wrote(by: &str) => "{by} wrote", "{by} schreef";

    // How one wants to be told.
    preferences => "What you get by mail", "Wat u per mail krijgt";
    preferences_text => "Whatever you choose, everything stands under Notifications as well.", "Wat u ook kiest, alles staat ook bij Meldingen.";
    always_customer => "Two things always come by mail, at once: the confirmation of a new request, and a question that support cannot go on without.", "Twee dingen komen altijd meteen per mail: de bevestiging van een nieuw verzoek, en een vraag zonder welke support niet verder kan.";
    always_account => "Mails about your account itself, such as a new password, always come.", "Mails over uw account zelf, zoals een nieuw wachtwoord, komen altijd.";
    now => "By mail, at once", "Per mail, meteen";
    daily => "In one mail a day", "In één mail per dag";
    portal => "Not by mail", "Niet per mail";
    save_preferences => "Save choices", "Keuzes bewaren";
    preferences_saved => "Your choices are saved.", "Uw keuzes zijn bewaard.";
    bounced(email: &str) => "Mail to {email} came back", "Mail aan {email} kwam terug";
    bounced_since => "We have sent none to it since", "We sturen er niets meer naartoe sinds";
    bounced_said(said: &str) => "The other side said: “{said}”", "De andere kant zei: ‘{said}’";
    address_works => "This address works again", "Dit adres werkt weer";
    address_works_now => "From now on, mail goes to your address again.", "Vanaf nu gaat er weer mail naar uw adres.";

    // Ending mails from a mail.
    end_title => "Stop these mails?", "Deze mails stoppen?";
    end_text(email: &str) => "These mails to {email} would stop:", "Deze mails aan {email} stoppen dan:";
    end_note => "You can still read it all under Notifications.", "U leest alles nog steeds bij Meldingen.";
    end_button => "Stop these mails", "Stop deze mails";
    ended_title => "These mails have stopped", "Deze mails zijn gestopt";
    ended_text(email: &str) => "Nothing is sent to {email} any more about:", "Aan {email} sturen we niets meer over:";
    resume => "Send them again", "Stuur ze toch weer";
    end_dead => "This link does not work", "Deze link werkt niet";
    end_dead_text => "Perhaps part of it was lost on the way. On your account page you can choose what you get by mail.", "Misschien is er onderweg een stuk weggevallen. Op de pagina van uw account kiest u wat u per mail krijgt.";
    end_failed => "That did not work. Try again in a moment.", "Dat lukte niet. Probeer het zo opnieuw.";
    to_account => "To your account", "Naar uw account";

    // The kinds.
    kind_received => "We have received a request of yours", "Een verzoek van u is ontvangen";
    kind_accepted => "Somebody starts working on it", "Iemand gaat ermee aan de slag";
    kind_answered => "Support answers", "Support antwoordt";
    kind_returned => "Support asks you something", "Support vraagt u iets";
    kind_priority_changed => "The priority changes", "De prioriteit verandert";
    kind_resolved => "It is resolved", "Het is opgelost";
    kind_closed => "It is closed", "Het is gesloten";
    kind_participant_added => "Somebody adds you to a request", "Iemand betrekt u bij een verzoek";
    kind_colleague_replied => "A colleague writes on it", "Een collega schrijft erop";
    kind_raised => "A new ticket comes in", "Er komt een nieuw ticket binnen";
    kind_replied => "A customer writes", "Een klant schrijft";
    kind_assigned => "Somebody gives you a ticket", "Iemand geeft u een ticket";
    kind_reopened => "A ticket is reopened", "Een ticket wordt heropend";
    kind_withdrawn => "A customer withdraws a ticket", "Een klant trekt een ticket in";
    kind_at_risk => "A deadline comes close", "Een termijn komt dichtbij";
    kind_breached => "A deadline has passed", "Een termijn is verstreken";
}

/// What a kind of notice is about.
pub const fn kind(locale: Locale, kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Received => kind_received(locale),
        NoticeKind::Accepted => kind_accepted(locale),
        NoticeKind::Answered => kind_answered(locale),
        NoticeKind::Returned => kind_returned(locale),
        NoticeKind::PriorityChanged => kind_priority_changed(locale),
        NoticeKind::Resolved => kind_resolved(locale),
        NoticeKind::Closed => kind_closed(locale),
        NoticeKind::ParticipantAdded => kind_participant_added(locale),
        NoticeKind::ColleagueReplied => kind_colleague_replied(locale),
        NoticeKind::Raised => kind_raised(locale),
        NoticeKind::Replied => kind_replied(locale),
        NoticeKind::Assigned => kind_assigned(locale),
        NoticeKind::Reopened => kind_reopened(locale),
        NoticeKind::Withdrawn => kind_withdrawn(locale),
        NoticeKind::AtRisk => kind_at_risk(locale),
        NoticeKind::Breached => kind_breached(locale),
    }
}

pub const fn delivery(locale: Locale, delivery: Delivery) -> &'static str {
    match delivery {
        Delivery::Now => now(locale),
        Delivery::Daily => daily(locale),
        Delivery::Portal => portal(locale),
    }
}
