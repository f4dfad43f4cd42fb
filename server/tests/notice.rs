//! What people are told, over HTTP and without JavaScript: the notification centre of customers, how they want to be told,
//! and ending mails by a link or by one click.

use app::words::{account, notice as words, suggested};
use axum::body::Body;
use backend::desk::mail::{Arrival, Door, receive};
use backend::desk::notice;
use backend::desk::queue;
use backend::desk::ticket::{self, Compose};
use domain::i18n::Locale;
use domain::notice::{Delivery, NoticeKind};
use domain::time::Millis;
use domain::view::desk::ComposeKind;

use crate::isolation::actor;
use crate::support::{Answer, Site, Who};

const EN: Locale = Locale::English;

/// A request of Bram's that Dirk has answered; what the demonstration had to tell is read, and its mails are written.
async fn answered(site: &Site) -> String {
    send_mails(site).await;
    for who in Who::ALL.into_iter().filter(|who| *who != Who::Nobody) {
        notice::mark_all_read(&site.backend, &actor(site, who).await).await.unwrap();
    }
    let parts = [
        ("place", "raise/question"),
        ("form", "question"),
        ("subject", "Roster of May"),
        ("description", "B"),
        ("priority", "low"),
    ];
    let parts: Vec<_> = parts.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
    let raised = site.post_multipart(Who::Bram, "/api/ticket/raise", &parts).await;
    let key = raised.body.split('"').nth(3).unwrap().to_owned();
    answer(site, &key, "Here it is").await;
    key
}

async fn answer(site: &Site, key: &str, text: &str) {
    let dirk = actor(site, Who::Dirk).await;
    let version = queue::ticket(&site.backend, &dirk, EN, key).await.unwrap().version;
    let input = Compose {
        key: key.to_owned(),
        version,
        kind: ComposeKind::Answer,
        text: text.to_owned(),
        place: ["desk/", key].concat(),
    };
    ticket::compose(&site.backend, &dirk, input).await.unwrap();
}

/// Everything that waits to be mailed is.
async fn send_mails(site: &Site) {
    site.clock.advance(Millis::minutes(2));
    backend::mail::compose_due(&site.backend).await.unwrap();
    backend::mail::drain_outbox(&site.backend).await.unwrap();
}

/// The header of this name in the last mail to this address that has it, unfolded.
fn header(site: &Site, email: &str, name: &str) -> String {
    let folder = site.backend.config().mail();
    let mut mails: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    mails.sort();
    let heads = mails.iter().rev().map(|path| std::fs::read_to_string(path).unwrap());
    let heads = heads.map(|text| text.split("\r\n\r\n").next().unwrap().replace("\r\n ", " "));
    let mut to_them = heads.filter(|head| head.lines().any(|line| line.starts_with("To: ") && line.contains(email)));
    let value = |line: &str| line.strip_prefix(name)?.strip_prefix(':').map(|value| value.trim().to_owned());
    let found = to_them.find_map(|head| head.lines().find_map(value));
    found.unwrap()
}

/// Where "unsubscribe" leads in Bram's last mail that has it.
fn unsubscribe_path(site: &Site) -> String {
    let url = header(site, "bram@acme.example", "List-Unsubscribe");
    url.trim_matches(['<', '>']).strip_prefix("https://support.example").unwrap().to_owned()
}

