//! Mail opens nothing of another organisation (DESIGN §1): what leads to a ticket – the address of an answer, an id, a key – is in
//! every mail, and mails are passed on.

use backend::desk::mail::{Arrival, Door, Received, receive};
use domain::mail::MailState;

use crate::support::{Site, Who};

const ANNA: &str = "anna@acme.example";
const CARLA: &str = "carla@borealis.example";
const STRANGER: &str = "wim@elsewhere.example";

/// A mail with a file of that name.
struct Mail<'a> {
    from: &'a str,
    to: &'a str,
    subject: &'a str,
    /// Whole header lines.
    more: &'a str,
    text: &'a str,
    file: &'a str,
}

async fn bring(site: &Site, mail: &Mail<'_>) -> Received {
    let Mail { from, to, subject, more, text, file } = mail;
    let raw = format!(
        "From: {from}\r\nTo: {to}\r\nSubject: {subject}\r\nMessage-ID: <{file}@mail.example>\r\n{more}MIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=EDGE\r\n\r\n--EDGE\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n\
         --EDGE\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=\"{file}\"\r\n\r\nWithin {file}\r\n--EDGE--\r\n"
    );
    let arrival = Arrival {
        door: Door::Lmtp,
        mailbox: "support".into(),
        raw: raw.into_bytes().into(),
        envelope_from: Some((*from).to_owned()),
        envelope_to: vec![(*to).to_owned()],
    };
    receive(&site.backend, &arrival).await.unwrap()
}

/// Sends what there is to send; gives all that was ever sent to somebody, as it was sent.
async fn sent_to(site: &Site, email: &str) -> Vec<String> {
    backend::job::send_once(&site.backend).await.unwrap();
    let Ok(folder) = std::fs::read_dir(site.backend.config().mail()) else { return Vec::new() };
    let mut paths: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mails = paths.iter().map(|path| std::fs::read_to_string(path).unwrap());
    mails.filter(|mail| header(mail, "To").contains(email)).collect()
}

/// A header of a mail of ours; none of those that are asked for here is folded.
fn header<'a>(mail: &'a str, name: &str) -> &'a str {
    let line = mail.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    line.unwrap_or_default()
}

/// Where the files of a page are, in its order.
fn files(page: &str) -> Vec<String> {
    let after = page.split("\"/files/").skip(1);
    let mut paths: Vec<_> = after.map(|rest| ["/files/", rest.split('"').next().unwrap()].concat()).collect();
    paths.dedup();
    paths
}

