//! Words of the shell, of signing in and of the account page.

domain::catalogue! {
    skip => "Skip to the content", "Naar de inhoud";
    clock_is_set => "The clock of this Loket has been set: times are not real.", "De klok van dit Loket is verzet: de tijden zijn niet echt.";
    support => "Support", "Support";
    navigation => "Main", "Hoofdmenu";
    home => "Home", "Start";
    requests => "Requests", "Verzoeken";
    help => "Help", "Hulp";
    desk => "Desk", "Balie";
    account_of(name: &str) => "Account of {name}", "Account van {name}";
    account => "Account", "Account";
    sign_out => "Sign out", "Uitloggen";
    waiting_for_you(count: i64) => ", {count} waiting for you", ", {count} wachten op u";
    support_hours(week: &str, place: &str) => "Support hours: {week}, {place} time", "Openingstijden: {week}, tijd in {place}";
    runs_on_loket => "Runs on Loket", "Draait op Loket";

    member => "Member", "Lid";
    manager => "Manager", "Beheerder";
    agent => "Agent", "Medewerker";
    account_manager => "Account manager", "Accountmanager";
    admin => "Administrator", "Systeembeheerder";

    not_found => "This page does not exist", "Deze pagina bestaat niet";
    not_found_text => "The address may be mistyped, or the page is not yours to see.", "Misschien is het adres verkeerd getypt, of mag u deze pagina niet zien.";
    signed_out => "You are signed out", "U bent uitgelogd";
    signed_out_text => "Sign in again to go on.", "Log opnieuw in om verder te gaan.";
    forbidden => "You may not do this", "Dit mag u niet doen";
    forbidden_text => "Your account has no permission for it.", "Uw account heeft daar geen recht op.";
    too_often => "Too often", "Te vaak";
    too_often_text => "Wait a moment and try again.", "Wacht even en probeer het dan opnieuw.";
    unreachable => "Loket cannot be reached", "Loket is niet bereikbaar";
    unreachable_text => "Check your connection and load the page again.", "Controleer uw verbinding en laad de pagina opnieuw.";
    failed => "Something went wrong", "Er ging iets mis";
    failed_text => "This is our fault, not yours. Try again in a moment.", "Dat ligt aan ons, niet aan u. Probeer het zo opnieuw.";
    reference(id: &str) => "If you call about it, mention {id}.", "Noem {id} als u erover belt.";
    to_start => "To the start page", "Naar de startpagina";

    sign_in => "Sign in", "Inloggen";
    sign_in_text => "Ask for help, follow your requests, see what you were promised and when.", "Vraag om hulp, volg uw verzoeken en zie wat u is toegezegd, en voor wanneer.";
    email => "E-mail", "E-mailadres";
    password => "Password", "Wachtwoord";
    forgotten => "Forgotten?", "Vergeten?";
    no_account => "No account? Your organisation’s manager can invite you.", "Geen account? De beheerder van uw organisatie kan u uitnodigen.";
    try_again_in(minutes: u32) => "Too many attempts. Try again in {minutes} min.", "Te veel pogingen. Probeer het over {minutes} min opnieuw.";
    demo_accounts => "Demo accounts", "Demo-accounts";
    demo_password_before => "Everyone’s password is ", "Het wachtwoord van iedereen is ";
    demo_password_after => ". Pick one to fill in the form.", ". Kies er een om het formulier in te vullen.";
    at_organisation(organisation: &str, role: &str) => "{organisation}, {role}", "{organisation}, {role}";

    forgotten_title => "Choose a new password", "Kies een nieuw wachtwoord";
    forgotten_text => "Give your e-mail address. If it has an account, we send it a link that works for one hour.", "Geef uw e-mailadres. Als er een account bij hoort, sturen we een link die een uur werkt.";
    send_link => "Send the link", "Stuur de link";
    link_sent => "If there is an account with this address, a link is on its way. Look in your mail, also among the spam.", "Als er een account bij dit adres hoort, is er een link onderweg. Kijk in uw mail, ook bij de ongewenste berichten.";
    back_to_sign_in => "Back to sign in", "Terug naar inloggen";
    welcome(name: &str) => "Welcome, {name}", "Welkom, {name}";
    link_text(email: &str) => "Choose a password for {email}.", "Kies een wachtwoord voor {email}.";
    link_dead => "This link no longer works", "Deze link werkt niet meer";
    link_dead_text => "It was used before, or too long ago. Ask for a new one.", "Hij is al gebruikt, of te lang geleden verstuurd. Vraag een nieuwe aan.";
    ask_new_link => "Ask for a new link", "Vraag een nieuwe link aan";
    name => "Name", "Naam";
    new_password => "New password", "Nieuw wachtwoord";
    password_hint(min: u32) => "At least {min} characters; a few words in a row are easy to remember.", "Minstens {min} tekens; een paar woorden achter elkaar onthoudt u makkelijk.";
    set_password => "Set password and sign in", "Wachtwoord instellen en inloggen";

    your_account => "Your account", "Uw account";
    profile => "Profile", "Profiel";
    language => "Language", "Taal";
    language_of_browser => "As in the browser", "Zoals in de browser";
    save => "Save", "Bewaren";
    current_password => "Current password", "Huidig wachtwoord";
    change_password => "Change password", "Wachtwoord wijzigen";
    change_password_text => "All other places where you are signed in are signed out.", "Op alle andere plekken waar u bent ingelogd, wordt u uitgelogd.";
    signed_in_places => "Where you are signed in", "Waar u bent ingelogd";
    device => "Device", "Apparaat";
    since => "Signed in", "Ingelogd sinds";
    last_seen => "Last used", "Laatst gebruikt";
    this_device => "this one", "dit apparaat";
    unknown_device => "Unknown device", "Onbekend apparaat";
    sign_out_everywhere => "Sign out everywhere", "Overal uitloggen";
    people => "People", "Personen";
    organisation => "Organisation", "Organisatie";
    role => "Role", "Rol";
    state => "State", "Status";
    active => "Active", "Actief";
    invited => "Invited", "Uitgenodigd";
    deactivated => "Deactivated", "Geen toegang";
    deactivate => "Deactivate", "Toegang intrekken";
    deactivate_person(name: &str) => "Deactivate {name}", "Toegang van {name} intrekken";
    deactivate_text(name: &str) => "{name} is signed out everywhere and cannot sign in any more. What they wrote stays.", "{name} wordt overal uitgelogd en kan niet meer inloggen. Wat deze persoon schreef, blijft.";
    reactivate => "Give access again", "Weer toegang geven";
    reactivate_person(name: &str) => "Give {name} access again", "{name} weer toegang geven";
    invite => "Invite someone", "Iemand uitnodigen";
    invite_text => "They get a mail with a link to choose a password. The link works for seven days.", "Zij krijgen een mail met een link om een wachtwoord te kiezen. De link werkt zeven dagen.";
    send_invitation => "Send invitation", "Stuur uitnodiging";
    staff => "Staff", "Medewerkers";
    staff_of_loket => "Loket (staff)", "Loket (medewerkers)";
    actions => "Actions", "Acties";

    profile_saved => "Your profile is saved.", "Uw profiel is bewaard.";
    password_changed => "Your password is changed. Other places are signed out.", "Uw wachtwoord is gewijzigd. Op andere plekken bent u uitgelogd.";
    invitation_sent => "The invitation is on its way.", "De uitnodiging is onderweg.";
    person_deactivated => "Access was taken away.", "De toegang is ingetrokken.";
    person_reactivated => "Access was given again.", "De toegang is weer gegeven.";
}
