//! Words about people who wrote from an organisation's domain and whom nobody knows yet, and about those domains.

domain::catalogue! {
    suggested => "Suggested members", "Voorgestelde leden";
    suggested_text => "They wrote to support from an organisation’s domain and have no account. Their mail waits until you decide.", "Zij schreven support vanaf het domein van een organisatie en hebben geen account. Hun mail wacht tot u beslist.";
    nobody_waits => "Nobody waits for a decision.", "Niemand wacht op een beslissing.";
    wrote_first => "First wrote", "Schreef voor het eerst";
    no_subject => "(no subject)", "(geen onderwerp)";
    mails_waiting => "Waits:", "Wacht:";
    accept => "Accept and invite", "Accepteren en uitnodigen";
    accept_person(email: &str) => "Accept {email} and invite them", "{email} accepteren en uitnodigen";
    decline => "Decline", "Afwijzen";
    decline_person(email: &str) => "Decline {email}", "{email} afwijzen";
    decline_text(email: &str) => "What {email} wrote goes to the quarantine, and so does what they write from now on.", "Wat {email} schreef gaat naar de quarantaine, en wat daarna komt ook.";
    accepted => "They are invited.", "De uitnodiging is onderweg.";
    accepted_on(keys: &str) => "They are invited. What they wrote is on {keys}.", "De uitnodiging is onderweg. Wat zij schreven staat op {keys}.";
    declined => "They are declined.", "Het voorstel is afgewezen.";

    domains => "E-mail domains", "E-maildomeinen";
    domains_text => "Whoever writes to support from one of these and is not known yet is suggested as a member of the organisation. Only domains that are the organisation’s alone.", "Wie vanaf een van deze domeinen naar support schrijft en nog niet bekend is, wordt voorgesteld als lid van de organisatie. Alleen domeinen die van de organisatie zelf zijn.";
    domains_of(organisation: &str) => "Domains of {organisation}", "Domeinen van {organisation}";
    domains_hint => "Such as company.example; commas between several.", "Zoals bedrijf.example; komma’s ertussen bij meer.";
    save_domains_of(organisation: &str) => "Save the domains of {organisation}", "Domeinen van {organisation} bewaren";
    domains_saved => "The domains are saved.", "De domeinen zijn bewaard.";
    not_a_domain => "One of these is no domain, or one where anybody may have an address", "Een hiervan is geen domein, of een waar iedereen een adres kan hebben";
    domain_taken => "One of these belongs to another organisation", "Een hiervan is van een andere organisatie";
}
