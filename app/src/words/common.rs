//! Words that more than one area uses: statuses, priorities, clocks, weekdays, and the parts of forms and threads.
//! Words of one page belong in that area's catalogue.

use domain::form::FILES_MAX;
use domain::i18n::Locale;
use domain::problem::Problem;
use domain::ticket::{Priority, Status};

mod clock;

pub use clock::*;
pub use domain::words::{closed_hours, closed_reason, month, month_short, weekday, weekday_short};

domain::catalogue! {
    new => "New", "Nieuw";
    in_progress => "In progress", "In behandeling";
    waiting_for_customer => "Waiting for customer", "Wacht op klant";
    waiting_for_you => "Waiting for you", "Wacht op u";
    waiting_for(name: &str) => "Waiting for {name}", "Wacht op {name}";
    waiting => "Waiting", "Wacht op klant";
    resolved => "Resolved", "Opgelost";
    closed => "Closed", "Gesloten";

    critical => "Critical", "Kritiek";
    high => "High", "Hoog";
    medium => "Medium", "Middel";
    low => "Low", "Laag";
    critical_criterion => "You cannot work: the system is inaccessible, or data was lost", "U kunt niet werken: het systeem is onbereikbaar of er zijn gegevens verloren";
    high_criterion => "A main function works incorrectly or fails", "Een hoofdfunctie werkt verkeerd of helemaal niet";
    medium_criterion => "An additional function does not work", "Een aanvullende functie werkt niet";
    low_criterion => "Information, advice, a service request or a standard change", "Informatie, advies, een serviceverzoek of een standaardwijziging";

    /// After a label whose field may stay empty.
    optional => "(optional)", "(niet verplicht)";
    choose => "Choose", "Kies";
    /// Heading of the error summary.
    one_thing_to_fix => "One thing to fix before this can be sent", "Eén ding om te verbeteren voordat dit verstuurd kan worden";
    things_to_fix(count: usize) => "{count} things to fix before this can be sent", "{count} dingen om te verbeteren voordat dit verstuurd kan worden";
    files => "Files", "Bestanden";
    choose_files => "Choose files", "Kies bestanden";
    or_drop_them => "or drop them here", "of sleep ze hierheen";
    add_files => "Add files", "Bestanden toevoegen";
    wait_for_files => "One moment: a file is still on its way.", "Een ogenblik: er is nog een bestand onderweg.";
    remove => "Remove", "Verwijderen";
    remove_file(name: &str) => "Remove {name}", "{name} verwijderen";
    try_again => "Try again", "Opnieuw proberen";
    try_file_again(name: &str) => "Try {name} again", "{name} opnieuw proberen";
    file_limits(count: u32, megabytes: u32) => "Up to {count} files of {megabytes} MB each. Screenshots help most.", "Hoogstens {count} bestanden van {megabytes} MB elk. Schermafbeeldingen helpen het meest.";
    uploading => "uploading", "wordt verstuurd";
    upload_failed => "This file did not arrive. It is not lost: try again, or send without it.", "Dit bestand is niet aangekomen. Het is niet weg: probeer het opnieuw of verstuur zonder.";
    file_too_large(size: &str, limit: u32) => "{size} is over the limit of {limit} MB. Nothing else is lost; you can add a smaller file.", "{size} is meer dan de grens van {limit} MB. Verder is er niets weg; u kunt een kleiner bestand toevoegen.";
    file_is_empty => "This file is empty.", "Dit bestand is leeg.";
    draft_saved(time: &str) => "Draft saved {time}", "Concept bewaard {time}";
    draft_saving => "Saving draft…", "Concept wordt bewaard…";
    begun_before(time: &str) => "Your draft of {time} is still here.", "Uw concept van {time} staat er nog.";
    start_over => "Start over", "Opnieuw beginnen";
    draft_failed => "Draft not saved", "Concept niet bewaard";
    your_reply => "Your reply", "Uw antwoord";
    internal_note => "Internal note", "Interne notitie";
    never_seen_by_customers => "customers never see this", "klanten zien dit nooit";
    sign_in_in_a_tab => "Sign in in another tab", "Inloggen in een ander tabblad";
    staff_only => "Staff only", "Alleen medewerkers";
    by_mail => "by e-mail", "per e-mail";
    unverified => "Sender not verified", "Afzender niet vastgesteld";
    unverified_text(author: &str) => "This came by e-mail in the name of {author}, and nobody could establish that it really comes from them. Be careful with what it asks; nothing was closed or confirmed because of it.", "Dit kwam per e-mail op naam van {author}, en niemand kon vaststellen dat het echt van deze afzender komt. Wees voorzichtig met wat erin wordt gevraagd; er is niets door gesloten of bevestigd.";
    history => "Earlier messages and signature", "Eerdere berichten en ondertekening";
    sent_from(address: &str) => "Sent from {address}", "Verstuurd vanaf {address}";
    original_message => "Original message", "Oorspronkelijk bericht";
    you => "you", "u";
    support => "Support", "Support";
    show => "Show", "Toon";
    hide => "Hide", "Verberg";
    show_password => "Show password", "Wachtwoord tonen";
    close => "Close", "Sluiten";
    dismiss => "Dismiss", "Sluiten";
    previous_page => "Previous", "Vorige";
    next_page => "Next", "Volgende";
    pages => "Pages", "Pagina's";
    breadcrumbs => "You are here", "U bent hier";
    unread => "Unread", "Ongelezen";
    loading => "Loading…", "Bezig met laden…";
    image => "image", "afbeelding";

    today => "today", "vandaag";
    tomorrow => "tomorrow", "morgen";
    yesterday => "yesterday", "gisteren";

    required => "This is needed", "Dit is nodig";
    too_long(max: u32) => "At most {max} characters", "Hoogstens {max} tekens";
    too_short(min: u32) => "At least {min} characters", "Minstens {min} tekens";
    not_an_email => "This is not an e-mail address, such as name@company.example", "Dit is geen e-mailadres, zoals naam@bedrijf.example";
    not_a_date => "Choose a date that exists", "Kies een datum die bestaat";
    not_a_choice => "Choose one of the options", "Kies een van de mogelijkheden";
    wrong_credentials => "The e-mail address or the password is not right", "Het e-mailadres of het wachtwoord klopt niet";
    wrong_password => "This is not your current password", "Dit is niet uw huidige wachtwoord";
    guessable_password => "This password is too easy to guess; choose another", "Dit wachtwoord is te makkelijk te raden; kies een ander";
    link_expired => "This link was used before or has expired", "Deze link is al gebruikt of verlopen";
    already_a_member => "This person has an account already", "Deze persoon heeft al een account";
    named_file_too_large(name: &str, limit: u32) => "{name} is over {limit} MB", "{name} is groter dan {limit} MB";
    named_file_empty(name: &str) => "{name} is empty", "{name} is leeg";
    too_many_files(max: u32) => "At most {max} files", "Hoogstens {max} bestanden";
    no_such_ticket => "There is no ticket with this key", "Er is geen ticket met dit nummer";
    not_a_key => "A key is two to eight capital letters and digits", "Een sleutel is twee tot acht hoofdletters en cijfers";
    leads_nowhere => "That ticket is itself closed as a duplicate or as spam: give the one that goes on", "Dat ticket is zelf gesloten als dubbel of als spam: geef het ticket dat doorgaat";
    same_ticket => "This is the ticket itself", "Dit is het ticket zelf";
    no_such_person => "Choose a person who is still here", "Kies iemand die er nog is";
    unchanged => "It has this priority already", "Het heeft deze prioriteit al";
    not_a_time_zone => "Choose a time zone such as Europe/Amsterdam", "Kies een tijdzone zoals Europe/Amsterdam";
    not_a_country => "Choose a country by its two letters, such as NL", "Kies een land met twee letters, zoals NL";
    not_opening_hours_at(column: u32, message: &str) =>
        "These opening hours cannot be read from character {column} on: {message}",
        "Deze openingstijden zijn vanaf teken {column} niet te lezen: {message}";
    not_a_time => "Type a time, such as 9:00 or 17:30", "Typ een tijd, zoals 9:00 of 17:30";
    ends_before_it_begins => "This ends before it begins", "Dit eindigt voordat het begint";
    not_hours => "Type a number of hours, such as 24 or 1.5", "Typ een aantal uren, zoals 24 of 1,5";
    name_taken => "This name is already in use", "Deze naam is al in gebruik";
    outdated(version: i64) =>
        "Someone saved version {version} meanwhile. Look at it before you save yours",
        "Iemand heeft intussen versie {version} opgeslagen. Bekijk die voordat u de uwe opslaat";
}

