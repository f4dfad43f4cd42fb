//! The texts of the customer's portal. Customers read "request" and "verzoek", never "ticket".

use domain::i18n::Locale;
use domain::ticket::{MoveRefused, Status};

use super::common;
use crate::ApiError;

domain::catalogue! {
    // Home.
    home => "Home", "Start";
    good_morning(name: &str) => "Good morning, {name}", "Goedemorgen, {name}";
    good_afternoon(name: &str) => "Good afternoon, {name}", "Goedemiddag, {name}";
    good_evening(name: &str) => "Good evening, {name}", "Goedenavond, {name}";
    how_can_we_help => "How can we help?", "Waarmee kunnen we u helpen?";
    your_open_requests => "Your open requests", "Uw openstaande verzoeken";
    all_requests_of(name: &str) => "All requests of {name}", "Alle verzoeken van {name}";
    all_your_requests => "All your requests", "Al uw verzoeken";
    nothing_open => "You have no open requests.", "U hebt geen openstaande verzoeken.";
    and_more(count: i64) => "and {count} more", "en nog {count}";
    helpful_articles => "Helpful articles", "Handige artikelen";
    links_of(name: &str) => "Links of {name}", "Links van {name}";
    your_contacts => "Your contacts", "Uw contactpersonen";
    account_manager => "Account manager", "Accountmanager";
    also_by_phone => "Critical problems, also by phone", "Kritieke problemen, ook telefonisch";
    you_were_asked => "Support asked you a question", "Support heeft u iets gevraagd";
    agent_asked(name: &str) => "{name} asked you a question", "{name} heeft u iets gevraagd";
    agent_works(name: &str) => "{name} is working on it", "{name} werkt eraan";
    we_work => "We are working on it", "Wij werken eraan";
    waits_for_review => "Waiting for us to review it", "Wacht op onze beoordeling";
    please_confirm => "Solved, we think: please confirm", "Volgens ons opgelost: bevestigt u het?";

    // Raising.
    new_request => "New request", "Nieuw verzoek";
    new_short => "New", "Nieuw";
    choose_form_text => "Choose what fits best. You can say it all in your own words on the next page.", "Kies wat het beste past. Op de volgende pagina kunt u alles in uw eigen woorden zeggen.";
    subject => "Subject", "Onderwerp";
    subject_hint => "One sentence, as you would say it to a colleague.", "Eén zin, zoals u het aan een collega zou zeggen.";
    description => "Description", "Omschrijving";
    description_hint => "What did you do, what happened, what did you expect?", "Wat deed u, wat gebeurde er, wat had u verwacht?";
    description_hint_plain => "What is it about, and what do you need?", "Waar gaat het over en wat hebt u nodig?";
    send_request => "Send request", "Verzoek versturen";
    sending => "Sending…", "Wordt verstuurd…";
    cannot_work(phone: &str) => "Cannot work at all? Choose Critical and also call {phone}.", "Kunt u helemaal niet werken? Kies Kritiek en bel ook {phone}.";

    // After sending.
    sent_title(key: &str) => "Your request {key} is sent", "Uw verzoek {key} is verstuurd";
    sent_review => "An agent reviews it before", "Een medewerker beoordeelt het vóór";
    sent_answer => "An agent answers you before", "Een medewerker antwoordt u vóór";
    sent_solve => "It is solved before", "Het is opgelost vóór";
    sent_where => "You can follow it on this page and under Requests. We mail you when we answer or need something from you.", "U kunt het volgen op deze pagina en onder Verzoeken. U krijgt een e-mail als wij antwoorden of iets van u nodig hebben.";

    // The list.
    requests => "Requests", "Verzoeken";
    search_requests => "Search requests", "Zoek in verzoeken";
    search => "Search", "Zoeken";
    whose => "Whose requests", "Van wie";
    mine => "Mine", "Van mij";
    open_or_all => "Open or all", "Open of alle";
    open => "Open", "Open";
    all => "All", "Alle";
    status => "Status", "Status";
    any_status => "Any status", "Elke status";
    form => "Form", "Formulier";
    any_form => "Any form", "Elk formulier";
    sort => "Sort", "Volgorde";
    sort_activity => "Last activity", "Laatste activiteit";
    sort_newest => "Newest first", "Nieuwste eerst";
    sort_deadline => "Deadline first", "Termijn eerst";
    request => "Request", "Verzoek";
    requester => "Requester", "Aanvrager";
    waits_for => "Waits for", "Wacht op";
    priority => "Priority", "Prioriteit";
    time => "Time", "Tijd";
    last_activity => "Last activity", "Laatste activiteit";
    waits_for_you => "You", "U";
    waits_for_our_review => "Our review", "Onze beoordeling";
    waits_for_us => "Support", "Support";
    waits_for_confirmation => "Your confirmation", "Uw bevestiging";
    waits_for_confirmation_of(name: &str) => "{name} to confirm", "Bevestiging van {name}";
    waits_for_nobody => "–", "–";
    confidential => "Confidential", "Vertrouwelijk";
    totals(open: i64, closed: i64) => "{open} open or waiting for your confirmation · {closed} closed", "{open} open of wachtend op uw bevestiging · {closed} gesloten";
    nothing_is_waiting => "Nothing is waiting", "Er wacht niets";
    no_open_requests(name: &str) => "{name} has no open requests. When you raise one, its deadline appears here.", "{name} heeft geen openstaande verzoeken. Als u er een verstuurt, ziet u hier de termijn.";
    you_have_no_open_requests => "You have no open requests. When you raise one, its deadline appears here.", "U hebt geen openstaande verzoeken. Als u er een verstuurt, ziet u hier de termijn.";
    show_closed_requests => "Show closed requests", "Toon gesloten verzoeken";
    no_requests_yet => "No requests yet", "Nog geen verzoeken";
    no_requests_yet_text => "When you raise one, you can follow it here, with its deadline.", "Als u er een verstuurt, kunt u het hier volgen, met de termijn.";
    nothing_found => "Nothing found", "Niets gevonden";
    nothing_found_text => "No request fits this search and these filters.", "Geen verzoek past bij deze zoekopdracht en filters.";
    search_closed_too => "Search closed requests too", "Zoek ook in gesloten verzoeken";
    clear_filters => "Clear search and filters", "Wis zoekopdracht en filters";

    // Who did what last.
    you_sent_it => "You sent it", "U verstuurde het";
    name_sent_it(name: &str) => "{name} sent it", "{name} verstuurde het";
    name_accepted(name: &str) => "{name} accepted", "{name} nam het aan";
    name_assigned(name: &str) => "Given to {name}", "Doorgegeven aan {name}";
    was_unassigned => "Waits for an agent", "Wacht op een medewerker";
    you_replied => "You replied", "U antwoordde";
    name_replied(name: &str) => "{name} replied", "{name} antwoordde";
    mail_came => "A mail came", "Er kwam een mail";
    name_asked(name: &str) => "{name} asked a question", "{name} stelde een vraag";
    name_went_on(name: &str) => "{name} went on", "{name} ging verder";
    name_resolved(name: &str) => "{name} resolved it", "{name} loste het op";
    you_reopened => "You reopened it", "U heropende het";
    name_reopened(name: &str) => "{name} reopened it", "{name} heropende het";
    you_closed => "You closed it", "U sloot het";
    name_closed(name: &str) => "{name} closed it", "{name} sloot het";
    was_closed => "Closed", "Gesloten";
    was_closed_after_days => "Closed after 14 days", "Gesloten na 14 dagen";
    you_withdrew => "You withdrew it", "U trok het in";
    name_withdrew(name: &str) => "{name} withdrew it", "{name} trok het in";
    name_closed_duplicate(name: &str) => "{name} closed a duplicate", "{name} sloot een dubbele";
    name_closed_spam(name: &str) => "{name} closed unwanted mail", "{name} sloot ongewenste post";
    name_changed_priority(name: &str) => "{name} changed the priority", "{name} wijzigde de prioriteit";
    you_changed_access => "You changed who follows it", "U wijzigde wie het volgt";
    name_changed_access(name: &str) => "{name} changed who follows it", "{name} wijzigde wie het volgt";
    was_linked => "Linked", "Gekoppeld";
    was_moved_to_policy => "Other service terms", "Andere serviceafspraken";
    policy_event => "Other service terms hold for this request from now on", "Voor dit verzoek gelden vanaf nu andere serviceafspraken";

    // One request: head, question, confirmation.
    raised_by_you(time: &str) => "Raised by you, {time}", "Door u verstuurd, {time}";
    raised_by(name: &str, time: &str) => "Raised by {name}, {time}", "Verstuurd door {name}, {time}";
    agent_asks_you(name: &str) => "{name} asks you", "{name} vraagt u";
    asked_at(time: &str) => "Asked {time}. The clock waits while you look.", "Gevraagd {time}. De klok wacht terwijl u kijkt.";
    answered_above => "Your answer box is at the top of this page, below the question.", "Het antwoordveld staat boven aan deze pagina, onder de vraag.";
    solved_above => "At the top of this page you can say whether it is solved.", "Boven aan deze pagina kunt u zeggen of het is opgelost.";
    agent_says_solved(name: &str) => "{name} says it is solved", "{name} zegt dat het is opgelost";
    is_it_solved => "Is it solved for you?", "Is het voor u opgelost?";
    closes_by_itself(time: &str) => "Without an answer it closes by itself on {time}.", "Zonder antwoord sluit het vanzelf op {time}.";
    waits_for_requester(name: &str) => "{name} raised this and can confirm it.", "{name} heeft dit verstuurd en kan het bevestigen.";
    yes_solved => "Yes, it is solved", "Ja, het is opgelost";
    not_solved => "Not solved", "Niet opgelost";
    what_is_left => "What does not work yet?", "Wat werkt er nog niet?";
    what_is_left_hint => "The request is taken up again, and its clock goes on where it was.", "Het verzoek wordt weer opgepakt en de klok gaat verder waar hij was.";
    send_not_solved => "Take it up again", "Weer oppakken";

    // Conversation.
    conversation => "Conversation", "Gesprek";
    your_reply => "Your reply", "Uw antwoord";
    send_reply => "Send reply", "Antwoord versturen";
    write_a_reply => "Write a reply", "Schrijf een antwoord";
    closed_reply_hint(key: &str) => "{key} is closed for good. What you write here becomes a new request that refers to it.", "{key} is definitief gesloten. Wat u hier schrijft, wordt een nieuw verzoek dat ernaar verwijst.";
    accepted_event(name: &str) => "{name} accepted the request", "{name} nam het verzoek aan";
    accepted_reviewed_event(name: &str, span: &str) => "{name} accepted the request; reviewed in {span}", "{name} nam het verzoek aan; beoordeeld in {span}";
    assigned_event(name: &str) => "The request was given to {name}", "Het verzoek is doorgegeven aan {name}";
    unassigned_event => "The request waits for another agent", "Het verzoek wacht op een andere medewerker";
    returned_event => "Waiting for you; the resolution clock pauses", "Wacht op u; de oplostermijn staat stil";
    answered_event => "Answered; the resolution clock runs on", "Beantwoord; de oplostermijn loopt verder";
    taken_back_event(name: &str) => "{name} goes on without an answer; the resolution clock runs on", "{name} gaat verder zonder antwoord; de oplostermijn loopt verder";
    resolved_event(name: &str) => "{name} resolved the request", "{name} loste het verzoek op";
    reopened_event => "Taken up again; the resolution clock goes on where it was", "Weer opgepakt; de oplostermijn gaat verder waar hij was";
    confirmed_by_you_event => "You confirmed that it is solved; the request is closed", "U bevestigde dat het is opgelost; het verzoek is gesloten";
    confirmed_event(name: &str) => "{name} confirmed that it is solved; the request is closed", "{name} bevestigde dat het is opgelost; het verzoek is gesloten";
    expired_event => "Closed: nobody objected for 14 days", "Gesloten: 14 dagen lang geen bezwaar";
    withdrawn_by_you_event => "You withdrew the request", "U trok het verzoek in";
    withdrawn_event(name: &str) => "{name} withdrew the request", "{name} trok het verzoek in";
    duplicate_event(name: &str) => "{name} closed it as a duplicate of", "{name} sloot het als dubbel van";
    duplicate_unnamed_event(name: &str) => "{name} closed it as a duplicate of another request", "{name} sloot het als dubbel van een ander verzoek";
    spam_event(name: &str) => "{name} closed it as unwanted mail", "{name} sloot het als ongewenste post";
    priority_event(name: &str, from: &str, to: &str) => "{name} changed the priority from {from} to {to}:", "{name} wijzigde de prioriteit van {from} in {to}:";
    priority_due_event(new: &str, old: &str) => "Now due {new} (was {old}).", "Nu uiterlijk {new} (was {old}).";
    you_added_event(who: &str) => "You added {who}", "U voegde {who} toe";
    added_event(name: &str, who: &str) => "{name} added {who}", "{name} voegde {who} toe";
    you_removed_event(who: &str) => "You removed {who}", "U haalde {who} weg";
    removed_event(name: &str, who: &str) => "{name} removed {who}", "{name} haalde {who} weg";
    confidential_event => "Marked confidential: only the requester, those who follow it and support see it", "Vertrouwelijk gemaakt: alleen de aanvrager, wie het volgt en support zien het";
    not_confidential_event => "No longer confidential: colleagues can see it", "Niet langer vertrouwelijk: collega's kunnen het zien";
    linked_event => "Belongs together with", "Hoort bij";
    raised_by_phone_event(name: &str) => "{name} wrote this down on the telephone", "{name} noteerde dit aan de telefoon";
    raised_for_event(name: &str) => "{name} wrote this down for you", "{name} noteerde dit voor u";

    // Details and actions.
    details => "Details", "Gegevens";
    agent => "Agent", "Behandelaar";
    no_agent_yet => "Nobody yet", "Nog niemand";
    followers => "Follows", "Volgt";
    nobody => "Nobody", "Niemand";
    you_capital => "You", "U";
    reviewed => "Reviewed", "Beoordeeld";
    in_time(time: &str) => "{time}, in time", "{time}, op tijd";
    too_late(time: &str) => "{time}, too late", "{time}, te laat";
    related => "Related", "Verwant";
    actions => "Actions", "Acties";
    add_colleague => "Add a colleague", "Een collega toevoegen";
    add_colleague_text => "They follow this request, get its mails and can answer.", "Uw collega volgt dit verzoek, krijgt de e-mails en kan antwoorden.";
    colleague => "Colleague", "Collega";
    choose_colleague => "Choose a colleague", "Kies een collega";
    add => "Add", "Toevoegen";
    remove_person(name: &str) => "Remove {name}", "{name} weghalen";
    solved_close_it => "Solved, close it", "Opgelost, sluit het";
    solved_close_title => "Close this request as solved?", "Dit verzoek sluiten als opgelost?";
    solved_close_text(key: &str) => "{key} closes for good. A later reply becomes a new request.", "{key} sluit definitief. Een later antwoord wordt een nieuw verzoek.";
    close_as_solved => "Close as solved", "Sluit als opgelost";
    withdraw => "Withdraw the request", "Het verzoek intrekken";
    withdraw_title => "Withdraw this request?", "Dit verzoek intrekken?";
    withdraw_text(key: &str) => "We stop working on {key}. You can read it later, but not reopen it.", "Wij stoppen met {key}. U kunt het later lezen, maar niet heropenen.";
    withdraw_button => "Withdraw request", "Verzoek intrekken";
    make_confidential => "Mark confidential", "Vertrouwelijk maken";
    make_confidential_title => "Mark this request confidential?", "Dit verzoek vertrouwelijk maken?";
    make_confidential_text => "Then only the requester, the colleagues who follow it and support can see it. Other colleagues no longer find it.", "Dan zien alleen de aanvrager, de collega's die het volgen en support het nog. Andere collega's vinden het niet meer.";
    end_confidential => "End confidentiality", "Niet langer vertrouwelijk";
    end_confidential_title => "Let colleagues see this request?", "Collega's dit verzoek laten zien?";
    end_confidential_text => "Everyone of your organisation who uses this portal can then read all of it, also what was written before.", "Iedereen van uw organisatie die dit portaal gebruikt kan het dan helemaal lezen, ook wat er eerder in is geschreven.";
    print => "Print", "Afdrukken";

    // What was done.
    done_replied => "Reply sent.", "Antwoord verstuurd.";
    done_answered(time: &str) => "Reply sent. The clock runs again: due {time}.", "Antwoord verstuurd. De klok loopt weer: uiterlijk {time}.";
    done_continued => "Your reply is this new request; it refers to the closed one.", "Uw antwoord is dit nieuwe verzoek; het verwijst naar het gesloten verzoek.";
    done_confirmed => "Thank you. The request is closed.", "Dank u wel. Het verzoek is gesloten.";
    done_not_solved => "The request is taken up again.", "Het verzoek is weer opgepakt.";
    done_withdrawn => "The request is withdrawn.", "Het verzoek is ingetrokken.";
    done_confidential => "The request is confidential now.", "Het verzoek is nu vertrouwelijk.";
    done_not_confidential => "Colleagues can see the request again.", "Collega's kunnen het verzoek weer zien.";
    done_added => "Your colleague follows this request now.", "Uw collega volgt dit verzoek nu.";
    done_removed => "Your colleague no longer follows this request.", "Uw collega volgt dit verzoek niet meer.";
    changed_meanwhile => "This request has changed; you see the latest state.", "Dit verzoek is gewijzigd; u ziet de laatste stand.";
    new_message => "There is a new message.", "Er is een nieuw bericht.";

    // What went wrong.
    not_there => "This no longer exists, or you may not see it.", "Dit bestaat niet meer, of u mag het niet zien.";
    signed_out => "You are signed out. Sign in again in another tab and press the button once more; what you typed stays here.", "U bent uitgelogd. Log opnieuw in op een ander tabblad en druk nog eens op de knop; wat u typte blijft hier staan.";
    not_allowed => "You may not do this.", "Dit mag u niet doen.";
    check_fields => "Look at the fields that are marked.", "Kijk naar de gemarkeerde velden.";
    not_from(status: &str) => "This is not possible any more: the request is “{status}”.", "Dit kan niet meer: het verzoek is ‘{status}’.";
    closed_for_good => "This request is closed for good.", "Dit verzoek is definitief gesloten.";
    too_long_ago => "It was resolved too long ago to be taken up again. Please send a new request.", "Het is te lang geleden opgelost om weer op te pakken. Stuur een nieuw verzoek.";
    too_often_once => "That was too often. Try again in a second; your text is kept.", "Dat was te vaak. Probeer het over een seconde weer; uw tekst is bewaard.";
    too_often(seconds: u32) => "That was too often. Try again in {seconds} seconds; your text is kept.", "Dat was te vaak. Probeer het over {seconds} seconden weer; uw tekst is bewaard.";
    unavailable => "We cannot do this right now. Your text is kept; try again in a minute.", "Dat lukt nu even niet. Uw tekst is bewaard; probeer het over een minuut weer.";
    our_fault => "Something went wrong on our side. Your text is kept; try again.", "Er ging bij ons iets mis. Uw tekst is bewaard; probeer het opnieuw.";
    our_fault_with(id: &str) => "Something went wrong on our side. Your text is kept; try again. If it stays, call us with number {id}.", "Er ging bij ons iets mis. Uw tekst is bewaard; probeer het opnieuw. Blijft het zo, bel ons dan met nummer {id}.";
    outdated => "Loket was updated. Your text is kept: load the page again.", "Loket is vernieuwd. Uw tekst is bewaard: laad de pagina opnieuw.";
    no_connection => "Not sent: no connection. Your text is kept; try again.", "Niet verstuurd: geen verbinding. Uw tekst is bewaard; probeer het opnieuw.";
}

