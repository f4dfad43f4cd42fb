//! From notices to mails: all that waits for one person about one ticket becomes one mail, or their daily one. A mail is put
//! into the outbox by the transaction that takes its notices, so none is lost and none is told twice.

use domain::brand::Brand;
use domain::i18n::Locale;
use domain::notice::NoticeKind;
use domain::ticket::Status;
use domain::time::{Instant, Millis};

use super::about::About;
use super::block::{self, Block};
use super::sheet::{Foot, Part, Sheet};
use super::{Mail, digest, thread, words};
use crate::desk::notice::Ending;
use crate::store::Tx;
use crate::store::notification::{self as rows, Bundle, Reader, Taken};
use crate::{Backend, Error, random};

/// Mails per round, so that a long list does not keep other jobs waiting.
const AT_ONCE: usize = 200;
/// What cannot be put into a mail now is tried again after so long.
const POSTPONED: Millis = Millis::minutes(10);

/// Composes the mails whose time has come; gives how many. Safe to run at any time, by any process, several at once.
///
/// # Errors
/// When the database does not answer; what was composed before stays so.
pub async fn compose_due(backend: &Backend) -> Result<usize, Error> {
    let mut composed = 0;
    for _ in 0..AT_ONCE {
        let now = backend.now();
        // Looked for without a lock: nearly always there is nothing.
        let due = {
            let mut db = backend.store().read().await?;
            rows::due(&mut db, now).await?
        };
        let Some(bundle) = due else { break };
        match compose(backend, bundle, now).await {
            Ok(true) => composed += 1,
            Ok(false) => {}
            Err(Error::Unavailable) => return Err(Error::Unavailable),
            Err(error) => {
                tracing::error!(%error, user = bundle.user_id, ticket = bundle.ticket_id, "a mail could not be composed");
                let mut tx = backend.store().begin().await?;
                rows::postpone(&mut tx, bundle, now, now + POSTPONED).await?;
                tx.commit().await?;
            }
        }
    }
    Ok(composed)
}

/// Whether a mail became of it: whoever left, or may not see the ticket any more, gets none.
async fn compose(backend: &Backend, bundle: Bundle, now: Instant) -> Result<bool, Error> {
    let mut tx = backend.store().begin().await?;
    let notices = rows::take(&mut tx, bundle, now).await?;
    let reader = rows::reader(&mut tx, bundle.user_id).await?;
    let mut outbox_id = None;
    if let Some(reader) = reader.filter(|_| !notices.is_empty()) {
        outbox_id = match bundle.ticket_id {
            Some(ticket_id) => of_ticket(backend, &mut tx, &reader, ticket_id, &notices, now).await?,
            None => digest::compose(backend, &mut tx, &reader, &notices, now).await?,
        };
    }
    if let Some(outbox_id) = outbox_id {
        rows::told_by(&mut tx, &notices, outbox_id).await?;
    }
    tx.commit().await?;
    Ok(outbox_id.is_some())
}

async fn of_ticket(
    backend: &Backend,
    tx: &mut Tx,
    reader: &Reader,
    ticket_id: i64,
    notices: &[Taken],
    now: Instant,
) -> Result<Option<i64>, Error> {
    let person = &reader.person;
    let Some(about) = About::load(backend, tx, person, ticket_id, now).await? else { return Ok(None) };
    let blocks = notices.iter().filter_map(|notice| block::of(&about, notice)).collect();
    let blocks = block::without_echoes(blocks);
    // Of several that matter alike, the last one.
    let Some(first) = blocks.iter().rev().min_by_key(|block| block::rank(block.kind)) else { return Ok(None) };
    let (kind, title) = (first.kind, first.title.clone());
    let agent = first.agent.clone().or_else(|| blocks.iter().rev().find_map(|block| block.agent.clone()));
    let kinds = endable(notices.iter().map(|notice| notice.kind));
    let token = rows::mail_token(tx, person.user_id, &random::base32::<16>()?).await?;
    let unsubscribe = unsubscribe_url(backend, token, kinds);
    let sheet = sheet(backend, &about, kind, title, blocks, &unsubscribe);
    let key = about.ticket.key.to_string();
    let letter = thread::next(backend, tx, &about, now).await?;
    let mail = Mail {
        kind: kind.slug(),
        user_id: Some(person.user_id),
        to_email: &person.email,
        to_name: &person.name,
        // Staff's mails are from the desk, whoever of them did it.
        from_name: &agent.filter(|_| !about.staff).map_or_else(String::new, |agent| [&agent, " via Loket"].concat()),
        subject: &subject(&key, &about.ticket.subject),
        ticket_id: Some(ticket_id),
        list: Some(&about.ticket.key.organisation),
        unsubscribe: &unsubscribe,
        thread: letter,
    };
    super::enqueue(backend, tx, now, mail, &sheet).await.map(Some)
}

