//! Policies: what is promised, versioned, and who has which. A new version is for new tickets; open ones come under it only
//! when the admin chooses so, each with an event that says it. For admins only.

use std::sync::Arc;

use domain::actor::Actor;
use domain::problem::{FieldProblem, Problem};
use domain::time::Instant;
use domain::view::admin::{
    AdminChange, Moves, OrganisationLine, PoliciesView, PolicyAdminView, PolicyDraft, PolicyLine, PolicyPreview,
    PolicyVersion, Saved,
};
use sqlx::AnyConnection;

use super::calendar::{LOG, NAME_MAX};
use super::{may_change_promises, moves, text, ticket};
use crate::policy::{Policy, Promise};
use crate::store::Tx;
use crate::store::policy::{About, NewVersion, PolicyRow};
use crate::store::ticket::Open;
use crate::{Backend, Error, policy, store};

mod draft;

use draft::{check, draft, on, targets};

/// A new version of a policy.
#[derive(Clone, Debug)]
pub struct SavePolicy {
    pub policy_id: i64,
    /// The version that the form began with.
    pub version: i64,
    pub draft: PolicyDraft,
    /// Open tickets under earlier versions come under this one too.
    pub apply_to_open: bool,
}

/// Another policy for an organisation.
#[derive(Clone, Debug)]
pub struct Assign {
    /// Its key.
    pub organisation: String,
    pub policy_id: i64,
    /// The organisation's open tickets come under it too.
    pub apply_to_open: bool,
}

/// Every policy, and which one each organisation has.
///
/// # Errors
/// [`Error::Forbidden`] for everyone but admins.
pub async fn list(backend: &Backend, actor: &Actor) -> Result<PoliciesView, Error> {
    may_change_promises(actor)?;
    let now = backend.now();
    let mut db = backend.store().snapshot().await?;
    let organisations = organisations(&mut db).await?;
    let open = store::policy::open(&mut db).await?;
    let mut policies = Vec::new();
    for row in store::policy::list(&mut db).await? {
        policies.push(PolicyLine {
            id: row.policy_id,
            version: row.version,
            saved_at: row.saved_at,
            targets: targets(&row)?,
            organisations: having(&organisations, row.policy_id).map(|line| line.name.clone()).collect(),
            open: count(&open, row.policy_id),
            name: row.name,
            saved_by: row.saved_by,
        });
    }
    Ok(PoliciesView {
        now,
        policies,
        organisations,
        calendars: store::calendar::names(&mut db).await?,
        zone: policy::calendars(backend, &mut db).await?.zone(now),
        log: store::policy::log_of(&mut db, About::Policies, LOG).await?,
    })
}

/// One policy with all its versions.
///
/// # Errors
/// [`Error::Forbidden`] for everyone but admins; [`Error::NotFound`].
pub async fn read(backend: &Backend, actor: &Actor, policy_id: i64) -> Result<PolicyAdminView, Error> {
    may_change_promises(actor)?;
    let now = backend.now();
    let mut db = backend.store().snapshot().await?;
    let rows = store::policy::history(&mut db, policy_id).await?;
    let newest = rows.first().ok_or(Error::NotFound)?;
    let all = organisations(&mut db).await?;
    let version = |row: &PolicyRow| {
        let (version, saved_at, saved_by) = (row.version, row.saved_at, row.saved_by.clone());
        Ok(PolicyVersion { version, saved_at, saved_by, targets: targets(row)? })
    };
    Ok(PolicyAdminView {
        now,
        id: policy_id,
        version: newest.version,
        name: newest.name.clone(),
        draft: draft(&newest.name, &targets(newest)?),
        calendars: store::calendar::names(&mut db).await?,
        versions: rows.iter().map(version).collect::<Result<_, Error>>()?,
        organisations: having(&all, policy_id).cloned().collect(),
        open: count(&store::policy::open(&mut db).await?, policy_id),
        zone: policy::calendars(backend, &mut db).await?.zone(now),
        log: store::policy::log_of(&mut db, About::Policy(policy_id), LOG).await?,
    })
}

/// What would happen to open tickets if this were saved and applied to them.
///
/// # Errors
/// [`Error::Forbidden`] for everyone but admins; [`Error::NotFound`]; [`Error::Invalid`] with everything that is wrong.
pub async fn preview(
    backend: &Backend,
    actor: &Actor,
    policy_id: i64,
    draft: PolicyDraft,
) -> Result<PolicyPreview, Error> {
    may_change_promises(actor)?;
    let now = backend.now();
    let mut db = backend.store().snapshot().await?;
    let rows = store::policy::history(&mut db, policy_id).await?;
    let newest = rows.first().ok_or(Error::NotFound)?;
    let promises = check(backend, &mut db, &draft).await?;
    let current = policy::load(backend, &mut db, newest.policy_version_id).await?;
    let version = if same(&current, &promises) {
        current
    } else {
        // No stored version has this id, so every open ticket would change.
        let version = newest.version + 1;
        Arc::new(Policy { policy_version_id: 0, version, promises, ..Policy::clone(&current) })
    };
    let changes = moves::of_policy(&mut db, &version, Open::OfPolicy(policy_id), now).await?;
    Ok(PolicyPreview { now, based_on: newest.version, tickets: changes.tickets.len() as i64, moves: changes.moves })
}

