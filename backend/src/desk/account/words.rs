//! What the mails of accounts say.

domain::catalogue! {
    invitation_subject(organisation: &str) => "Your account at {organisation} support", "Uw account bij de support van {organisation}";
    invitation_body(name: &str, inviter: &str, organisation: &str, link: &str) =>
        "Dear {name},\n\n{inviter} has made an account for you at {organisation} support. There you ask for help, follow your requests and see what you were promised.\n\nChoose a password to begin:\n\n{link}\n\nThe link works once, for seven days.\n",
        "Beste {name},\n\n{inviter} heeft voor u een account gemaakt bij de support van {organisation}. Daar vraagt u om hulp, volgt u uw verzoeken en ziet u wat u is toegezegd.\n\nKies een wachtwoord om te beginnen:\n\n{link}\n\nDe link werkt één keer, zeven dagen lang.\n";
    reset_subject => "Choose a new password", "Kies een nieuw wachtwoord";
    reset_body(name: &str, link: &str) =>
        "Dear {name},\n\nSomeone, probably you, asked for a new password for your Loket account. Choose it here:\n\n{link}\n\nThe link works once, for one hour. If it was not you, do nothing: your password stays as it is.\n",
        "Beste {name},\n\nIemand, waarschijnlijk u, vroeg om een nieuw wachtwoord voor uw Loket-account. Kies het hier:\n\n{link}\n\nDe link werkt één keer, een uur lang. Was u het niet, doe dan niets: uw wachtwoord blijft zoals het is.\n";
    elsewhere_subject => "You were invited, but have an account already", "U bent uitgenodigd, maar hebt al een account";
    elsewhere_body(name: &str, inviter: &str, organisation: &str) =>
        "Dear {name},\n\n{inviter} of {organisation} invited you to their support portal. Your address already belongs to an account at another organisation, so nothing was changed. Tell them to use another address for you, if you work for both.\n",
        "Beste {name},\n\n{inviter} van {organisation} heeft u uitgenodigd voor hun supportportaal. Uw adres hoort al bij een account van een andere organisatie, dus er is niets veranderd. Vraag hun een ander adres te gebruiken als u voor beide werkt.\n";
    changed_subject => "Your password was changed", "Uw wachtwoord is gewijzigd";
    changed_body(name: &str) =>
        "Dear {name},\n\nThe password of your Loket account was just set. All other places where you were signed in are signed out. If it was not you, ask for a new password at once and tell us.\n",
        "Beste {name},\n\nHet wachtwoord van uw Loket-account is zojuist ingesteld. Op alle andere plekken bent u uitgelogd. Was u het niet, vraag dan meteen een nieuw wachtwoord aan en laat het ons weten.\n";
    /// Who invites, when nobody in person did.
    support_desk => "The support desk", "De supportdesk";
}