/// The same for all mails of a ticket: mail programs keep together what is called alike.
pub(super) fn subject(key: &str, subject: &str) -> String {
    ["[", key, "] ", subject].concat()
}

/// Each kind once, without those that cannot be ended.
pub(super) fn endable(kinds: impl Iterator<Item = NoticeKind>) -> Vec<NoticeKind> {
    let mut endable = Vec::new();
    for kind in kinds.filter(|kind| kind.may_be_ended()) {
        if !endable.contains(&kind) {
            endable.push(kind);
        }
    }
    endable
}

/// Empty when there is nothing to end.
pub(super) fn unsubscribe_url(backend: &Backend, token: String, kinds: Vec<NoticeKind>) -> String {
    if kinds.is_empty() {
        return String::new();
    }
    [&backend.config().base_url, Ending { token, kinds }.path().as_str()].concat()
}

fn sheet(
    backend: &Backend,
    about: &About,
    kind: NoticeKind,
    title: String,
    blocks: Vec<Block>,
    unsubscribe: &str,
) -> Sheet {
    let locale = about.locale;
    let several = blocks.len() > 1;
    let mut parts = Vec::new();
    for block in blocks {
        if several {
            parts.push(Part::Heading(block.title));
        }
        parts.extend(block.parts);
    }
    let mut facts = Vec::new();
    if about.staff {
        facts.push((words::organisation(locale).to_owned(), about.brand.name.clone()));
        let requester = about.name(Some(about.ticket.requester_id));
        facts.push((words::requester(locale).to_owned(), requester));
    }
    facts.push(about.status());
    // A change of priority has said what it is.
    if kind != NoticeKind::PriorityChanged && about.ticket.status.is_open() {
        facts.push(about.priority(about.ticket.priority));
    }
    if kind != NoticeKind::PriorityChanged {
        facts.extend(about.promises());
    }
    parts.push(Part::Facts(facts));
    let key = about.ticket.key.to_string();
    let base_url = backend.config().base_url.as_str();
    let button = if about.staff {
        (words::view_ticket(locale).to_owned(), [base_url, "/desk/", &key].concat())
    } else {
        let words = match about.ticket.status {
            Status::Waiting => words::answer_request(locale),
            Status::Resolved => words::confirm_request(locale),
            _ => words::view_request(locale),
        };
        (words.to_owned(), [base_url, "/requests/", &key].concat())
    };
    let why = if about.staff {
        words::why_staff(locale)
    } else if about.ticket.requester_id == about.reader_id {
        words::why_requester(locale)
    } else {
        words::why_participant(locale)
    };
    Sheet {
        locale,
        brand: if about.staff { Brand::loket() } else { about.brand.clone() },
        answerable: !about.staff,
        title,
        parts,
        button: Some(button),
        foot: foot(backend, locale, why, unsubscribe),
    }
}

/// Why someone gets a mail, and where they say that they want no more of these.
pub(super) fn foot(backend: &Backend, locale: Locale, why: &str, unsubscribe: &str) -> Foot {
    let preferences = [&backend.config().base_url, "/account#notices"].concat();
    let mut links = vec![(words::preferences(locale).to_owned(), preferences)];
    if !unsubscribe.is_empty() {
        links.push((words::unsubscribe(locale).to_owned(), unsubscribe.to_owned()));
    }
    Foot { why: why.to_owned(), links }
}
