//! What the mails of accounts say.

domain::catalogue! {
    greeting(name: &str) => "Dear {name},", "Beste {name},";
    invitation_subject(organisation: &str) => "Your account at {organisation} support", "Uw account bij de support van {organisation}";
    invitation_text(inviter: &str, organisation: &str) =>
        "{inviter} has made an account for you at {organisation} support. There you ask for help, follow your requests and see what you were promised.",
        "{inviter} heeft voor u een account gemaakt bij de support van {organisation}. Daar vraagt u om hulp, volgt u uw verzoeken en ziet u wat u is toegezegd.";
    invitation_button => "Choose a password to begin", "Kies een wachtwoord om te beginnen";
    invitation_after => "The link works once, for seven days.", "De link werkt één keer, zeven dagen lang.";
    reset_subject => "Choose a new password", "Kies een nieuw wachtwoord";
    reset_text => "Someone, probably you, asked for a new password for your Loket account.", "Iemand, waarschijnlijk u, vroeg om een nieuw wachtwoord voor uw Loket-account.";
    reset_button => "Choose a new password", "Kies een nieuw wachtwoord";
    reset_after =>
        "The link works once, for one hour. If it was not you, do nothing: your password stays as it is.",
        "De link werkt één keer, een uur lang. Was u het niet, doe dan niets: uw wachtwoord blijft zoals het is.";
    elsewhere_subject => "You were invited, but have an account already", "U bent uitgenodigd, maar hebt al een account";
    elsewhere_text(inviter: &str, organisation: &str) =>
        "{inviter} of {organisation} invited you to their support portal. Your address already belongs to an account at another organisation, so nothing was changed. Tell them to use another address for you, if you work for both.",
        "{inviter} van {organisation} heeft u uitgenodigd voor hun supportportaal. Uw adres hoort al bij een account van een andere organisatie, dus er is niets veranderd. Vraag hun een ander adres te gebruiken als u voor beide werkt.";
    changed_subject => "Your password was changed", "Uw wachtwoord is gewijzigd";
    changed_text =>
        "The password of your Loket account was just set. All other places where you were signed in are signed out. If it was not you, ask for a new password at once and tell us.",
        "Het wachtwoord van uw Loket-account is zojuist ingesteld. Op alle andere plekken bent u uitgelogd. Was u het niet, vraag dan meteen een nieuw wachtwoord aan en laat het ons weten.";
    device_subject => "Signed in on a new device", "Ingelogd op een nieuw apparaat";
    device_text(device: &str, at: &str) =>
        "Someone, probably you, signed in to your Loket account on {at} with something we had not seen before: {device}.",
        "Iemand, waarschijnlijk u, heeft op {at} op uw Loket-account ingelogd met iets wat wij nog niet kenden: {device}.";
    device_after =>
        "If it was you, do nothing. If it was not, change your password and sign out everywhere: both are on the page of your account.",
        "Was u het, doe dan niets. Was u het niet, wijzig dan uw wachtwoord en log overal uit: beide kan op de pagina van uw account.";
    device_button => "To my account", "Naar mijn account";
    unknown_device => "an unknown browser", "een onbekende browser";
    why => "You get this mail because you have an account here.", "U krijgt deze mail omdat u hier een account hebt.";
    /// Who invites, when nobody in person did.
    support_desk => "The support desk", "De supportdesk";
}
