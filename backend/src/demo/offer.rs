//! What the two portals offer: welcome, links, their own form, the announcement. English and Dutch.

use domain::i18n::Locale;
use domain::words;
use domain::zone::date_of;

pub(super) const WELCOME_ACME: (&str, &str) = (
    "Support for the ward software of Acme Zorg. For an emergency on the ward, call your own emergency number first.",
    "Support voor de afdelingssoftware van Acme Zorg. Bel bij nood op de afdeling eerst uw eigen noodnummer.",
);

pub(super) const WELCOME_BOREALIS: (&str, &str) = (
    "Support for the back office of Borealis Bank. Never send us account numbers of real clients: a test account will do.",
    "Support voor de backoffice van Borealis Bank. Stuur ons nooit rekeningnummers van echte klanten: een testrekening volstaat.",
);

pub(super) const LINKS: [((&str, &str), &str); 3] = [
    (("Service agreement", "Dienstverleningsovereenkomst"), "https://loket.example/agreement"),
    (("Release notes", "Wat er nieuw is"), "https://loket.example/releases"),
    (("System status", "Status van de systemen"), "https://status.loket.example/"),
];

pub(super) const NOTICE_TEXT: (&str, &str) = (
    "Everything can be read, nothing can be changed during that time.",
    "In die tijd kunt u alles lezen, maar niets wijzigen.",
);

/// The fields of Acme's "Report a problem".
pub(super) const ACME_PROBLEM: &str = r#"[{"slug":"location","label":{"en":"Location","nl":"Locatie"},
"hint":{"en":"","nl":""},"required":true,"kind":{"choice":[
["ward-1",{"en":"Ward 1","nl":"Afdeling 1"}],["ward-2",{"en":"Ward 2","nl":"Afdeling 2"}],
["ward-3",{"en":"Ward 3","nl":"Afdeling 3"}],["ward-4",{"en":"Ward 4","nl":"Afdeling 4"}],
["ward-5",{"en":"Ward 5","nl":"Afdeling 5"}],["pharmacy",{"en":"Pharmacy","nl":"Apotheek"}],
["elsewhere",{"en":"Elsewhere","nl":"Ergens anders"}]]}},
{"slug":"phone","label":{"en":"Phone on the ward","nl":"Telefoon op de afdeling"},
"hint":{"en":"So that we can call back","nl":"Zodat wij terug kunnen bellen"},"required":false,"kind":"text"}]"#;

/// The fields of Borealis' "Report a problem".
pub(super) const BOREALIS_PROBLEM: &str = r#"[{"slug":"location","label":{"en":"Area","nl":"Onderdeel"},
"hint":{"en":"","nl":""},"required":true,"kind":{"choice":[
["payments",{"en":"Payments","nl":"Betalingen"}],["statements",{"en":"Statements","nl":"Rekeningoverzichten"}],
["branches",{"en":"Branches","nl":"Filialen"}],["elsewhere",{"en":"Elsewhere","nl":"Ergens anders"}]]}}]"#;

/// "Planned work, Saturday 25 April 22:00–23:30", of a local day.
pub(super) fn planned_work(day_number: i64) -> (String, String) {
    let (_, month, day) = date_of(day_number);
    let month = |locale| words::month(locale, month);
    (
        format!("Planned work, Saturday {day} {} 22:00–23:30.", month(Locale::English)),
        format!("Gepland onderhoud, zaterdag {day} {} 22:00–23:30.", month(Locale::Dutch)),
    )
}
