//! Words of mail that arrived, for staff: what machines wrote, what is on no ticket and why, what can be done with it.

use domain::i18n::Locale;
use domain::mail::{MailKind, MailReason, MailState};

domain::catalogue! {
    // On a ticket.
    reply => "Automatic reply", "Automatisch antwoord";
    bounce => "Mail that came back", "Teruggekomen mail";
    list => "Mail of a list", "Mail van een mailinglijst";
    own => "Mail of our own that came back", "Eigen mail die terugkwam";
    flood => "One of too many mails at once", "Een van te veel mails tegelijk";
    person => "Mail", "Mail";
    of_sender(sender: &str) => "from {sender}", "van {sender}";
    changed_nothing => "Only staff see this. It changed nothing: no status, no clock, and nobody was told.", "Alleen medewerkers zien dit. Het veranderde niets: geen status, geen klok, en niemand kreeg bericht.";
    comes_back(name: &str) => "Mail to {name} comes back,", "Mail aan {name} komt terug,";
    since => "since", "sinds";
    other_server_said => "What the other mail server said", "Wat de andere mailserver zei";

    // The list.
    mail => "Mail", "Mail";
    mail_waiting(count: i64) => "Mail, {count} to decide", "Mail, {count} te beslissen";
    lead => "Mail that arrived and is on no ticket.", "Mail die is aangekomen en op geen ticket staat.";
    states => "What became of it", "Wat ermee gebeurde";
    to_decide => "To decide", "Te beslissen";
    suggested => "New colleagues", "Nieuwe collega’s";
    kept => "Automatic", "Automatisch";
    refused => "Refused", "Geweigerd";
    dismissed => "Put aside", "Terzijde gelegd";
    delivered => "On a ticket", "Op een ticket";
    no_subject => "(no subject)", "(geen onderwerp)";
    no_sender => "(no sender)", "(geen afzender)";
    verified => "Sender verified", "Afzender vastgesteld";
    answers(key: &str) => "Answers {key}, as it says itself", "Antwoord op {key}, zegt het zelf";
    none_to_decide => "Nothing to decide", "Niets te beslissen";
    none_to_decide_text => "Mail from people Loket does not know stands here until someone has looked at it.", "Mail van mensen die Loket niet kent, staat hier tot iemand ernaar heeft gekeken.";
    none_suggested_text => "Mail from the domain of an organisation, by someone without an account, waits here until an account manager decides.", "Mail van het domein van een organisatie, van iemand zonder account, wacht hier tot een accountmanager beslist.";
    none_kept_text => "Automatic mail that is about no ticket stands here.", "Automatische mail die bij geen ticket hoort, staat hier.";
    none_refused_text => "Mail beyond the limits stands here, as it arrived; its sender was told.", "Mail die te groot of te ingewikkeld was, staat hier zoals ze aankwam; de afzender kreeg dat te horen.";
    none_dismissed_text => "What you put aside stands here.", "Wat u terzijde legt, staat hier.";
    nothing_here => "Nothing here", "Hier is niets";
    was_dismissed => "Put aside. It stands under “Put aside” and can still be used.", "Terzijde gelegd. Het staat onder ‘Terzijde gelegd’ en is nog te gebruiken.";

    // Why it is here.
    why => "Why it is here", "Waarom dit hier staat";
    why_unknown => "Nobody with an account has this address.", "Niemand met een account heeft dit adres.";
    why_on_ticket => "It answers one of our mails, but nobody with an account has this address.", "Het antwoordt op een mail van ons, maar niemand met een account heeft dit adres.";
    why_deactivated => "The account with this address was deactivated.", "Het account met dit adres is gedeactiveerd.";
    why_domain => "It comes from the domain of an organisation, by someone without an account. An account manager says whether they belong there; their mail then goes where it belongs.", "Het komt van het domein van een organisatie, van iemand zonder account. Een accountmanager zegt of die persoon erbij hoort; de mail gaat dan waar ze hoort.";
    why_declined => "An account manager said that this person does not belong to the organisation.", "Een accountmanager zei dat deze persoon niet bij de organisatie hoort.";
    why_staff => "It is from staff: answers are given at the desk, where you see whom they go to.", "Het is van een medewerker: antwoorden geeft u aan de balie, waar u ziet naar wie ze gaan.";
    why_nobody => "It names no sender, or several.", "Het noemt geen afzender, of meer dan één.";
    why_unreadable => "Loket could not read it. It is kept as it arrived.", "Loket kon het niet lezen. Het is bewaard zoals het aankwam.";
    why_limits => "It is too large or has too many parts. It is kept as it arrived.", "Het is te groot of heeft te veel delen. Het is bewaard zoals het aankwam.";
    why_automatic => "No person wrote it, and it is about no ticket.", "Geen mens schreef het, en het hoort bij geen ticket.";

    // One of them.
    from => "From", "Van";
    received => "Received", "Ontvangen";
    organisation => "Organisation", "Organisatie";
    proposed => "Answers", "Antwoord op";
    sender_label => "Sender", "Afzender";
    account => "Account", "Account";
    kind_label => "Kind", "Soort";
    no_text => "It has no text that could be read.", "Er is geen tekst die te lezen is.";
    text => "Text", "Tekst";
    files => "Files", "Bestanden";
    files_text => "They go along when it is put on a ticket; until then they are in the original message.", "Ze gaan mee als u het op een ticket zet; tot dan zitten ze in het oorspronkelijke bericht.";
    what_to_do => "What to do with it", "Wat ermee te doen";
    put_on => "Put it on a ticket", "Op een ticket zetten";
    put_on_text => "It becomes a message of its sender; the customer sees it. If the ticket waited for the customer, its clock runs on.", "Het wordt een bericht van de afzender; de klant ziet het. Wachtte het ticket op de klant, dan loopt de klok verder.";
    key => "Key of the ticket", "Nummer van het ticket";
    key_hint => "For example ACME-17", "Bijvoorbeeld ACME-17";
    put => "Put it there", "Daar op zetten";
    make_ticket => "Make a ticket of it", "Er een ticket van maken";
    make_ticket_text => "With the mail’s subject, for this person. They get a confirmation.", "Met het onderwerp van de mail, voor deze persoon. Die krijgt een bevestiging.";
    for_whom => "For whom", "Voor wie";
    choose_person => "Choose a person", "Kies iemand";
    raise => "Make the ticket", "Ticket maken";
    aside => "Put it aside", "Terzijde leggen";
    aside_text => "Nobody is told. It stays where it can be found.", "Niemand krijgt bericht. Het blijft terug te vinden.";
    by_on(name: &str) => "by {name},", "door {name},";
    is_on(key: &str) => "It is on {key}", "Het staat op {key}";
    // How mail leaves and arrives.
    setup => "How mail leaves and arrives", "Hoe mail vertrekt en aankomt";
    setup_text => "As this process is configured; changing it is done where Loket is started.", "Zoals dit proces is ingesteld; wijzigen doet u waar Loket wordt gestart.";
    address => "Address", "Adres";
    leaves_by => "Leaves by", "Vertrekt via";
    as_files => "no mail server: mails are written into files", "geen mailserver: mails worden in bestanden geschreven";
    last_sent => "Last sent", "Laatst verstuurd";
    fetched_from => "Fetched from", "Opgehaald bij";
    brought_to => "Brought to", "Bezorgd op";
    not_set => "not configured", "niet ingesteld";
    vouched_by => "Senders vouched for by", "Afzenders vastgesteld door";
    vouched_by_nobody => "nobody: every sender is shown as not verified", "niemand: elke afzender staat als niet vastgesteld";
    last_received => "Last received", "Laatst ontvangen";
    never => "never", "nooit";
    waiting => "Waiting to leave", "Wacht op vertrek";
    none_wait => "No mail waits.", "Er wacht geen mail.";
    some_wait(count: i64) => "Mails that wait: {count}", "Mails die wachten: {count}";
    last_error => "Last error:", "Laatste fout:";
    dead => "Given up", "Opgegeven";
    none_dead => "Nothing was given up", "Niets is opgegeven";
    none_dead_text => "A mail that could not be sent for three days, or that the other side refuses for good, stands here.", "Een mail die drie dagen lang niet te versturen was, of die de andere kant voorgoed weigert, staat hier.";
    given_up => "Given up", "Opgegeven";
    attempts(count: i64) => "attempts: {count}", "pogingen: {count}";
    retry => "Try again", "Opnieuw proberen";
    retry_one(subject: &str) => "Try again: {subject}", "Opnieuw proberen: {subject}";
    retry_all => "Try all again", "Alles opnieuw proberen";
    retried => "It is tried again now.", "Het wordt nu opnieuw geprobeerd.";
    discard => "Forget it", "Vergeten";
    discard_text => "What is forgotten is never sent.", "Wat u vergeet, wordt nooit verstuurd.";
    discarded => "Forgotten. It is not sent.", "Vergeten. Het wordt niet verstuurd.";
    secret => "Its text is not shown: it holds a link that only whom it is for may use.", "De tekst wordt niet getoond: er staat een link in die alleen voor de ontvanger is.";
    to => "To", "Aan";
    ticket => "Ticket", "Ticket";
    written_at => "Written", "Geschreven";

    gone => "Somebody else has dealt with it meanwhile. Load the page again.", "Iemand anders heeft het intussen afgehandeld. Laad de pagina opnieuw.";
}