/// Saves a new version: for new tickets of the organisations that have the policy and, if chosen, for open ones. Saving
/// what is there already makes no version.
///
/// # Errors
/// [`Error::Forbidden`] for everyone but admins; [`Error::NotFound`]; [`Error::Invalid`] with everything that is wrong, with
/// [`Problem::Outdated`] at `version` when someone saved another version since.
pub async fn save(backend: &Backend, actor: &Actor, input: SavePolicy) -> Result<Saved, Error> {
    may_change_promises(actor)?;
    let mut tx = begin(backend, input.apply_to_open).await?;
    let now = backend.now();
    let rows = store::policy::history(&mut tx, input.policy_id).await?;
    let newest = rows.first().ok_or(Error::NotFound)?;
    let outdated = |version| Error::invalid("version", Problem::Outdated { version });
    if newest.version != input.version {
        return Err(outdated(newest.version));
    }
    let promises = check(backend, &mut tx, &input.draft).await?;
    let current = policy::load(backend, &mut tx, newest.policy_version_id).await?;
    let unchanged = same(&current, &promises);
    let (policy_version_id, version) = if unchanged {
        (newest.policy_version_id, newest.version)
    } else {
        let version = newest.version + 1;
        let made = write(&mut tx, input.policy_id, version, &promises, current.calendar_id, actor, now).await?;
        (made.ok_or_else(|| outdated(version))?, version)
    };
    // Also when whoever asked is gone before the end, which ends this wherever it is.
    let _unsettled = policy::Unsettled::new(backend, policy_version_id);
    store::policy::publish(&mut tx, input.policy_id, policy_version_id).await?;
    let which = Open::OfPolicy(input.policy_id);
    let (mut tx, tickets, moves) =
        apply(backend, actor, tx, policy_version_id, which, input.apply_to_open, now).await?;
    if !unchanged || tickets.is_some_and(|tickets| tickets > 0) {
        let change = AdminChange::PolicySaved { name: newest.name.clone(), version, tickets, moved: moves.total };
        store::policy::log(&mut tx, About::Policy(input.policy_id), actor.user_id(), &change, now).await?;
    }
    tx.commit().await?;
    Ok(Saved { id: input.policy_id, version, moves })
}

/// A new policy; gives its id. No organisation has it yet.
///
/// # Errors
/// [`Error::Forbidden`] for everyone but admins; [`Error::Invalid`] with everything that is wrong.
pub async fn create(backend: &Backend, actor: &Actor, draft: PolicyDraft) -> Result<i64, Error> {
    may_change_promises(actor)?;
    let now = backend.now();
    let name = text::line(&draft.name);
    let mut tx = backend.store().begin().await?;
    let mut problems: Vec<_> = domain::form::check_text("name", &name, NAME_MAX).into_iter().collect();
    if problems.is_empty() && store::policy::name_taken(&mut tx, &name).await? {
        problems.push(FieldProblem::new("name", Problem::NameTaken));
    }
    let promises = match check(backend, &mut tx, &draft).await {
        Ok(promises) if problems.is_empty() => promises,
        Ok(_) => return Err(Error::Invalid(problems)),
        Err(Error::Invalid(more)) => {
            problems.extend(more);
            return Err(Error::Invalid(problems));
        }
        Err(error) => return Err(error),
    };
    let slug = ["own-", &name.to_lowercase()].concat();
    let policy_id = store::policy::insert(&mut tx, &slug, &name).await?;
    let policy_id = policy_id.ok_or_else(|| Error::invalid("name", Problem::NameTaken))?;
    // "The support desk's hours" of a page under this policy are those of the standard one; its targets name their own.
    let calendar_id = policy::standard(backend, &mut tx).await?.calendar_id;
    write(&mut tx, policy_id, 1, &promises, calendar_id, actor, now).await?;
    let change = AdminChange::PolicyCreated { name };
    store::policy::log(&mut tx, About::Policy(policy_id), actor.user_id(), &change, now).await?;
    tx.commit().await?;
    Ok(policy_id)
}

/// What would happen to an organisation's open tickets if they came under the newest version of this policy.
///
/// # Errors
/// [`Error::Forbidden`] for everyone but admins; [`Error::NotFound`] without such an organisation or policy.
pub async fn preview_assign(
    backend: &Backend,
    actor: &Actor,
    organisation: &str,
    policy_id: i64,
) -> Result<PolicyPreview, Error> {
    may_change_promises(actor)?;
    let now = backend.now();
    let mut db = backend.store().snapshot().await?;
    let (organisation_id, _, newest) = named(&mut db, organisation, policy_id).await?;
    let policy = policy::load(backend, &mut db, newest.policy_version_id).await?;
    let changes = moves::of_policy(&mut db, &policy, Open::OfOrganisation(organisation_id), now).await?;
    Ok(PolicyPreview { now, based_on: newest.version, tickets: changes.tickets.len() as i64, moves: changes.moves })
}

