//! Words of the desk: what staff read. A customer's "request" is a "ticket" here.

use domain::i18n::Locale;
use domain::ticket::{Channel, MoveRefused};

use crate::ApiError;

domain::catalogue! {
    administration => "Administration", "Beheer";
    notifications => "Notifications", "Meldingen";
    unread_count(unread: i64) => "{unread} unread", "{unread} ongelezen";
    mark_read => "Mark as read", "Markeer als gelezen";
    mark_read_of(key: &str) => "Mark {key} as read", "{key} als gelezen markeren";
    mark_all_read => "Mark all as read", "Alles als gelezen markeren";
    not_marked => "That did not work. Try again.", "Dat lukte niet. Probeer het opnieuw.";
    no_notifications => "Nothing to report", "Niets te melden";
    no_notifications_text => "When a customer writes, or a deadline of yours comes close or passes, it stands here.", "Als een klant schrijft, of een termijn van u dichtbij komt of verstrijkt, staat dat hier.";
    told_raised(by: &str) => "{by} raised it", "Ingediend door {by}";
    told_replied(by: &str) => "{by} wrote", "{by} schreef";
    told_assigned(by: &str) => "{by} gave it to you", "{by} heeft het aan u gegeven";
    told_reopened(by: &str) => "{by} reopened it", "{by} heeft het heropend";
    told_withdrawn(by: &str) => "{by} withdrew it", "{by} heeft het ingetrokken";
    review_at_risk(due: &str) => "Little time left to review: due {due}", "Weinig tijd om te beoordelen: uiterlijk {due}";
    resolution_at_risk(due: &str) => "Little time left to resolve: due {due}", "Weinig tijd om op te lossen: uiterlijk {due}";
    response_at_risk(due: &str) => "Little time left to answer: due {due}", "Weinig tijd om te antwoorden: uiterlijk {due}";
    response_late(due: &str) => "Not answered in time: it was due {due}", "Niet op tijd beantwoord: de termijn was {due}";
    review_late(due: &str) => "Not reviewed in time: it was due {due}", "Niet op tijd beoordeeld: de termijn was {due}";
    resolution_late(due: &str) => "Not resolved in time: it was due {due}", "Niet op tijd opgelost: de termijn was {due}";
    // The rail.
    queues => "Queues", "Wachtrijen";
    quick_queues => "Often used queues", "Veelgebruikte wachtrijen";
    mine => "Mine", "Van mij";
    all_open => "All open", "Alle open";
    new_tickets => "New", "Nieuw";
    unassigned => "Unassigned", "Niet toegewezen";
    waiting => "Waiting for customer", "Wacht op klant";
    resolved => "Resolved", "Opgelost";
    all => "All tickets", "Alle tickets";
    time => "Time", "Tijd";
    past_due => "Past due", "Te laat";
    at_risk => "At risk", "Dreigt te laat";
    organisations => "Organisations", "Organisaties";
    account => "Account", "Account";
    sign_out => "Sign out", "Uitloggen";

    // The head of the queue.
    search => "Search tickets, people, keys", "Zoek tickets, mensen, nummers";
    new_ticket => "New ticket", "Nieuw ticket";
    organisation => "Organisation", "Organisatie";
    priority => "Priority", "Prioriteit";
    agent => "Agent", "Behandelaar";
    form => "Form", "Formulier";
    all_choices => "All", "Alle";
    any_choice => "Anyone", "Iedereen";
    me => "You", "U";
    nobody => "Nobody", "Niemand";
    stale => "No connection just now. This is how the queue was; it comes back by itself.", "Er is even geen verbinding. Zo stond de wachtrij erbij; hij komt vanzelf terug.";

    // Groups and rows.
    before_closing => "Before closing today", "Vandaag voor sluitingstijd";
    later => "Later", "Later";
    paused => "Paused", "Gepauzeerd";
    done => "Clock stopped", "Klok gestopt";
    left_today(left: &str) => "{left} of support time left today", "vandaag nog {left} supporttijd";
    between(reasons: &str) => "{reasons} between", "met {reasons} ertussen";
    no_deadline_runs => "no deadline runs", "er loopt geen termijn";
    and => " and ", " en ";
    confidential => "Confidential", "Vertrouwelijk";

    // Nothing to show.
    nothing_found => "Nothing matches", "Niets gevonden";
    nothing_found_text => "No ticket of this queue fits what you asked for.", "Geen ticket in deze wachtrij past bij uw vraag.";
    without_filters => "Show the whole queue", "Toon de hele wachtrij";
    search_all => "Search all tickets", "Zoek in alle tickets";
    no_new => "Everything has been reviewed", "Alles is beoordeeld";
    no_new_text => "New tickets appear here as they come in.", "Nieuwe tickets verschijnen hier zodra ze binnenkomen.";
    no_mine => "Nothing of yours is open", "U hebt niets openstaan";
    no_mine_text => "Accept a ticket and it stands here.", "Neem een ticket aan en het staat hier.";
    no_late => "Nothing is late", "Niets is te laat";
    no_late_text => "Every deadline has time left.", "Elke termijn heeft nog tijd.";
    no_tickets => "Nothing here", "Hier is niets";
    no_tickets_text => "No ticket is in this queue right now.", "Er staat nu geen ticket in deze wachtrij.";

    // Keys.
    key_move => "move", "bewegen";
    key_open => "open", "openen";
    key_search => "search", "zoeken";
    key_new => "new", "nieuw";
    key_new_long => "New ticket", "Nieuw ticket";
    key_all => "all keys", "alle toetsen";
    key_next => "Next ticket", "Volgend ticket";
    key_previous => "Previous ticket", "Vorig ticket";
    key_back => "Back to the queue", "Terug naar de wachtrij";
    key_send => "Send what you write", "Versturen wat u schrijft";
    keys_title => "Keys", "Toetsen";
    keys_on_ticket => "On a ticket", "Op een ticket";
    keys_on => "Use these keys in this browser", "Gebruik deze toetsen in deze browser";

    // A ticket.
    position(at: &str, of: &str) => "{at} of {of}", "{at} van {of}";
    conversation => "Conversation", "Gesprek";
    whole_log(count: &str) => "Whole event log ({count})", "Hele logboek ({count})";
    actions => "Actions", "Acties";
    accept => "Accept", "Aannemen";
    answer => "Answer", "Antwoorden";
    return_with_question => "Return with question", "Terug met vraag";
    /// Where there is no room for more.
    return_short => "Return", "Terug";
    take_back => "Take back", "Terugnemen";
    resolve => "Resolve", "Oplossen";
    reopen => "Reopen", "Heropenen";
    note => "Note", "Notitie";
    more => "More", "Meer";
    take_back_text => "Go on without waiting for the customer’s answer.", "Verdergaan zonder op het antwoord van de klant te wachten.";
    reopen_text => "It is not solved after all. The time since it was resolved is not counted.", "Het is toch niet opgelost. De tijd sinds het oplossen telt niet mee.";
    accepted => "Accepted. It is yours.", "Aangenomen. Het is van u.";
    assigned => "Assigned.", "Toegewezen.";
    taken_back => "Taken back. The clock runs again.", "Teruggenomen. De klok loopt weer.";
    reopened => "Reopened. The clock runs again.", "Heropend. De klok loopt weer.";
    closed_now => "Closed.", "Gesloten.";

    // Closing.
    close_duplicate => "Close as duplicate", "Sluiten als dubbel";
    close_duplicate_title => "Which ticket is it a duplicate of?", "Van welk ticket is dit dubbel?";
    close_duplicate_text => "Both tickets get a link to each other. The customer reads that it goes on there.", "Beide tickets krijgen een verwijzing naar elkaar. De klant leest dat het daar verdergaat.";
    other_key => "Key of the other ticket", "Nummer van het andere ticket";
    other_key_hint => "For example ACME-17", "Bijvoorbeeld ACME-17";
    close_spam => "Close as spam", "Sluiten als spam";
    close_spam_title => "Close this ticket as spam?", "Dit ticket sluiten als spam?";
    close_spam_text => "It cannot be reopened.", "Het kan niet worden heropend.";

    // Changing the priority.
    change_priority => "Change priority", "Prioriteit wijzigen";
    change_to(priority: &str) => "Change to {priority}", "Wijzig in {priority}";
    priority_is(priority: &str) => "Priority is now {priority}.", "De prioriteit is nu {priority}.";
    used_stays(used: &str) => "Time already used stays counted: {used}.", "De gebruikte tijd blijft tellen: {used}.";
    cancel => "Cancel", "Annuleren";
    reason => "Reason", "Reden";
    reason_hint(names: &str) => "{names} will read this", "Dit leest: {names}";

    // The composer.
    composer => "Write", "Schrijven";
    text => "Text", "Tekst";
    answer_to(name: &str) => "Answer to {name}", "Antwoord aan {name}";
    question => "Return with question", "Terug met vraag";
    solution => "Resolve with answer", "Oplossen met antwoord";
    close_composer => "Close", "Sluiten";
    send_answer => "Send answer", "Antwoord versturen";
    send_question => "Send question", "Vraag versturen";
    send_solution => "Send and resolve", "Versturen en oplossen";
    save_note => "Save note", "Notitie bewaren";
    sending => "Sending…", "Wordt verstuurd…";
    answer_sent => "Answer sent.", "Antwoord verstuurd.";
    question_sent => "Question sent. The resolution clock is paused.", "Vraag verstuurd. De oplosklok staat stil.";
    solution_sent => "Resolved. The customer is asked to confirm.", "Opgelost. De klant wordt gevraagd te bevestigen.";
    note_saved => "Note saved.", "Notitie bewaard.";
    was_a_note => "This was begun as an internal note. What you send now goes to the customer.", "Dit was begonnen als interne notitie. Wat u nu verstuurt, gaat naar de klant.";
    note_readers => "Only staff will ever read this.", "Alleen medewerkers lezen dit, nu en later.";
    readers(names: &str, organisation: &str) => "{names} will read this, and colleagues at {organisation} can.", "Dit leest: {names}; collega’s van {organisation} kunnen het ook lezen.";
    readers_confidential(names: &str) => "Only {names} will read this: the ticket is confidential.", "Dit leest alleen: {names}. Het ticket is vertrouwelijk.";

    // Previews.
    will_pause(left: &str, due: &str) => "The resolution clock pauses with {left} left; if answered right away it would be due {due}.", "De oplosklok pauzeert met {left} over; bij direct antwoord wordt het uiterlijk {due}.";
    will_pause_late => "The resolution clock pauses; it is past due already.", "De oplosklok pauzeert; de termijn is al verstreken.";
    will_stop(spare: &str) => "The clocks stop, with {spare} to spare.", "De klokken stoppen, met {spare} over.";
    will_stop_late(over: &str) => "The clocks stop, {over} too late.", "De klokken stoppen, {over} te laat.";
    answer_accepts => "This also accepts the ticket: it becomes yours and the review clock stops.", "Hiermee neemt u het ticket ook aan: het wordt van u en de beoordelingsklok stopt.";
    answer_keeps_waiting => "The ticket keeps waiting for the customer.", "Het ticket blijft op de klant wachten.";
    answer_keeps_resolved => "The ticket stays resolved.", "Het ticket blijft opgelost.";
    runs_on(due: &str) => "The resolution clock runs on: due {due}.", "De oplosklok loopt verder: uiterlijk {due}.";
    runs_on_late => "The resolution clock runs on; it is past due already.", "De oplosklok loopt verder; de termijn is al verstreken.";

    // When someone else was faster, or it did not work.
    meanwhile => "Meanwhile this happened:", "Intussen is dit gebeurd:";
    meanwhile_text => "Nothing was sent. Your text is kept.", "Er is niets verstuurd. Uw tekst is bewaard.";
    meanwhile_gone => "What you wanted to do is not possible any more; choose another way to use it, or discard it.", "Wat u wilde doen kan niet meer; gebruik de tekst anders of gooi hem weg.";
    raised => "Ticket raised. The requester gets a confirmation.", "Ticket aangemaakt. De aanvrager krijgt een bevestiging.";
    meanwhile_decide => "Nothing was changed. Look at it as it is now and decide again.", "Er is niets gewijzigd. Bekijk hoe het nu is en beslis opnieuw.";
    send_anyway => "Send anyway", "Toch versturen";
    discard => "Discard my text", "Mijn tekst weggooien";
    failed_network => "Not sent: no connection. Your text is kept; try again in a moment.", "Niet verstuurd: geen verbinding. Uw tekst is bewaard; probeer het zo opnieuw.";
    failed_signed_out => "You are signed out. Your text is kept: sign in in another tab and try again.", "U bent uitgelogd. Uw tekst is bewaard: log in een ander tabblad in en probeer het opnieuw.";
    failed_outdated => "Loket was updated. Your text is kept: load the page again.", "Loket is vernieuwd. Uw tekst is bewaard: laad de pagina opnieuw.";
    failed_gone => "This ticket cannot be found any more.", "Dit ticket is niet meer te vinden.";
    failed_forbidden => "You may not do this.", "Dit mag u niet doen.";
    failed_often => "Too many changes at once. Wait a moment and try again.", "Te veel wijzigingen tegelijk. Wacht even en probeer het opnieuw.";
    failed_other => "Something went wrong on our side. Your text is kept.", "Er ging bij ons iets mis. Uw tekst is bewaard.";
    failed_reference(id: &str) => "Something went wrong on our side. Your text is kept. Reference: {id}", "Er ging bij ons iets mis. Uw tekst is bewaard. Kenmerk: {id}";
    refused_status => "This is not possible in the ticket’s present state.", "Dit kan niet in de huidige status van het ticket.";
    refused_closed => "The ticket is closed for good; a later reply opens a new one.", "Het ticket is definitief gesloten; een later antwoord opent een nieuw ticket.";
    refused_late => "It was resolved more than 14 days ago and cannot be reopened.", "Het is meer dan 14 dagen geleden opgelost en kan niet worden heropend.";

    // The side.
    about => "About this ticket", "Over dit ticket";
    clocks => "Clocks", "Klokken";
    requester => "Requester", "Aanvrager";
    also_follows(names: &str) => "Also follows: {names}", "Volgt ook: {names}";
    open_count(count: &str) => "{count} open", "{count} open";
    managed_by(name: &str) => "account manager {name}", "accountmanager {name}";
    properties => "Properties", "Eigenschappen";
    assign => "Assign", "Toewijzen";
    channel_label => "Channel", "Kanaal";
    policy => "Policy", "Afspraken";
    visibility => "Visibility", "Zichtbaarheid";
    seen_by_few => "Requester and participants", "Aanvrager en deelnemers";
    related => "Related", "Verwant";
    other_tickets => "Other tickets of the organisation", "Andere tickets van de organisatie";
    member => "member", "lid";
    no_account => "has no account", "heeft geen account";
    manager => "manager", "beheerder";

    by_web => "web", "web";
    by_mail => "mail", "mail";
    by_phone => "phone", "telefoon";
    by_chat => "chat", "chat";
    by_system => "system", "systeem";
    by_web_long => "Web", "Web";
    by_mail_long => "Mail", "Mail";
    by_phone_long => "Phone", "Telefoon";
    by_chat_long => "Chat", "Chat";
    by_system_long => "System", "Systeem";

    // What happened. `who` is "You" or a first name.
    you => "You", "u";
    you_object => "you", "u";
    loket => "Loket", "Loket";
    did_create(who: &str, priority: &str) => "{who} raised it with priority {priority}", "Gemeld door {who} met prioriteit {priority}";
    did_accept(who: &str) => "{who} accepted it", "Aangenomen door {who}";
    did_take(who: &str) => "{who} took it", "Overgenomen door {who}";
    did_assign(who: &str, to: &str) => "{who} assigned it to {to}", "Door {who} toegewezen aan {to}";
    did_unassign(who: &str) => "{who} left it unassigned", "Door {who} losgelaten";
    did_answer(who: &str) => "{who} answered", "Beantwoord door {who}";
    did_note(who: &str) => "{who} wrote an internal note", "Interne notitie van {who}";
    did_keep_mail => "An automatic mail came in", "Er kwam een automatische mail binnen";
    did_return(who: &str) => "{who} returned it with a question; the resolution clock pauses", "Met een vraag teruggestuurd door {who}; de oplosklok pauzeert";
    did_reply(who: &str) => "{who} replied", "Reactie van {who}";
    did_take_back(who: &str) => "{who} took it back; the resolution clock runs on", "Teruggenomen door {who}; de oplosklok loopt verder";
    did_resolve(who: &str) => "{who} resolved it", "Opgelost door {who}";
    did_reopen(who: &str) => "{who} reopened it; the resolution clock runs on", "Heropend door {who}; de oplosklok loopt verder";
    did_confirm(who: &str) => "{who} confirmed that it is solved", "Bevestigd door {who}: het is opgelost";
    did_expire => "Closed: nobody objected for 14 days", "Gesloten: 14 dagen geen bezwaar";
    did_withdraw(who: &str) => "{who} withdrew it", "Ingetrokken door {who}";
    did_duplicate(who: &str, key: &str) => "{who} closed it as a duplicate of {key}", "Door {who} gesloten als dubbel van {key}";
    did_spam(who: &str) => "{who} closed it as spam", "Door {who} gesloten als spam";
    did_prioritise(who: &str, from: &str, to: &str, reason: &str) => "{who} changed priority from {from} to {to}: {reason}", "Prioriteit door {who} gewijzigd van {from} in {to}: {reason}";
    did_add(who: &str, name: &str) => "{who} added {name}", "{name} toegevoegd door {who}";
    did_remove(who: &str, name: &str) => "{who} removed {name}", "{name} verwijderd door {who}";
    did_hide(who: &str) => "{who} made it confidential", "Vertrouwelijk gemaakt door {who}";
    did_show(who: &str) => "{who} made it visible to the organisation again", "Weer zichtbaar gemaakt voor de organisatie door {who}";
    did_link(key: &str) => "Linked with {key}", "Verbonden met {key}";
    did_change_policy(name: &str, version: i64) => "Now under policy {name}, version {version}", "Valt nu onder afspraak {name}, versie {version}";
    due_moved(old: &str, new: &str) => "due {old} became {new}", "uiterlijk {old} werd {new}";
    due_now(time: &str) => "due {time}", "uiterlijk {time}";
    review_met(spare: &str) => "review met with {spare} to spare", "beoordeling gehaald met {spare} over";
    review_missed(over: &str) => "review {over} too late", "beoordeling {over} te laat";
    resolution_met(spare: &str) => "resolution met with {spare} to spare", "oplossing gehaald met {spare} over";
    resolution_missed(over: &str) => "resolution {over} too late", "oplossing {over} te laat";

    // Raising for someone.
    choose_organisation => "Choose the organisation that calls.", "Kies de organisatie die belt.";
    choose_requester => "Who is it for?", "Voor wie is het?";
    subject => "Subject", "Onderwerp";
    subject_hint => "One sentence, as they said it.", "Eén zin, zoals het gezegd werd.";
    description => "Description", "Omschrijving";
    description_hint => "What happened, since when, who is affected.", "Wat er gebeurde, sinds wanneer, wie er last van heeft.";
    raise => "Raise ticket", "Ticket aanmaken";
}

