//! The articles every portal starts with, in English and Dutch. Paragraphs are separated by empty lines; "# " makes a
//! heading.

pub(super) struct Article {
    pub(super) slug: &'static str,
    pub(super) title: (&'static str, &'static str),
    pub(super) body: (&'static str, &'static str),
}

pub(super) const ARTICLES: [Article; 4] = [
    Article {
        slug: "how-support-works",
        title: ("How support works", "Zo werkt onze ondersteuning"),
        body: (
            "Send your request through this portal, and you see at once what we promise: before when we review it and \
             before when we resolve it. You can follow it here until it is solved.\n\n\
             # Hours\n\n\
             The support desk is open on weekdays from 9:00 to 18:00, Amsterdam time, except on Dutch public holidays. All \
             deadlines count support hours only: a request of 24 support hours takes a little under three working days. \
             You need not count yourself: we always show the date and the time.\n\n\
             # Priorities\n\n\
             Critical: you cannot work. The system is inaccessible, or data was lost. Resolved within 4 support hours.\n\n\
             High: a main function works incorrectly or fails. Resolved within 24 support hours.\n\n\
             Medium: an additional function does not work. Resolved within 48 support hours.\n\n\
             Low: no critical deadline. Information, advice, service requests and standard changes. Resolved within 72 \
             support hours.\n\n\
             We review every request within one support hour. If another priority fits better, we change it and tell you \
             why.\n\n\
             # When we need something from you\n\n\
             Sometimes we cannot go on without your answer. Then we return the request to you with a question, and the \
             clock stands still until you answer.\n\n\
             # When it is solved\n\n\
             We tell you what we did. You confirm that it is solved, or say that it is not: then the clock runs on. If we \
             hear nothing, the request closes after 14 days.",
            "Stuur uw verzoek via dit portaal, dan ziet u meteen wat wij beloven: vóór wanneer wij het beoordelen en vóór \
             wanneer wij het oplossen. U kunt het hier volgen tot het is opgelost.\n\n\
             # Openingstijden\n\n\
             De supportdesk is open op werkdagen van 9:00 tot 18:00 uur, Amsterdamse tijd, behalve op Nederlandse \
             feestdagen. Alle termijnen tellen alleen supporturen: een verzoek van 24 supporturen duurt iets minder dan drie \
             werkdagen. U hoeft niet zelf te tellen: wij tonen altijd de datum en de tijd.\n\n\
             # Prioriteiten\n\n\
             Kritiek: u kunt niet werken. Het systeem is niet bereikbaar, of er zijn gegevens verloren. Opgelost binnen 4 \
             supporturen.\n\n\
             Hoog: een hoofdfunctie werkt verkeerd of valt uit. Opgelost binnen 24 supporturen.\n\n\
             Gemiddeld: een extra functie werkt niet. Opgelost binnen 48 supporturen.\n\n\
             Laag: er is geen haast bij. Informatie, advies, dienstverlening en standaardwijzigingen. Opgelost binnen 72 \
             supporturen.\n\n\
             Wij beoordelen elk verzoek binnen één supportuur. Past een andere prioriteit beter, dan wijzigen wij die en \
             vertellen wij u waarom.\n\n\
             # Als wij iets van u nodig hebben\n\n\
             Soms kunnen wij niet verder zonder uw antwoord. Dan geven wij het verzoek aan u terug met een vraag, en staat \
             de klok stil tot u antwoordt.\n\n\
             # Als het is opgelost\n\n\
             Wij vertellen wat wij hebben gedaan. U bevestigt dat het is opgelost, of laat weten dat het dat niet is: dan \
             loopt de klok verder. Horen wij niets, dan sluit het verzoek na 14 dagen.",
        ),
    },
    Article {
        slug: "writing-a-good-request",
        title: ("What to write in a request", "Wat u in een verzoek schrijft"),
        body: (
            "The more we know at once, the less we have to ask.\n\n\
             # What helps most\n\n\
             What you wanted to do, what you did, and what happened instead. The exact words of an error, or a picture of \
             it. When it began, and whether it happens every time or now and then. Who else is affected.\n\n\
             # What you should leave out\n\n\
             Passwords, and more personal data than we need. A patient or customer number is enough; a name is not needed. \
             If a request is about a person, mark it as confidential: then only you, whoever you add, and we can read it.\n\n\
             # One matter at a time\n\n\
             Two problems are two requests. Each then has its own deadline, and neither waits for the other.",
            "Hoe meer wij meteen weten, hoe minder wij hoeven te vragen.\n\n\
             # Wat het meest helpt\n\n\
             Wat u wilde doen, wat u deed, en wat er in plaats daarvan gebeurde. De precieze tekst van een foutmelding, of \
             een afbeelding ervan. Wanneer het begon, en of het altijd gebeurt of af en toe. Wie er nog meer last van \
             heeft.\n\n\
             # Wat u beter weglaat\n\n\
             Wachtwoorden, en meer persoonsgegevens dan nodig. Een patiënt- of klantnummer is genoeg; een naam is niet nodig. \
             Gaat een verzoek over een persoon, maak het dan vertrouwelijk: alleen u, wie u toevoegt en wij kunnen het \
             lezen.\n\n\
             # Eén onderwerp tegelijk\n\n\
             Twee problemen zijn twee verzoeken. Elk heeft dan een eigen termijn, en het ene wacht niet op het andere.",
        ),
    },
    Article {
        slug: "sign-in-with-a-care-card",
        title: ("Signing in with a care card", "Inloggen met een zorgpas"),
        body: (
            "With a care card you sign in without a password: hold it to the reader, type your PIN, and choose your \
             ward.\n\n\
             # The reader does not respond\n\n\
             Take the card away for five seconds and hold it to the reader again. If its light stays off, connect the \
             reader to another socket. If that does not help, report a problem and say which workstation it is.\n\n\
             # Your PIN is blocked\n\n\
             After three wrong attempts the card is blocked. Your manager can send a request to manage access; you have a \
             new PIN the same day.",
            "Met een zorgpas logt u in zonder wachtwoord: houd hem bij de lezer, toets uw pincode in en kies uw \
             afdeling.\n\n\
             # De lezer reageert niet\n\n\
             Haal de pas vijf seconden weg en houd hem opnieuw bij de lezer. Blijft het lampje uit, sluit de lezer dan aan \
             op een ander stopcontact. Helpt dat niet, meld dan een probleem en noem het werkstation.\n\n\
             # Uw pincode is geblokkeerd\n\n\
             Na drie verkeerde pogingen is de pas geblokkeerd. Uw leidinggevende kan een verzoek sturen om toegang te \
             regelen; u hebt dezelfde dag een nieuwe pincode.",
        ),
    },
    Article {
        slug: "planned-maintenance",
        title: ("Planned maintenance", "Gepland onderhoud"),
        body: (
            "We maintain the systems outside support hours, on the second Tuesday of the month from 20:00 to 23:00. During \
             that time they can be away for some minutes.\n\n\
             We announce it on the home page a week before. If it does not suit you, tell us by sending a request: we \
             then look for another evening together.",
            "Wij onderhouden de systemen buiten de supporturen, op de tweede dinsdag van de maand van 20:00 tot 23:00 uur. In \
             die tijd kunnen ze enkele minuten weg zijn.\n\n\
             Wij kondigen het een week van tevoren aan op de startpagina. Komt het u niet uit, stuur dan een verzoek: dan \
             zoeken wij samen een andere avond.",
        ),
    },
];