/// A request that Anna mailed, and the confirmation that she got.
async fn annas_request(site: &Site) -> (String, String) {
    let first = Mail {
        from: ANNA,
        to: "support@support.example",
        subject: "Geheim",
        more: "",
        text: "Alleen voor Acme.",
        file: "acme.txt",
    };
    let received = bring(site, &first).await;
    assert_eq!(received.state, MailState::Delivered);
    let mail = sent_to(site, ANNA).await.pop().unwrap();
    let key = received.key.unwrap();
    assert!(header(&mail, "Subject").contains(&key) && header(&mail, "Reply-To").contains("support+"), "{mail}");
    (key, mail)
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_leads_to_a_request_together_leads_nobody_of_another_organisation_there() {
    let site = Site::new().await;
    let (key, mail) = annas_request(&site).await;
    let (to, id) = (header(&mail, "Reply-To"), header(&mail, "Message-ID"));
    let (more, subject) = (format!("In-Reply-To: {id}\r\nReferences: {id}\r\n"), format!("Re: [{key}] Geheim"));
    let answer = Mail { from: CARLA, to, subject: &subject, more: &more, text: "Laat mij meelezen.", file: "bore.txt" };
    let carlas = bring(&site, &answer).await.key.unwrap();
    assert!(carlas.starts_with("BORE-"), "{carlas}");

    // The pages.
    let theirs = ["/requests/", &key].concat();
    let foreign = site.get(Who::Carla, &theirs).await;
    let missing = site.get(Who::Carla, "/requests/ACME-99999").await;
    assert_eq!((foreign.status.as_u16(), foreign.comparable(&[&key])), (404, missing.comparable(&["ACME-99999"])));
    let anna = site.get(Who::Anna, &theirs).await.body;
    assert!(anna.contains("Alleen voor Acme.") && anna.contains("acme.txt"));
    assert!(!anna.contains("meelezen") && !anna.contains("bore.txt"), "Carla's words are not on Anna's request");
    let carla = site.get(Who::Carla, &["/requests/", &carlas].concat()).await.body;
    assert!(carla.contains("meelezen") && !carla.contains("Alleen voor Acme."));

    // The files.
    let (acme, bore) = (files(&anna), files(&carla));
    assert!(!acme.is_empty() && !bore.is_empty() && acme.iter().all(|file| !bore.contains(file)));
    for (own, who, other) in [(&acme, Who::Anna, Who::Carla), (&bore, Who::Carla, Who::Bram)] {
        for path in own {
            assert_eq!(site.get(who, path).await.status, 200, "{who:?} {path}");
            let foreign = site.get(other, path).await;
            assert_eq!(
                foreign.comparable(&[path]),
                site.get(other, "/files/99999").await.comparable(&["/files/99999"])
            );
            assert_eq!(foreign.status, 404, "{other:?} {path}");
        }
    }

    // The mails: she is told of her own, and what she quoted is her own.
    let told = sent_to(&site, CARLA).await;
    assert!(told.iter().any(|mail| mail.contains(&carlas)), "{told:?}");
    for mail in &told {
        assert!(!mail.contains("Alleen voor Acme") && !mail.contains("acme.txt") && !mail.contains(id), "{mail}");
        assert_ne!(header(mail, "Reply-To"), to);
    }
    assert_eq!(sent_to(&site, ANNA).await.len(), 1, "Anna is told nothing of it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_who_has_all_that_leads_to_a_request_learns_not_even_that_there_is_one() {
    let site = Site::new().await;
    let (key, mail) = annas_request(&site).await;
    let before = site.get(Who::Anna, &["/requests/", &key].concat()).await.body;
    let (to, id) = (header(&mail, "Reply-To"), header(&mail, "Message-ID"));
    let (more, subject) = (format!("In-Reply-To: {id}\r\n"), format!("Re: [{key}] Geheim"));
    let right = Mail { from: STRANGER, to, subject: &subject, more: &more, text: "Hallo?", file: "one.txt" };
    assert_eq!(bring(&site, &right).await.state, MailState::Quarantine);
    let to = "support+aaaaaaaaaaaaaaaaaaaaaaaaaa@support.example";
    let wrong = Mail {
        from: "eve@elsewhere.example",
        to,
        subject: "Re: [ACME-99999] x",
        more: "",
        text: "Hallo?",
        file: "two.txt",
    };
    assert_eq!(bring(&site, &wrong).await.state, MailState::Quarantine);
    // The same mail to both, but for whom it is to, when, and its own id.
    let same = |mail: &str| -> Vec<String> {
        let own = |line: &&str| !["To: ", "Date: ", "Message-ID: "].iter().any(|name| line.starts_with(name));
        mail.lines().filter(own).filter(|line| !line.contains("loket_")).map(ToOwned::to_owned).collect()
    };
    let (one, two) = (sent_to(&site, STRANGER).await, sent_to(&site, "eve@elsewhere.example").await);
    assert_eq!((one.len(), two.len()), (1, 1));
    assert_eq!(same(&one[0]), same(&two[0]));
    assert!(!one[0].contains(&key) && !one[0].contains("Geheim"), "{}", one[0]);
    let page = site.get(Who::Anna, &["/requests/", &key].concat()).await;
    assert!(!page.body.contains("Hallo?") && !page.body.contains("one.txt"));
    assert_eq!(files(&page.body), files(&before));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_machine_says_on_a_request_is_for_staff() {
    let site = Site::new().await;
    let (key, mail) = annas_request(&site).await;
    let away = Mail {
        from: "bram@acme.example",
        to: header(&mail, "Reply-To"),
        subject: "Afwezig",
        more: "Auto-Submitted: auto-replied\r\n",
        text: "Bel mij op 06 555 01 23.",
        file: "away.txt",
    };
    assert_eq!(bring(&site, &away).await.key.as_deref(), Some(key.as_str()));
    let staff = site.get(Who::Dirk, &["/desk/", &key].concat()).await.body;
    assert!(staff.contains("06 555 01 23"), "kept for staff");
    for who in [Who::Anna, Who::Bram] {
        let page = site.get(who, &["/requests/", &key].concat()).await;
        assert_eq!(page.status, 200);
        assert!(!page.body.contains("06 555 01 23") && !page.body.contains("away.txt"), "{who:?}");
    }
}