/// Why something did not work, as a sentence.
pub fn refusal(locale: Locale, error: &ApiError) -> String {
    match error {
        ApiError::NotFound => not_there(locale),
        ApiError::SignedOut => signed_out(locale),
        ApiError::Forbidden => not_allowed(locale),
        ApiError::Invalid(_) => check_fields(locale),
        ApiError::Refused(MoveRefused::NotFrom(status)) => return not_from(locale, status_name(locale, *status)),
        ApiError::Refused(MoveRefused::Closed) => closed_for_good(locale),
        ApiError::Refused(MoveRefused::TooLate) => too_long_ago(locale),
        ApiError::Conflict(_) => changed_meanwhile(locale),
        ApiError::RateLimited(1) => too_often_once(locale),
        ApiError::RateLimited(seconds) => return too_often(locale, *seconds),
        ApiError::Unavailable => unavailable(locale),
        ApiError::Internal { request_id } if request_id.is_empty() => our_fault(locale),
        ApiError::Internal { request_id } => return our_fault_with(locale, request_id),
        ApiError::Network => no_connection(locale),
        ApiError::Outdated => outdated(locale),
    }
    .to_owned()
}

/// The status as the customer reads it.
pub const fn status_name(locale: Locale, status: Status) -> &'static str {
    common::status(locale, status, common::Reader::Customer)
}
