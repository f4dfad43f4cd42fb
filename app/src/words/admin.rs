//! Words of the administration: calendars, policies, what changing them does, and who did.

use domain::i18n::Locale;

use crate::ApiError;

domain::catalogue! {
    administration => "Administration", "Beheer";
    overview => "Overview", "Overzicht";
    overview_text => "When your desk is open, what it promises, and to whom.", "Wanneer uw balie open is, wat u belooft, en aan wie.";
    calendars => "Calendars", "Agenda’s";
    policies => "Policies", "Afspraken";
    all_calendars => "All calendars", "Alle agenda’s";
    all_policies => "All policies", "Alle afspraken";

    calendars_text => "Deadlines count only while a calendar is open.", "Termijnen tellen alleen zolang een agenda open is.";
    new_calendar => "New calendar", "Nieuwe agenda";
    used_by(policies: &str) => "Used by {policies}", "Gebruikt door {policies}";
    used_by_none => "No policy uses it", "Geen afspraak gebruikt deze agenda";
    version(version: i64) => "version {version}", "versie {version}";
    shipped => "came with Loket", "meegeleverd met Loket";

    name => "Name", "Naam";
    time_zone => "Time zone", "Tijdzone";
    week => "Opening hours", "Openingstijden";
    week_hint => "From and to, up to 24:00. A day without hours is closed; a second pair leaves room for lunch.", "Van en tot, hoogstens 24:00. Een dag zonder tijden is gesloten; een tweede paar laat ruimte voor de lunch.";
    from_time(day: &str, number: usize) => "{day}, from, {number}", "{day}, van, {number}";
    to_time(day: &str, number: usize) => "{day}, to, {number}", "{day}, tot, {number}";
    more_hours => "More hours", "Meer tijden";
    more_hours_on(day: &str) => "More hours on {day}", "Meer tijden op {day}";
    closed_on_holidays => "Closed on public holidays", "Gesloten op feestdagen";
    closed_on_holidays_hint => "Those of the country below.", "Die van het land hieronder.";
    country => "Country", "Land";
    country_hint => "Two letters, such as NL. Empty: no public holidays.", "Twee letters, zoals NL. Leeg: geen feestdagen.";
    good_friday => "Good Friday is a public holiday", "Goede Vrijdag is een feestdag";
    dutch_only => "For the Netherlands; other countries have their own rules.", "Voor Nederland; andere landen hebben eigen regels.";
    liberation_day => "Liberation Day, 5 May, is a public holiday", "Bevrijdingsdag, 5 mei, is een feestdag";
    never => "Never", "Nooit";
    every_year => "Every year", "Elk jaar";
    every_fifth_year => "Every fifth year: 2030, 2035", "Elk vijfde jaar: 2030, 2035";
    other_dates => "Dates with other hours", "Datums met andere tijden";
    other_dates_hint => "Such as 24 December, 09:00-13:00, Christmas Eve. No hours means closed; no year means every year.", "Zoals 24 december, 09:00-13:00, Kerstavond. Geen tijden betekent gesloten; geen jaartal betekent elk jaar.";
    date_number(number: usize) => "Date {number}", "Datum {number}";
    more_dates => "Another date", "Nog een datum";
    day => "Day", "Dag";
    month => "Month", "Maand";
    year => "Year", "Jaar";
    open_hours => "Open", "Open";
    day_name => "Name, if it has one", "Naam, als de dag er een heeft";
    usual_days_only => "Only on days that are usually open", "Alleen op dagen die meestal open zijn";
    extra_closed => "Extra closed dates", "Extra gesloten datums";
    extra_closed_hint => "One a line: the date, then what people read. For example: 2026-12-24 Office move", "Eén per regel: de datum en dan wat mensen lezen. Bijvoorbeeld: 2026-12-24 Verhuizing";
    expression => "Opening hours as an expression", "Openingstijden als expressie";
    expression_hint => "The same in OpenStreetMap’s notation, for those who know it. If both are changed, this counts.", "Hetzelfde in de notatie van OpenStreetMap, voor wie die kent. Als beide zijn gewijzigd, telt deze.";
    expression_more => "How it is written", "Hoe u het schrijft";
    beyond_the_week => "A week with dates cannot show these opening hours. What counts is the expression below; it keeps working as it is.", "Een week met datums kan deze openingstijden niet tonen. Wat telt is de expressie hieronder; die blijft werken zoals ze is.";

    show_what_changes => "Show what changes", "Toon wat er wijzigt";
    save => "Save", "Opslaan";
    what_changes => "What would change", "Wat er zou wijzigen";
    changed_since => "You have changed the form since: look again.", "U hebt het formulier daarna gewijzigd: kijk opnieuw.";
    open_tickets => "Open tickets", "Open tickets";
    coming_year => "The coming 12 months", "De komende 12 maanden";
    coming_year_text => "As it is in force now. Holidays on days that are closed anyway are not listed.", "Zoals het nu geldt. Feestdagen op dagen die toch al gesloten zijn, staan er niet bij.";
    ordinarily => "Ordinarily open:", "Gewoonlijk open:";
    no_ordinary_week => "no ordinary week", "geen gewone week";
    no_special_days => "Every day is as usual.", "Elke dag is zoals gewoonlijk.";
    never_opens => "This calendar is never open in the coming 12 months: no deadline could be promised.", "Deze agenda is de komende 12 maanden nooit open: er is geen termijn te beloven.";
    shorter => "shorter", "korter";
    other_hours => "other hours", "andere tijden";

    nothing_moves => "No deadline of an open ticket moves.", "Geen termijn van een open ticket verschuift.";
    one_moves => "One deadline moves:", "Eén termijn verschuift:";
    some_move(count: i64) => "{count} deadlines move:", "{count} termijnen verschuiven:";
    and_more(count: i64) => "and {count} more", "en nog {count}";
    ticket => "Ticket", "Ticket";
    clock => "Clock", "Klok";
    was => "Was due", "Was";
    becomes => "Becomes due", "Wordt";
    direction => "Direction", "Richting";
    earlier => "earlier", "eerder";
    later => "later", "later";
    no_deadline => "no deadline", "geen termijn";
    review => "Review", "Beoordeling";
    resolution => "Resolution", "Oplossing";
    next_response => "Next response", "Volgende reactie";

    saved(version: i64) => "Version {version} is in force.", "Versie {version} is van kracht.";
    assigned => "The organisation has its new policy.", "De organisatie heeft de nieuwe afspraken.";
    deadlines_moved(count: i64) => "Deadlines moved: {count}.", "Verschoven termijnen: {count}.";
    outdated(version: i64) => "Someone saved version {version} meanwhile. Nothing of yours is saved yet; saving now replaces theirs.", "Iemand heeft intussen versie {version} opgeslagen. Van u is nog niets opgeslagen; als u nu opslaat, vervangt u die versie.";
    open_newest => "Open theirs; what you typed here is dropped", "Open die versie; wat u hier typte, vervalt";
    not_yours => "Only administrators can do this.", "Alleen beheerders kunnen dit doen.";
    gone => "This does not exist.", "Dit bestaat niet.";
    signed_out => "You are signed out. Sign in again in another tab; what you typed stays here.", "U bent uitgelogd. Log in een ander tabblad weer in; wat u typte, blijft hier staan.";
    unreachable => "Loket cannot be reached. Nothing is saved; try again.", "Loket is niet bereikbaar. Er is niets opgeslagen; probeer het opnieuw.";
    failed => "Something went wrong, and nothing is saved. Try again in a moment.", "Er ging iets mis en er is niets opgeslagen. Probeer het zo opnieuw.";

    versions => "Versions", "Versies";
    version_column => "Version", "Versie";
    saved_column => "Saved", "Opgeslagen";
    by => "By", "Door";
    changes => "Changes", "Wijzigingen";
    none => "none", "geen";

    policies_text => "A new version holds for new tickets; open ones follow only if you choose so.", "Een nieuwe versie geldt voor nieuwe tickets; open tickets volgen alleen als u daarvoor kiest.";
    new_policy => "New policy", "Nieuwe afspraken";
    policy => "Policy", "Afspraken";
    organisation => "Organisation", "Organisatie";
    organisations => "Organisations that have it", "Organisaties met deze afspraken";
    nobody_has_it => "No organisation has it", "Geen organisatie heeft deze afspraken";
    had_by(names: &str) => "For {names}", "Voor {names}";
    one_open => "1 open ticket", "1 open ticket";
    some_open(count: i64) => "{count} open tickets", "{count} open tickets";
    clock_hours(hours: &str) => "{hours}, around the clock", "{hours}, dag en nacht";
    priority => "Priority", "Prioriteit";
    who_has_which => "Who has which", "Wie heeft welke";
    give_policy => "Give an organisation another policy", "Geef een organisatie andere afspraken";
    give => "Give", "Geven";
    apply_to_their_open => "Also for its tickets that are open now", "Ook voor de tickets van deze organisatie die nu open zijn";
    apply_to_open(count: i64) => "Also for the open tickets under this policy ({count})", "Ook voor de open tickets met deze afspraken ({count})";
    apply_hint => "Time already used stays used; customers can read in their ticket that it changed.", "Gebruikte tijd blijft gebruikt; klanten kunnen in hun ticket lezen dat het is gewijzigd.";
    only_if_applied(count: i64) => "Tickets that would come under it, if you choose so: {count}.", "Tickets die eronder zouden vallen, als u daarvoor kiest: {count}.";
    targets_hint => "In hours, such as 24 or 1.5, and what they are counted in.", "In uren, zoals 24 of 1,5, en waarin ze worden geteld.";
    around_the_clock => "Around the clock", "Dag en nacht";
    hours_unit => "h", "u";
    hours_of(what: &str) => "{what}: hours", "{what}: uren";
    counted_in(what: &str) => "{what}: counted in", "{what}: geteld in";

    log => "Who changed what", "Wie wijzigde wat";
    log_empty => "Nothing was changed yet.", "Er is nog niets gewijzigd.";
    calendar_created(name: &str) => "Calendar “{name}” was made.", "Agenda “{name}” is gemaakt.";
    calendar_saved(name: &str, version: i64) => "Calendar “{name}”: version {version}.", "Agenda “{name}”: versie {version}.";
    policy_created(name: &str) => "Policy “{name}” was made.", "Afspraken “{name}” zijn gemaakt.";
    policy_saved(name: &str, version: i64) => "Policy “{name}”: version {version}.", "Afspraken “{name}”: versie {version}.";
    policy_assigned(organisation: &str, name: &str) => "{organisation} got policy “{name}”.", "{organisation} kreeg afspraken “{name}”.";
    applied_to_one => "Applied to 1 open ticket.", "Toegepast op 1 open ticket.";
    applied_to(count: i64) => "Applied to {count} open tickets.", "Toegepast op {count} open tickets.";
}

/// Why a form was not accepted, apart from its fields.
pub const fn failure(locale: Locale, error: &ApiError) -> &'static str {
    match error {
        ApiError::Forbidden => not_yours(locale),
        ApiError::NotFound => gone(locale),
        ApiError::SignedOut => signed_out(locale),
        ApiError::Network | ApiError::Unavailable => unreachable(locale),
        _ => failed(locale),
    }
}