/// Who reads: customers read plain words, staff exact ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reader {
    #[default]
    Customer,
    Staff,
}

/// The name of a status, for this reader.
pub const fn status(locale: Locale, status: Status, reader: Reader) -> &'static str {
    match (status, reader) {
        (Status::New, _) => new(locale),
        (Status::InProgress, _) => in_progress(locale),
        (Status::Waiting, Reader::Customer) => waiting_for_you(locale),
        (Status::Waiting, Reader::Staff) => waiting_for_customer(locale),
        (Status::Resolved, _) => resolved(locale),
        (Status::Closed, _) => closed(locale),
    }
}

pub const fn priority(locale: Locale, priority: Priority) -> &'static str {
    match priority {
        Priority::Critical => critical(locale),
        Priority::High => high(locale),
        Priority::Medium => medium(locale),
        Priority::Low => low(locale),
    }
}

/// When to choose this priority (DESIGN §3).
pub const fn criterion(locale: Locale, priority: Priority) -> &'static str {
    match priority {
        Priority::Critical => critical_criterion(locale),
        Priority::High => high_criterion(locale),
        Priority::Medium => medium_criterion(locale),
        Priority::Low => low_criterion(locale),
    }
}

/// What is wrong with a field, as a sentence beside it.
pub fn problem(locale: Locale, problem: &Problem) -> String {
    match problem {
        Problem::Required => required(locale).to_owned(),
        Problem::TooLong(max) => too_long(locale, *max),
        Problem::TooShort(min) => too_short(locale, *min),
        Problem::NotAnEmail => not_an_email(locale).to_owned(),
        Problem::NotADate => not_a_date(locale).to_owned(),
        Problem::NotAChoice => not_a_choice(locale).to_owned(),
        Problem::WrongCredentials => wrong_credentials(locale).to_owned(),
        Problem::WrongPassword => wrong_password(locale).to_owned(),
        Problem::GuessablePassword => guessable_password(locale).to_owned(),
        Problem::LinkExpired => link_expired(locale).to_owned(),
        Problem::AlreadyAMember => already_a_member(locale).to_owned(),
        Problem::FileTooLarge { name, limit_mb } => named_file_too_large(locale, name, *limit_mb),
        Problem::FileEmpty { name } => named_file_empty(locale, name),
        Problem::TooManyFiles(0) => too_many_files(locale, FILES_MAX),
        Problem::TooManyFiles(max) => too_many_files(locale, *max),
        Problem::NotAKey => not_a_key(locale).to_owned(),
        Problem::NoSuchTicket => no_such_ticket(locale).to_owned(),
        Problem::SameTicket => same_ticket(locale).to_owned(),
        Problem::LeadsNowhere => leads_nowhere(locale).to_owned(),
        Problem::NoSuchPerson => no_such_person(locale).to_owned(),
        Problem::Unchanged => unchanged(locale).to_owned(),
        Problem::NotATimeZone => not_a_time_zone(locale).to_owned(),
        Problem::NotACountry => not_a_country(locale).to_owned(),
        Problem::NotOpeningHours { column, fault, .. } => {
            not_opening_hours_at(locale, *column, &domain::opening::say_fault(locale, fault))
        }
        Problem::NotATime => not_a_time(locale).to_owned(),
        Problem::EndsBeforeItBegins => ends_before_it_begins(locale).to_owned(),
        Problem::NotHours => not_hours(locale).to_owned(),
        Problem::NameTaken => name_taken(locale).to_owned(),
        Problem::Outdated { version } => outdated(locale, *version),
    }
}
