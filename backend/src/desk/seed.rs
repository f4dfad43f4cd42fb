//! What every deployment starts with: the shipped calendars, the standard policy, the shared forms and articles. Adds what
//! is missing and changes nothing that is there.

use domain::ticket::Priority;

use super::form::{Both, StoredField, StoredKind};
use crate::calendar::CalendarSpec;
use crate::policy::{On, Promise};
use crate::store::calendar::SUPPORT;
use crate::store::form::NewForm;
use crate::store::policy::STANDARD;
use crate::{Backend, Error, store};

mod article;

/// The calendar of the chat; the support desk has its own.
const CHAT: &str = "chat";

/// Gives a new database its basics; one that has a policy was given them before, and may have changed them since.
pub(crate) async fn basics_if_new(backend: &Backend) -> Result<(), Error> {
    let known = {
        let mut db = backend.store().snapshot().await?;
        store::policy::latest(&mut db, STANDARD).await?
    };
    if known.is_none() { basics(backend).await } else { Ok(()) }
}

/// Makes sure that the basics are there. Safe to run at every start, by several processes at once.
///
/// # Errors
/// When the database does not answer.
pub async fn basics(backend: &Backend) -> Result<(), Error> {
    let mut tx = backend.store().begin().await?;
    calendar(backend, &mut tx, CHAT, "Chat", &CalendarSpec::shipped_chat()).await?;
    let support = calendar(backend, &mut tx, SUPPORT, "Support", &CalendarSpec::shipped_support()).await?;
    if let Some(policy_id) = store::policy::insert(&mut tx, STANDARD, "Standard").await? {
        let new = store::policy::NewVersion {
            policy_id,
            version: 1,
            promises: &serde_json::to_string(&shipped_promises())?,
            calendar_version_id: support,
            saved_by_id: None,
            now: backend.now(),
        };
        store::policy::insert_version(&mut tx, &new).await?;
    }
    for (position, form) in (0_i64..).zip(shared_forms()) {
        let fields = serde_json::to_string(&form.fields)?;
        let form = NewForm {
            slug: form.slug,
            icon: form.icon,
            position,
            title: form.title,
            summary: form.summary,
            fields: &fields,
        };
        store::form::insert(&mut tx, &form).await?;
    }
    for (position, article) in (0_i64..).zip(article::ARTICLES) {
        store::form::insert_article(&mut tx, article.slug, position, article.title, article.body).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The newest version of a calendar, which is made when it is not there.
async fn calendar(
    backend: &Backend,
    tx: &mut store::Tx,
    slug: &str,
    name: &str,
    spec: &CalendarSpec,
) -> Result<i64, Error> {
    if let Some(calendar_id) = store::calendar::insert(tx, slug, name).await? {
        store::calendar::insert_version(tx, calendar_id, 1, spec, None, backend.now()).await?;
    }
    store::calendar::latest(tx, slug).await?.ok_or_else(|| Error::internal("a calendar without a version"))
}

/// DESIGN §3: the shipped defaults.
fn shipped_promises() -> Vec<Promise> {
    let promise = |priority: Priority| Promise {
        priority,
        review: priority.shipped_review(),
        resolution: priority.shipped_resolution(),
        next_response: None,
        on: On::default(),
    };
    Priority::ALL.map(promise).to_vec()
}

struct SharedForm {
    slug: &'static str,
    icon: &'static str,
    title: (&'static str, &'static str),
    summary: (&'static str, &'static str),
    fields: Vec<StoredField>,
}

fn field(slug: &str, label: (&str, &str), hint: (&str, &str), kind: StoredKind, required: bool) -> StoredField {
    StoredField {
        slug: slug.to_owned(),
        label: Both::new(label.0, label.1),
        hint: Both::new(hint.0, hint.1),
        kind,
        required,
    }
}

fn choices(all: &[(&str, &str, &str)]) -> StoredKind {
    StoredKind::Choice(all.iter().map(|(slug, en, nl)| ((*slug).to_owned(), Both::new(en, nl))).collect())
}

fn shared_forms() -> Vec<SharedForm> {
    vec![problem(), question(), change(), access()]
}

fn problem() -> SharedForm {
    let affected = choices(&[
        ("me", "Only me", "Alleen ik"),
        ("team", "My team or ward", "Mijn team of afdeling"),
        ("location", "One location", "Eén locatie"),
        ("all", "Everyone", "Iedereen"),
    ]);
    SharedForm {
        slug: "problem",
        icon: "problem",
        title: ("Report a problem", "Probleem melden"),
        summary: ("Something does not work as it should", "Iets werkt niet zoals het hoort"),
        fields: vec![
            field("location", ("Who is affected?", "Wie heeft er last van?"), ("", ""), affected, true),
            field(
                "since",
                ("Since when?", "Sinds wanneer?"),
                ("If you know the day", "Als u de dag weet"),
                StoredKind::Date,
                false,
            ),
            field(
                "steps",
                ("What did you do just before?", "Wat deed u vlak daarvoor?"),
                ("Step by step, if you can", "Stap voor stap, als dat kan"),
                StoredKind::LongText,
                false,
            ),
        ],
    }
}

fn question() -> SharedForm {
    let about = choices(&[
        ("use", "How something works", "Hoe iets werkt"),
        ("reports", "Reports and figures", "Rapporten en cijfers"),
        ("invoice", "Contract or invoice", "Contract of factuur"),
        ("other", "Something else", "Iets anders"),
    ]);
    SharedForm {
        slug: "question",
        icon: "question",
        title: ("Ask a question", "Vraag stellen"),
        summary: ("How does it work, where do I find it?", "Hoe werkt het, waar vind ik het?"),
        fields: vec![field("about", ("What is it about?", "Waar gaat het over?"), ("", ""), about, false)],
    }
}

fn change() -> SharedForm {
    SharedForm {
        slug: "change",
        icon: "change",
        title: ("Request a change", "Wijziging aanvragen"),
        summary: ("Something should work differently", "Iets moet anders gaan werken"),
        fields: vec![
            field(
                "wished",
                ("Wished date", "Gewenste datum"),
                ("We say whether we can make it", "Wij laten weten of dat lukt"),
                StoredKind::Date,
                false,
            ),
            field("reason", ("What will it improve?", "Wat wordt er beter van?"), ("", ""), StoredKind::LongText, true),
            field(
                "approver",
                ("Who has approved it?", "Wie heeft het goedgekeurd?"),
                ("Name and role", "Naam en functie"),
                StoredKind::Text,
                false,
            ),
        ],
    }
}

fn access() -> SharedForm {
    let action = choices(&[
        ("grant", "Give access", "Toegang geven"),
        ("change", "Change access", "Toegang wijzigen"),
        ("revoke", "Take access away", "Toegang intrekken"),
    ]);
    SharedForm {
        slug: "access",
        icon: "person",
        title: ("Manage access", "Toegang regelen"),
        summary: ("A colleague comes, goes or changes role", "Een collega komt, gaat of krijgt een andere rol"),
        fields: vec![
            field("action", ("What should happen?", "Wat moet er gebeuren?"), ("", ""), action, true),
            field(
                "person",
                ("For whom?", "Voor wie?"),
                ("Name and e-mail address", "Naam en e-mailadres"),
                StoredKind::Text,
                true,
            ),
            field("from", ("From which day?", "Vanaf welke dag?"), ("", ""), StoredKind::Date, true),
        ],
    }
}