/// What the bell says; it stands beside the account and in its menu.
fn bell(page: &Answer, unread: i64) -> bool {
    let name = if unread == 0 { account::notifications(EN).to_owned() } else { account::notifications_of(EN, unread) };
    page.body.matches(&format!("aria-label=\"{name}\"")).count() == 2
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customers_bell_counts_what_they_are_told_and_opening_the_request_reads_it() {
    let site = Site::new().await;
    let key = answered(&site).await;
    let list = site.get(Who::Bram, "/notifications").await;
    assert!(bell(&list, 3), "a confirmation, and an answer that accepts it");
    let newest = list.body.find(&words::answered(EN, "Dirk Hofman")).unwrap();
    let oldest = list.body.find(words::received(EN)).unwrap();
    assert!(newest < oldest);
    assert_eq!(list.body.matches(&format!("href=\"/requests/{key}\"")).count(), 3);
    assert_eq!(list.body.matches("told--unread").count(), 3);
    // Nobody else has anything to do with it.
    for who in [Who::Anna, Who::Carla] {
        let list = site.get(who, "/notifications").await;
        assert!(bell(&list, 0) && !list.body.contains(&key), "{who:?}");
    }
    // The page that reads it counts it no more, nor does any after it.
    assert!(bell(&site.get(Who::Bram, "/requests").await, 3));
    assert!(bell(&site.get(Who::Bram, &format!("/requests/{key}")).await, 0));
    let list = site.get(Who::Bram, "/notifications").await;
    assert!(bell(&list, 0) && list.body.contains(words::received(EN)) && !list.body.contains("told--unread"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_browser_reads_of_a_request_reads_its_notices_too() {
    let site = Site::new().await;
    let key = answered(&site).await;
    let bram = actor(&site, Who::Bram).await;
    site.read(Who::Bram, &format!("/api/portal/request?key={key}")).await;
    assert_eq!(notice::unread(&site.backend, &bram).await.unwrap(), 0);
    site.post(Who::Bram, "/api/ticket/withdraw", &format!("key={key}")).await;
    let dirk = actor(&site, Who::Dirk).await;
    assert_eq!(notice::unread(&site.backend, &dirk).await.unwrap(), 1);
    let page = site.get(Who::Dirk, &format!("/desk/{key}")).await;
    let name = account::notifications_of(EN, 1);
    assert!(page.status == 200 && !page.body.contains(&name), "the rail's bell has nothing to tell");
    assert_eq!(notice::unread(&site.backend, &dirk).await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn notices_are_marked_as_read_one_by_one_or_all_without_javascript() {
    let site = Site::new().await;
    answered(&site).await;
    let list = site.get(Who::Bram, "/notifications").await;
    assert!(list.body.contains("action=\"/api/portal/mark_read\""));
    let mut ids = list.body.split("name=\"id\" value=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let id = ids.find(|id| *id != "0").unwrap().to_owned();
    let marked = site.submit(Who::Bram, "/api/portal/mark_read", &format!("id={id}")).await;
    assert_eq!(marked.location(), "/notifications");
    assert!(bell(&site.get(Who::Bram, "/notifications").await, 2));
    // It is Bram's alone.
    assert_eq!(site.post(Who::Anna, "/api/portal/mark_read", &format!("id={id}")).await.status, 404);
    site.submit(Who::Bram, "/api/portal/mark_read", "id=0").await;
    let list = site.get(Who::Bram, "/notifications").await;
    assert!(bell(&list, 0) && !list.body.contains("name=\"id\""), "nothing is left to mark");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_by_mail_is_chosen_on_the_account_page() {
    let site = Site::new().await;
    let page = site.get(Who::Bram, "/account").await;
    assert!(page.body.contains("id=\"notices\""), "mails link to it");
    assert!(page.body.contains(words::kind(EN, NoticeKind::Answered)));
    assert!(page.body.contains(words::always_customer(EN)), "what cannot be ended is said");
    for kind in [NoticeKind::Received, NoticeKind::Returned, NoticeKind::Raised] {
        assert!(!page.body.contains(words::kind(EN, kind)), "{kind:?} is nothing to choose");
    }
    let staff = site.get(Who::Dirk, "/account").await;
    assert!(staff.body.contains(words::kind(EN, NoticeKind::Raised)));
    assert!(!staff.body.contains(words::kind(EN, NoticeKind::Answered)));

    let form =
        "wanted%5B0%5D=accepted.portal&wanted%5B1%5D=answered.daily&wanted%5B2%5D=received.portal&wanted%5B3%5D=x";
    let saved = site.submit(Who::Bram, "/api/account/set_preferences", form).await;
    assert_eq!(saved.location(), "/account?done=set_preferences");
    let page = site.get(Who::Bram, saved.location()).await;
    assert!(page.body.contains(words::preferences_saved(EN)));
    let bram = actor(&site, Who::Bram).await;
    let rows = notice::preferences(&site.backend, &bram).await.unwrap().rows;
    let chosen: Vec<_> = rows.into_iter().filter(|(_, delivery)| *delivery != Delivery::Now).collect();
    assert_eq!(chosen, [(NoticeKind::Accepted, Delivery::Portal), (NoticeKind::Answered, Delivery::Daily)]);
    let option = page.body.split("value=\"answered.daily\"").nth(1).unwrap();
    assert!(option.split('>').next().unwrap().contains("selected"), "the page shows what was chosen");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_in_a_mail_ends_mails_like_it_after_a_button_and_takes_it_back() {
    let site = Site::new().await;
    let key = answered(&site).await;
    send_mails(&site).await;
    let path = unsubscribe_path(&site);
    let (token, kinds) = path.strip_prefix("/unsubscribe/").unwrap().split_once('/').unwrap();
    let bram = actor(&site, Who::Bram).await;
    let wants = async || {
        let rows = notice::preferences(&site.backend, &bram).await.unwrap().rows;
        rows.into_iter().find(|(kind, _)| *kind == NoticeKind::Answered).unwrap().1
    };
    // Signed out or as anyone: the page asks, and does nothing by itself.
    for who in [Who::Nobody, Who::Bram, Who::Dirk] {
        let page = site.get(who, &path).await;
        assert_eq!(page.status, 200, "{who:?}");
        assert!(page.body.contains(words::end_title(EN)) && page.body.contains("bram@acme.example"), "{who:?}");
        assert!(page.body.contains(words::kind(EN, NoticeKind::Answered)), "{who:?}");
        assert!(page.body.contains("action=\"/api/account/end_mails\""), "{who:?}");
    }
    assert_eq!(wants().await, Delivery::Now);
    let form = format!("token={token}&kinds={kinds}");
    let ended = site.submit(Who::Nobody, "/api/account/end_mails", &form).await;
    assert_eq!(ended.location(), path);
    let page = site.get(Who::Nobody, &path).await;
    assert!(page.body.contains(words::ended_title(EN)) && page.body.contains("action=\"/api/account/resume_mails\""));
    assert_eq!(wants().await, Delivery::Portal);
    answer(&site, &key, "More of it").await;
    send_mails(&site).await;
    assert_eq!(unsubscribe_path(&site), path, "no further mail of it");
    site.submit(Who::Nobody, "/api/account/resume_mails", &form).await;
    assert_eq!(wants().await, Delivery::Now);
    assert!(site.get(Who::Nobody, &path).await.body.contains(words::end_title(EN)));
    // What names nobody is a page that says so.
    let dead = site.get(Who::Nobody, &format!("/unsubscribe/invented/{kinds}")).await;
    assert!(dead.status == 404 && dead.body.contains(words::end_dead(EN)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_program_ends_mails_by_one_click_from_anywhere_and_only_so() {
    let site = Site::new().await;
    answered(&site).await;
    send_mails(&site).await;
    let path = unsubscribe_path(&site);
    assert_eq!(header(&site, "bram@acme.example", "List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    // As a mail provider sends it: no session, no origin of ours, and nothing of a browser.
    let post = async |path: &str, kind: &'static str, body: &'static str| {
        let request = axum::http::Request::post(path).header("host", "support.example").header("content-type", kind);
        site.send(request.body(Body::from(body)).unwrap()).await
    };
    const FORM: &str = "application/x-www-form-urlencoded";
    let bram = actor(&site, Who::Bram).await;
    let wants = async || {
        let rows = notice::preferences(&site.backend, &bram).await.unwrap().rows;
        rows.into_iter().find(|(kind, _)| *kind == NoticeKind::Answered).unwrap().1
    };
    assert_eq!(post(&path, FORM, "").await.status, 400);
    assert_eq!(post(&path, FORM, "List-Unsubscribe=No").await.status, 400);
    let (token, kinds) = path.strip_prefix("/unsubscribe/").unwrap().split_once('/').unwrap();
    for wrong in [format!("/unsubscribe/invented/{kinds}"), format!("/unsubscribe/{token}/received")] {
        assert_eq!(post(&wrong, FORM, "List-Unsubscribe=One-Click").await.status, 404, "{wrong}");
    }
    assert_eq!(wants().await, Delivery::Now);
    let done = post(&path, FORM, "List-Unsubscribe=One-Click").await;
    assert!(done.status == 200 && done.location().is_empty() && done.cookies().is_empty());
    assert_eq!(wants().await, Delivery::Portal);
    let parts = "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n";
    assert_eq!(post(&path, "multipart/form-data; boundary=b", parts).await.status, 200, "again is as good");
    // The exception is this path's alone: elsewhere another site's form is refused as before.
    assert_eq!(post("/api/account/end_mails", FORM, "token=x&kinds=answered").await.status, 403);
    assert_eq!(post("/unsubscribe", FORM, "List-Unsubscribe=One-Click").await.status, 403);
}

/// A mail from nobody we know, at the door.
async fn arrives(site: &Site, from: &str, subject: &str) {
    let raw = format!(
        "Message-ID: <{subject}@mail.example>\r\nFrom: {from}\r\nTo: support@support.example\r\nSubject: {subject}\r\n\
         Date: Fri, 24 Apr 2026 15:00:00 +0200\r\nContent-Type: text/plain; charset=utf-8\r\nMIME-Version: 1.0\r\n\r\nHello"
    );
    let arrival = Arrival {
        door: Door::Pipe,
        mailbox: "support".to_owned(),
        raw: raw.into_bytes().into(),
        envelope_from: None,
        envelope_to: Vec::new(),
    };
    receive(&site.backend, &arrival).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_wrote_from_an_organisations_domain_is_accepted_or_declined_on_the_account_page() {
    let site = Site::new().await;
    let page = site.get(Who::Eva, "/account").await;
    assert!(page.body.contains(suggested::nobody_waits(EN)));
    let acme = page.body.split(&suggested::domains_of(EN, "Acme Zorg")).next().unwrap();
    let acme = acme.rsplit("name=\"organisation_id\" value=\"").next().unwrap().split('"').next().unwrap().to_owned();
    let form = format!("organisation_id={acme}&domains=Zorg.example%2C+acme.example");
    let saved = site.submit(Who::Eva, "/api/desk/set_domains", &form).await;
    assert_eq!(saved.location(), "/account?done=set_domains");
    let page = site.get(Who::Eva, saved.location()).await;
    assert!(page.body.contains("value=\"acme.example, zorg.example\""));
    let wrong =
        site.submit(Who::Eva, "/api/desk/set_domains", &format!("organisation_id={acme}&domains=gmail.com")).await;
    let query = wrong.location().split_once('?').unwrap().1;
    assert!(site.get(Who::Eva, &format!("/account?{query}")).await.body.contains(suggested::not_a_domain(EN)));

    arrives(&site, "Fatima Aziz <fatima@zorg.example>", "Toegang").await;
    arrives(&site, "Nobody <nobody@zorg.example>", "Horloges").await;
    let page = site.get(Who::Eva, "/account").await;
    assert!(page.body.contains("fatima@zorg.example") && page.body.contains("Toegang"));
    for who in [Who::Dirk, Who::Anna, Who::Bram] {
        let page = site.get(who, "/account").await;
        assert!(!page.body.contains("zorg.example") && !page.body.contains("id=\"domains\""), "{who:?}");
    }
    let id = |email: &str| {
        let label = suggested::accept_person(EN, email);
        let before = page.body.split(&format!("aria-label=\"{label}\"")).next().unwrap();
        before.rsplit("name=\"id\" value=\"").next().unwrap().split('"').next().unwrap().to_owned()
    };
    let (fatima, nobody) = (id("fatima@zorg.example"), id("nobody@zorg.example"));
    assert_ne!(fatima, nobody);
    assert_eq!(site.post(Who::Dirk, "/api/desk/decline_suggested", &format!("id={nobody}")).await.status, 403);
    let accepted = site.submit(Who::Eva, "/api/desk/accept_suggested", &format!("id={fatima}&name=Fatima+Aziz")).await;
    assert_eq!(accepted.location(), "/account?done=accept_suggested");
    let declined = site.submit(Who::Eva, "/api/desk/decline_suggested", &format!("id={nobody}")).await;
    let page = site.get(Who::Eva, declined.location()).await;
    assert!(page.body.contains(suggested::declined(EN)) && page.body.contains(suggested::nobody_waits(EN)));
    assert!(page.body.contains("fatima@zorg.example"), "she is among the people now");
    assert!(!page.body.contains("nobody@zorg.example"));
    let list = site.get(Who::Dirk, "/desk?q=Toegang").await;
    assert!(list.body.contains("Fatima Aziz"), "what she wrote is a ticket");
}