/// What kind of mail, at the beginning of a line.
pub const fn kind(locale: Locale, kind: MailKind) -> &'static str {
    match kind {
        MailKind::Person => person(locale),
        MailKind::Reply => reply(locale),
        MailKind::Bounce => bounce(locale),
        MailKind::List => list(locale),
        MailKind::Own => own(locale),
        MailKind::Flood => flood(locale),
    }
}

pub const fn state(locale: Locale, state: MailState) -> &'static str {
    match state {
        MailState::Delivered => delivered(locale),
        MailState::Quarantine => to_decide(locale),
        MailState::Suggested => suggested(locale),
        MailState::Refused => refused(locale),
        MailState::Kept => kept(locale),
        MailState::Dismissed => dismissed(locale),
    }
}

/// Why it is not simply on a ticket.
pub const fn reason(locale: Locale, reason: MailReason) -> &'static str {
    match reason {
        MailReason::UnknownSender => why_unknown(locale),
        MailReason::UnknownOnTicket => why_on_ticket(locale),
        MailReason::Deactivated => why_deactivated(locale),
        MailReason::KnownDomain => why_domain(locale),
        MailReason::Declined => why_declined(locale),
        MailReason::Staff => why_staff(locale),
        MailReason::NoSender => why_nobody(locale),
        MailReason::Unreadable => why_unreadable(locale),
        MailReason::BeyondLimits => why_limits(locale),
        MailReason::Automatic => why_automatic(locale),
    }
}
