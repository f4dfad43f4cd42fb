//! Mail on pages: in the thread of a ticket, and what is on none; read and decided about without JavaScript.

use app::words::{common, mail as words};
use backend::mail::{compose_due, drain_outbox};
use domain::i18n::Locale::English;
use domain::mail::MailState;
use domain::time::Millis;

use crate::support::{AUTHORITY, STRANGER, Site, Who, receive};

/// A mail of Anna's, by someone who may well be Anna.
fn from_anna(id: &str, verified: bool, more: &str, body: &str) -> String {
    let result = if verified { "pass" } else { "fail" };
    format!(
        "Authentication-Results: {AUTHORITY}; dmarc={result} header.from=acme.example\r\nMessage-ID: <{id}@acme.example>\r\n\
         From: Anna Visser <anna@acme.example>\r\nTo: support@support.example\r\nSubject: Mailed {id}\r\n{more}\r\n{body}"
    )
}

async fn delivered(site: &Site, raw: &str) -> String {
    let received = receive(&site.backend, raw).await;
    assert_eq!(received.state, MailState::Delivered);
    received.key.unwrap()
}

async fn pages(site: &Site, key: &str) -> (String, String) {
    let customer = site.get(Who::Bram, &["/requests/", key].concat()).await;
    let staff = site.get(Who::Dirk, &["/desk/", key].concat()).await;
    assert_eq!((customer.status.as_u16(), staff.status.as_u16()), (200, 200));
    (customer.body, staff.body)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailed_message_says_so_and_folds_away_what_it_quotes() {
    let site = Site::new().await;
    let body = "It is broken again.\r\n\r\nOn Mon, 20 Apr 2026 at 10:00, Support wrote:\r\n> Is it plugged in?\r\n";
    let key = delivered(&site, &from_anna("1", true, "", body)).await;
    let (customer, staff) = pages(&site, &key).await;
    for page in [&customer, &staff] {
        assert!(page.contains("It is broken again."));
        let folded = page.split(common::history(English)).nth(1).expect("history is folded away");
        assert!(folded.split("</details>").next().unwrap().contains("Is it plugged in?"), "and kept");
        assert!(!page.contains(common::unverified(English)), "our receiver vouches for it");
    }
    assert!(customer.contains(common::by_mail(English)) && !customer.contains("/raw"), "the original is for staff");
    assert!(staff.contains("/raw\"") && staff.contains(common::original_message(English)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_nobody_vouches_for_is_said_in_words_to_everyone() {
    let site = Site::new().await;
    let key = delivered(&site, &from_anna("1", false, "", "Close everything!")).await;
    let (customer, staff) = pages(&site, &key).await;
    for page in [customer, staff] {
        assert!(page.contains(common::unverified(English)));
        assert!(page.contains(&common::unverified_text(English, "Anna Visser")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_stands_in_the_text_and_markup_never_does() {
    let site = Site::new().await;
    let more = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n";
    let part = |media_type: &str, id: &str, name: &str| {
        format!(
            "--B\r\nContent-Type: {media_type}; name={name}\r\nContent-ID: <{id}>\r\nContent-Disposition: inline; \
             filename={name}\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n"
        )
    };
    let html = "<p>Before <img src=cid:a@x> between <img src=cid:b@x> after</p>";
    let body = format!(
        "--B\r\nContent-Type: text/html\r\n\r\n{html}\r\n{}{}--B--\r\n",
        part("image/png", "a@x", "screen.png"),
        part("image/svg+xml", "b@x", "drawing.svg")
    );
    let key = delivered(&site, &from_anna("1", true, more, &body)).await;
    let (customer, staff) = pages(&site, &key).await;
    for page in [customer, staff] {
        // Behind the markup a page holds its data, with the text as it is stored.
        let said = page.split("message__body").nth(1).and_then(|rest| rest.split("</div>").next()).unwrap();
        assert!(said.contains("alt=\"screen.png\""), "in place");
        assert!(!said.contains("[image: screen.png]") && said.contains("[image: drawing.svg]"));
        let links = page.split("file-links").nth(1).and_then(|rest| rest.split("</ul>").next());
        let links = links.expect("what is not shown is a file");
        assert!(links.contains("drawing.svg") && !links.contains("screen.png"));
        let picture = page.split("<img src=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        let answer = site.get(Who::Bram, picture).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "image/png"));
        assert_eq!(site.get(Who::Carla, picture).await.status, 404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_machine_wrote_is_folded_away_for_staff_and_nothing_for_customers() {
    let site = Site::new().await;
    let key = delivered(&site, &from_anna("1", true, "", "It is broken.")).await;
    let reply = "Auto-Submitted: auto-replied\r\nIn-Reply-To: <1@acme.example>\r\n";
    let again = delivered(&site, &from_anna("2", true, reply, "I am on holiday.")).await;
    assert_eq!(again, key);
    let (customer, staff) = pages(&site, &key).await;
    assert!(!customer.contains("I am on holiday."));
    let folded = staff.split(words::reply(English)).nth(1).expect("it is on the ticket");
    assert!(folded.split("</details>").next().unwrap().contains("I am on holiday."));
    assert!(staff.contains(words::changed_nothing(English)));
}

#[tokio::test(flavor = "multi_thread")]
async fn agents_see_whose_mail_comes_back_and_why() {
    let site = Site::new().await;
    let key = delivered(&site, &from_anna("1", true, "", "It is broken.")).await;
    compose_due(&site.backend).await.unwrap();
    drain_outbox(&site.backend).await.unwrap();
    let files = std::fs::read_dir(site.backend.config().mail()).unwrap();
    let mails = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    let confirmation = mails.into_iter().find(|mail| mail.contains(&format!("[{key}]"))).expect("it was confirmed");
    let id = confirmation.split("\nMessage-ID: <").nth(1).and_then(|rest| rest.split('>').next()).unwrap().to_owned();
    let report = format!(
        "Message-ID: <2@mx>\r\nFrom: MAILER-DAEMON@mx.acme.example\r\nTo: support@support.example\r\nSubject: Undelivered\r\n\
         Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=B\r\n\r\n\
         --B\r\nContent-Type: text/plain\r\n\r\nIt did not arrive.\r\n\
         --B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.acme.example\r\n\r\n\
         Final-Recipient: rfc822; anna@acme.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\
         Diagnostic-Code: smtp; 550 5.1.1 No such user here\r\n\
         --B\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{id}>\r\nSubject: x\r\n--B--\r\n"
    );
    assert_eq!(delivered(&site, &report).await, key);
    let (customer, staff) = pages(&site, &key).await;
    assert!(staff.contains(&words::comes_back(English, "Anna Visser")) && staff.contains("No such user here"));
    assert!(staff.contains(words::bounce(English)));
    assert!(!customer.contains("No such user here"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_original_is_handed_over_as_bytes_that_no_browser_shows() {
    let site = Site::new().await;
    let answer = site.get(Who::Dirk, "/desk/mail/1/raw").await;
    assert_eq!((answer.status.as_u16(), answer.body.as_str()), (200, STRANGER));
    assert_eq!(answer.header("content-type"), "application/octet-stream");
    assert!(answer.header("content-disposition").starts_with("attachment; filename=\"message-1.eml\""));
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("content-security-policy"), "default-src 'none'; sandbox; frame-ancestors 'none'");
    for odd in ["/desk/mail/0/raw", "/desk/mail/x/raw", "/desk/mail/-1/raw", "/desk/mail/99999999999999999999/raw"] {
        assert_eq!(site.get(Who::Dirk, odd).await.status, 404, "{odd}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_strangers_mail_waits_in_sight_with_the_reason_and_as_text() {
    let site = Site::new().await;
    let desk = site.get(Who::Dirk, "/desk").await.body;
    assert!(desk.contains(&format!("aria-label=\"{}\"", words::mail_waiting(English, 1))), "counted on every page");
    let list = site.get(Who::Dirk, "/desk/mail").await.body;
    assert!(list.contains("href=\"/desk/mail/1\"") && list.contains("Wim de Wit &lt;wim@elsewhere.example&gt;"));
    assert!(list.contains(words::why_unknown(English)));
    for state in ["suggested", "kept", "refused", "dismissed"] {
        let empty = site.get(Who::Dirk, &["/desk/mail?state=", state].concat()).await;
        assert!(empty.body.contains(words::nothing_here(English)), "{state}");
    }
    let one = site.get(Who::Dirk, "/desk/mail/1").await.body;
    assert!(
        one.contains("Do you sell &lt;i&gt;bicycles&lt;/i&gt;?")
            && one.contains("A question &lt;b&gt;from&lt;/b&gt; outside")
    );
    assert!(one.contains(words::why_unknown(English)) && one.contains(common::unverified(English)));
    assert!(one.contains("Acme Zorg: Anna Visser"), "a ticket can be made of it for her");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_becomes_a_ticket_once_without_javascript() {
    let site = Site::new().await;
    let refused = site.submit(Who::Dirk, "/api/mail/raise_for", "id=1&requester=").await;
    assert_eq!(refused.status, 302);
    assert!(refused.location().contains("__err="), "{}", refused.location());
    let query = refused.location().split_once('?').unwrap().1;
    let page = site.get(Who::Dirk, &format!("/desk/mail/1?{query}")).await.body;
    assert!(page.contains(common::no_such_person(English)), "said at the field");

    let anna = site.get(Who::Dirk, "/desk/mail/1").await.body;
    let anna = anna.split(">Acme Zorg: Anna Visser<").next().unwrap().rsplit("value=\"").next().unwrap();
    let anna = anna.split('"').next().unwrap().to_owned();
    let made = site.submit(Who::Dirk, "/api/mail/raise_for", &format!("id=1&requester={anna}")).await;
    assert!(made.location().starts_with("/desk/ACME-"), "{}", made.location());
    let ticket = site.get(Who::Dirk, made.location()).await.body;
    assert!(ticket.contains("bicycles") && ticket.contains(&common::sent_from(English, "wim@elsewhere.example")));
    let again = site.post(Who::Admin, "/api/mail/raise_for", &format!("id=1&requester={anna}")).await;
    assert_eq!(again.status, 404);
    let done = site.get(Who::Dirk, "/desk/mail/1").await.body;
    assert!(!done.contains("/api/mail/raise_for"), "nothing is left to decide");
    let key = made.location().trim_start_matches("/desk/").split('?').next().unwrap();
    assert!(done.contains(&words::is_on(English, key)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_is_put_on_a_ticket_or_aside_and_then_waits_no_more() {
    let site = Site::new().await;
    let aside = site.submit(Who::Eva, "/api/mail/dismiss", "id=1").await;
    assert_eq!(aside.location(), "/desk/mail?done=dismissed");
    let page = site.get(Who::Eva, aside.location()).await.body;
    assert!(page.contains(words::was_dismissed(English)) && page.contains(words::none_to_decide(English)));
    assert_eq!(site.post(Who::Dirk, "/api/mail/dismiss", "id=1").await.status, 404, "once");
    assert!(site.get(Who::Dirk, "/desk/mail?state=dismissed").await.body.contains("href=\"/desk/mail/1\""));

    let wrong = site.post(Who::Dirk, "/api/mail/put_on_ticket", "id=1&key=ACME-99999").await;
    assert_eq!(wrong.status, 422);
    let key = delivered(&site, &from_anna("1", true, "", "We need bicycles.")).await;
    let form = format!("id=1&key={}", key.to_lowercase());
    let put = site.submit(Who::Dirk, "/api/mail/put_on_ticket", &form).await;
    assert_eq!(put.location(), format!("/desk/{key}"), "what was put aside can still be used");
    let (customer, staff) = pages(&site, &key).await;
    for page in [customer, staff] {
        assert!(page.contains("Do you sell") && page.contains(common::unverified(English)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_reads_what_was_given_up_and_tries_it_again_but_sees_no_secret_link() {
    let site = Site::new().await;
    // Mail leaves as files in a folder; where that is none, it cannot.
    let folder = site.backend.config().mail();
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::write(&folder, "").unwrap();
    site.post(Who::Nobody, "/api/account/request_reset", "email=bram%40acme.example").await;
    backend::desk::account::send_resets(&site.backend).await.unwrap();
    let page = site.get(Who::Admin, "/admin/mail").await.body;
    assert!(page.contains(words::none_dead(English)) && page.contains(words::as_files(English)));
    for attempt in 1..=20 {
        assert_eq!(drain_outbox(&site.backend).await.unwrap(), 0);
        if attempt == 1 {
            let page = site.get(Who::Admin, "/admin/mail").await.body;
            assert!(page.contains(words::last_error(English)), "what goes wrong is said before it is given up");
        }
        site.clock.advance(Millis::hours(7));
    }

    let page = site.get(Who::Admin, "/admin/mail").await.body;
    let letters: Vec<&str> =
        page.split("href=\"/admin/mail/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(letters.len() >= 2, "the reset and what the stranger was told: {letters:?}");
    let mut hidden = 0;
    for id in &letters {
        let letter = site.get(Who::Admin, &format!("/admin/mail/{id}")).await;
        assert_eq!(letter.status, 200);
        assert!(!letter.body.contains("/link/"), "nobody else may set this person's password");
        hidden += usize::from(letter.body.contains(words::secret(English)));
        assert!(letter.body.contains("/api/admin/retry_mail") && letter.body.contains("/api/admin/discard_mail"));
    }
    assert_eq!(hidden, 1, "the others can be read");
    let stranger = page.contains("wim@elsewhere.example");
    assert!(stranger && page.contains("bram@acme.example"));

    let forgotten = site.submit(Who::Admin, "/api/admin/discard_mail", &format!("id={}", letters[0])).await;
    assert_eq!(forgotten.location(), "/admin/mail?done=discarded");
    assert_eq!(site.get(Who::Admin, &format!("/admin/mail/{}", letters[0])).await.status, 404);
    std::fs::remove_file(&folder).unwrap();
    std::fs::create_dir(&folder).unwrap();
    let again = site.submit(Who::Admin, "/api/admin/retry_mail", "id=0").await;
    assert_eq!(again.location(), "/admin/mail?done=retried");
    assert_eq!(drain_outbox(&site.backend).await.unwrap(), letters.len() - 1);
    let page = site.get(Who::Admin, "/admin/mail").await.body;
    assert!(page.contains(words::none_dead(English)) && page.contains(words::none_wait(English)));
}