/// Gives an organisation another policy; gives what moved.
///
/// # Errors
/// [`Error::Forbidden`] for everyone but admins; [`Error::NotFound`] without such an organisation or policy.
pub async fn assign(backend: &Backend, actor: &Actor, input: Assign) -> Result<Moves, Error> {
    may_change_promises(actor)?;
    let mut tx = begin(backend, input.apply_to_open).await?;
    let now = backend.now();
    let (organisation_id, organisation, newest) = named(&mut tx, &input.organisation, input.policy_id).await?;
    store::policy::assign(&mut tx, organisation_id, newest.policy_version_id).await?;
    let which = Open::OfOrganisation(organisation_id);
    let (mut tx, tickets, moves) =
        apply(backend, actor, tx, newest.policy_version_id, which, input.apply_to_open, now).await?;
    let change = AdminChange::PolicyAssigned { organisation, name: newest.name, tickets, moved: moves.total };
    store::policy::log(&mut tx, About::Policy(input.policy_id), actor.user_id(), &change, now).await?;
    tx.commit().await?;
    Ok(moves)
}

/// The id and the name of an organisation, and the newest version of a policy.
async fn named(db: &mut AnyConnection, organisation: &str, policy_id: i64) -> Result<(i64, String, PolicyRow), Error> {
    let key = text::said(organisation).ok_or(Error::NotFound)?;
    let organisation = store::organisation::find_by_key(db, key).await?.ok_or(Error::NotFound)?;
    let newest = store::policy::history(db, policy_id).await?.into_iter().next().ok_or(Error::NotFound)?;
    Ok((organisation.organisation_id, organisation.brand.name, newest))
}

/// Begins a change that may move open tickets. Those are held before anything else is: whoever changes one holds it and
/// may then need the row of its organisation, which is written here too, and each would wait for the other.
async fn begin(backend: &Backend, moves_tickets: bool) -> Result<Tx, Error> {
    let mut tx = backend.store().begin().await?;
    if moves_tickets {
        store::ticket::hold_all(&mut tx, backend.store().dialect()).await?;
    }
    Ok(tx)
}

/// Brings open tickets under a version, if that was chosen: how many, and what moved.
async fn apply(
    backend: &Backend,
    actor: &Actor,
    mut tx: Tx,
    policy_version_id: i64,
    which: Open,
    chosen: bool,
    now: Instant,
) -> Result<(Tx, Option<i64>, Moves), Error> {
    if !chosen {
        let calendars = policy::calendars(backend, &mut tx).await?;
        return Ok((tx, None, moves::none(&calendars, now)));
    }
    let policy = policy::load(backend, &mut tx, policy_version_id).await?;
    let changes = moves::of_policy(&mut tx, &policy, which, now).await?;
    for (row, _) in &changes.tickets {
        tx = ticket::move_to_policy(backend, actor, tx, &row.key, &policy).await?;
    }
    Ok((tx, Some(changes.tickets.len() as i64), changes.moves))
}

async fn write(
    tx: &mut Tx,
    policy_id: i64,
    version: i64,
    promises: &[Promise],
    calendar_id: i64,
    actor: &Actor,
    now: Instant,
) -> Result<Option<i64>, Error> {
    let calendar_version_id = store::calendar::latest_of(tx, calendar_id).await?;
    let new = NewVersion {
        policy_id,
        version,
        promises: &serde_json::to_string(promises)?,
        calendar_version_id: calendar_version_id.ok_or_else(|| Error::internal("a calendar without a version"))?,
        saved_by_id: actor.user_id(),
        now,
    };
    store::policy::insert_version(tx, &new).await
}

/// Whether these promises say the same as a version.
fn same(current: &Policy, promises: &[Promise]) -> bool {
    let resolved = |promises: &[Promise]| {
        let line = |p: &Promise| (p.priority, p.review, p.resolution, p.next_response, on(p, current.calendar_id));
        promises.iter().map(line).collect::<Vec<_>>()
    };
    resolved(&current.promises) == resolved(promises)
}

async fn organisations(db: &mut AnyConnection) -> Result<Vec<OrganisationLine>, Error> {
    let rows = store::policy::organisations(db).await?;
    Ok(rows.into_iter().map(|(key, name, policy_id)| OrganisationLine { key, name, policy_id }).collect())
}

fn having(all: &[OrganisationLine], policy_id: i64) -> impl Iterator<Item = &OrganisationLine> {
    all.iter().filter(move |line| line.policy_id == policy_id)
}

fn count(open: &[(i64, i64)], policy_id: i64) -> i64 {
    open.iter().find(|(id, _)| *id == policy_id).map_or(0, |(_, open)| *open)
}

/// Each policy's name, and the calendars that its newest version is measured on.
pub(super) async fn users(db: &mut AnyConnection) -> Result<Vec<(String, Vec<i64>)>, Error> {
    let mut all = Vec::new();
    for row in store::policy::list(db).await? {
        let made = targets(&row)?.into_iter().filter(|line| line.target.is_some());
        all.push((row.name, made.map(|line| line.calendar_id).collect()));
    }
    Ok(all)
}