/// How a message came in, behind its time.
pub const fn channel(locale: Locale, channel: Channel) -> &'static str {
    match channel {
        Channel::Web => by_web(locale),
        Channel::Mail => by_mail(locale),
        Channel::Phone => by_phone(locale),
        Channel::Chat => by_chat(locale),
        Channel::System => by_system(locale),
    }
}

/// How a ticket came in, standing alone.
pub const fn channel_long(locale: Locale, channel: Channel) -> &'static str {
    match channel {
        Channel::Web => by_web_long(locale),
        Channel::Mail => by_mail_long(locale),
        Channel::Phone => by_phone_long(locale),
        Channel::Chat => by_chat_long(locale),
        Channel::System => by_system_long(locale),
    }
}

/// Why a change did not happen.
pub fn failure(locale: Locale, error: &ApiError) -> String {
    match error {
        ApiError::Refused(MoveRefused::NotFrom(_)) => refused_status(locale),
        ApiError::Refused(MoveRefused::Closed) => refused_closed(locale),
        ApiError::Refused(MoveRefused::TooLate) => refused_late(locale),
        ApiError::Conflict(_) => meanwhile_text(locale),
        ApiError::NotFound => failed_gone(locale),
        ApiError::SignedOut => failed_signed_out(locale),
        ApiError::Forbidden => failed_forbidden(locale),
        ApiError::RateLimited(_) => failed_often(locale),
        ApiError::Network | ApiError::Unavailable => failed_network(locale),
        ApiError::Outdated => failed_outdated(locale),
        ApiError::Internal { request_id } if !request_id.is_empty() => return failed_reference(locale, request_id),
        ApiError::Internal { .. } | ApiError::Invalid(_) => failed_other(locale),
    }
    .to_owned()
}
