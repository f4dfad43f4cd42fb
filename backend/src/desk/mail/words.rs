//! What Loket itself writes into messages that came by mail, and to people it does not know.

domain::catalogue! {
    no_subject => "(no subject)", "(geen onderwerp)";
    no_text => "(This mail has no text.)", "(Deze mail heeft geen tekst.)";
    no_text_but_files => "(This mail has no text; see the files.)", "(Deze mail heeft geen tekst; zie de bestanden.)";
    text_file => "message.txt", "bericht.txt";
    text_goes_on(name: &str) =>
        "(The message is longer than fits here. All of it is in the file {name}.)",
        "(Het bericht is langer dan hier past. De hele tekst staat in het bestand {name}.)";
    file_too_large(name: &str, limit: &str) =>
        "(Not taken along: {name}, which is larger than {limit} MB.)",
        "(Niet meegekomen: {name}, dat groter is dan {limit} MB.)";
    file_too_many(name: &str, limit: &str) =>
        "(Not taken along: {name}, because there are more than {limit} files.)",
        "(Niet meegekomen: {name}, omdat het er meer dan {limit} zijn.)";
    file_empty(name: &str) => "(Not taken along: {name}, which is empty.)", "(Niet meegekomen: {name}, dat leeg is.)";

    // To people whose language is not known: each mail has both.
    stranger_subject => "We have received your message", "We hebben uw bericht ontvangen";
    stranger_body =>
        "Hello,\n\nWe have received your message. Your address is not known here, so someone at our support desk looks at it first. You do not need to send it again.\n\nThis is an automatic answer; you get at most one a week.\n",
        "Hallo,\n\nWe hebben uw bericht ontvangen. Uw adres is hier niet bekend, daarom kijkt iemand van onze supportdesk er eerst naar. U hoeft het niet opnieuw te sturen.\n\nDit is een automatisch antwoord; u krijgt er hooguit één per week.\n";
    refused_subject => "Your message could not be taken", "Uw bericht kon niet worden aangenomen";
    refused_body(limit: &str) =>
        "Hello,\n\nYour message could not be taken: it is too large or consists of too many parts. At most {limit} MB can be mailed to us. Please send it again without the files, or leave large files at your portal.\n",
        "Hallo,\n\nUw bericht kon niet worden aangenomen: het is te groot of bestaat uit te veel delen. U kunt ons hooguit {limit} MB mailen. Stuur het opnieuw zonder de bestanden, of zet grote bestanden in uw portaal.\n";
}
