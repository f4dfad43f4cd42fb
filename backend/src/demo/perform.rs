//! Plays the stories in the order of time, each step through its use case with the clock set to when it happened.

use std::collections::HashMap;

use domain::actor::Scope;
use domain::ticket::{Channel, CloseReason, TicketKey};
use domain::time::{Instant, Millis};
use domain::view::desk::ComposeKind;
use domain::zone::{Zone, date_of};

use super::past::Past;
use super::story::{Answers, DemoFile, Raised, Step, Story, Who};
use super::{People, acme, borealis, picture};
use crate::clock::ManualClock;
use crate::desk::file;
use crate::desk::ticket::{self, Compose, Raise, RaiseFor, Reply};
use crate::{Backend, Error, store};

/// What happens at an instant.
#[derive(Clone, Copy)]
enum Scene {
    /// A story begins.
    Raise(usize),
    /// A step of a story.
    Step(usize, usize),
    /// What was resolved long ago closes, as it would every day.
    Expire,
}

/// How old the last word of the other side is when everyone has read it.
const READ_AFTER: Millis = Millis::hours(12);

struct Stage<'a> {
    past: &'a Backend,
    people: &'a People,
    zone: &'a Zone,
    stories: Vec<&'static Story>,
    /// The key of each story's ticket, once it is raised.
    keys: HashMap<usize, String>,
}

/// Plays everything.
pub(super) async fn all(
    past: &Backend,
    clock: &ManualClock,
    calendar: &Past<'_>,
    people: &People,
) -> Result<(), Error> {
    let stories: Vec<&'static Story> = acme::STORIES.iter().chain(borealis::STORIES).collect();
    let mut scenes: Vec<(Instant, Scene)> = Vec::new();
    for (index, story) in stories.iter().enumerate() {
        let (raised, ago) = match story.raised {
            Raised::Clock(minutes) => (calendar.now - Millis::minutes(minutes), 0),
            Raised::Working(ago) => (calendar.ago(Millis::minutes(ago) + jitter(index, 0)), ago),
        };
        scenes.push((raised, Scene::Raise(index)));
        for (position, (after, _, _)) in story.steps.iter().enumerate() {
            let at = calendar.ago(Millis::minutes(ago - after) - jitter(index, position + 1));
            scenes.push((at.max(raised), Scene::Step(index, position)));
        }
    }
    let first = scenes.iter().map(|(at, _)| *at).min().unwrap_or(calendar.now);
    let mut night = first + Millis::DAY;
    while night < calendar.now {
        scenes.push((night, Scene::Expire));
        night = night + Millis::DAY;
    }
    // Stable: what happens at one instant keeps the order in which it is told.
    scenes.sort_by_key(|(at, _)| *at);
    let mut stage = Stage { past, people, zone: calendar.zone(), stories, keys: HashMap::new() };
    for (at, scene) in &scenes {
        clock.set(*at);
        match scene {
            Scene::Raise(index) => stage.raise(*index).await?,
            Scene::Step(index, position) => stage.step(*index, *position).await?,
            Scene::Expire => drop(ticket::close_expired(past).await?),
        }
    }
    let last: HashMap<usize, Instant> = scenes
        .iter()
        .filter_map(|(at, scene)| match scene {
            Scene::Raise(index) | Scene::Step(index, _) => Some((*index, *at)),
            Scene::Expire => None,
        })
        .collect();
    stage.read(calendar.now, &last).await
}

/// Less than a minute, so that not everything happens on the stroke of one. The same every time.
fn jitter(index: usize, position: usize) -> Millis {
    let mixed = (index as i64 * 7 + position as i64 * 13 + 5) * 2_654_435_761 % 50_000;
    Millis(mixed.abs())
}

impl Stage<'_> {
    async fn raise(&mut self, index: usize) -> Result<(), Error> {
        let story = self.stories[index];
        let place = ["raise/", story.form].concat();
        let by = story.entered.map_or(story.by, |(staff, _)| staff);
        let actor = self.people.get(by);
        let place = if story.entered.is_some() { "desk-raise/demo".to_owned() } else { place };
        for which in story.files {
            let (name, media_type, bytes) = content(*which);
            file::stage(self.past, actor, &place, name, media_type, bytes.into()).await?;
        }
        let raise = Raise {
            form: story.form.to_owned(),
            subject: story.subject.to_owned(),
            description: story.text.to_owned(),
            priority: story.priority.slug().to_owned(),
            fields: self.fields(story),
            nonce: String::new(),
            place,
        };
        let key = match story.entered {
            None => ticket::raise(self.past, actor, raise).await?,
            Some((_, channel)) => {
                let requester_id = self.people.id(story.by);
                ticket::raise_for(self.past, actor, RaiseFor { requester_id, raise, channel }).await?
            }
        };
        self.keys.insert(index, key);
        Ok(())
    }

    /// The form's own fields.
    fn fields(&self, story: &Story) -> Vec<(String, String)> {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        match story.answers {
            Answers::None => Vec::new(),
            Answers::Location(location) => vec![field("field_location", location)],
            Answers::Reason(reason) => vec![field("field_reason", reason)],
            Answers::Access(action, person, days) => {
                let day = self.zone.civil(self.past.now()).day_number + days;
                let (year, month, day) = date_of(day);
                let from = format!("{year:04}-{month:02}-{day:02}");
                vec![field("field_action", action), field("field_person", person), field("field_from", &from)]
            }
        }
    }

    async fn step(&self, index: usize, position: usize) -> Result<(), Error> {
        let (_, who, step) = self.stories[index].steps[position];
        let (past, actor, key) = (self.past, self.people.get(who), self.keys[&index].as_str());
        let version = self.version(key).await?;
        match step {
            Step::Accept => ticket::accept(past, actor, key, version).await?,
            Step::Assign(to) => {
                ticket::assign(past, actor, key, version, to.map(|to| self.people.id(to))).await?;
            }
            Step::Answer(text) => self.compose(who, key, version, ComposeKind::Answer, text).await?,
            Step::Note(text) => self.compose(who, key, version, ComposeKind::Note, text).await?,
            Step::Return(text) => self.compose(who, key, version, ComposeKind::Return, text).await?,
            Step::Resolve(text) => self.compose(who, key, version, ComposeKind::Resolve, text).await?,
            Step::TakeBack => ticket::take_back(past, actor, key, version).await?,
            Step::Reopen => ticket::reopen(past, actor, key, version).await?,
            Step::Priority(to, reason) => ticket::change_priority(past, actor, key, version, to, reason).await?,
            Step::Close(reason, other) => {
                let other = (reason == CloseReason::Duplicate).then(|| self.key_of(other)).flatten();
                ticket::close(past, actor, key, version, reason, other).await?;
            }
            Step::Reply(text) => self.reply(who, key, text, Channel::Web).await?,
            Step::Mail(text) => self.reply(who, key, text, Channel::Mail).await?,
            Step::Confirm => ticket::confirm(past, actor, key).await?,
            Step::Withdraw => ticket::withdraw(past, actor, key).await?,
            Step::Follow(who) => ticket::add_participant(past, actor, key, self.people.id(who)).await?,
            Step::Confidential => ticket::set_confidential(past, actor, key, true).await?,
            Step::Read => self.mark(&[who], key).await?,
        }
        Ok(())
    }

    async fn compose(&self, who: Who, key: &str, version: i64, kind: ComposeKind, text: &str) -> Result<(), Error> {
        let place = ["desk/", key].concat();
        let input = Compose { key: key.to_owned(), version, kind, text: text.to_owned(), place };
        ticket::compose(self.past, self.people.get(who), input).await.map(drop)
    }

    async fn reply(&self, who: Who, key: &str, text: &str, channel: Channel) -> Result<(), Error> {
        let place = ["reply/", key].concat();
        let input = Reply { key: key.to_owned(), text: text.to_owned(), place, channel };
        ticket::reply(self.past, self.people.get(who), input).await.map(drop)
    }

    fn key_of(&self, subject: &str) -> Option<String> {
        let index = self.stories.iter().position(|story| story.subject == subject)?;
        self.keys.get(&index).cloned()
    }

    async fn version(&self, key: &str) -> Result<i64, Error> {
        let key = TicketKey::parse(key).ok_or(Error::NotFound)?;
        let mut tx = self.past.store().snapshot().await?;
        let ticket = store::ticket::find(&mut tx, Scope::All, &key).await?;
        ticket.map(|ticket| ticket.last_event_id).ok_or(Error::NotFound)
    }

    /// These people have seen all there is on a ticket.
    async fn mark(&self, people: &[Who], key: &str) -> Result<(), Error> {
        let key = TicketKey::parse(key).ok_or(Error::NotFound)?;
        let mut tx = self.past.store().begin().await?;
        let (ticket_id, event_id) = store::demo::last_event(&mut tx, &key.organisation, key.number).await?;
        for who in people {
            store::ticket::mark_read(&mut tx, ticket_id, self.people.id(*who), event_id).await?;
        }
        tx.commit().await.map_err(Error::from)
    }

    /// Who wrote the last word has read the rest; the other side has not, when it is still fresh.
    async fn read(&self, now: Instant, last: &HashMap<usize, Instant>) -> Result<(), Error> {
        for (index, key) in &self.keys {
            let story = self.stories[*index];
            let fresh = last.get(index).is_some_and(|at| now.since(*at) < READ_AFTER);
            let spoke =
                |step: &&(i64, Who, Step)| !matches!(step.2, Step::Note(_) | Step::Follow(_) | Step::Confidential);
            let last_by = story.steps.iter().rev().find(spoke).map_or(story.by, |(_, who, _)| *who);
            let read_it = matches!(story.steps.last(), Some((_, _, Step::Read)));
            let is_staff = |who: Who| matches!(who, Who::Dirk | Who::Fenna | Who::Eva | Who::Admin);
            let unread = |who: Who| {
                let concerns = who == story.by
                    || story.steps.iter().any(|(_, _, step)| matches!(step, Step::Follow(f) if *f == who));
                let theirs = if is_staff(who) { !is_staff(last_by) } else { concerns && is_staff(last_by) };
                fresh && theirs && !read_it
            };
            let readers: Vec<Who> = Who::ALL.into_iter().filter(|who| !unread(*who)).collect();
            self.mark(&readers, key).await?;
        }
        Ok(())
    }
}

/// Name, media type and bytes of a file.
fn content(which: DemoFile) -> (&'static str, &'static str, Vec<u8>) {
    match which {
        DemoFile::Labels => ("labels.png", "image/png", picture::labels()),
        DemoFile::BatchLog => ("batch-1200.log", "text/plain", picture::batch_log().into_bytes()),
        DemoFile::ReaderLog => ("card-reader.log", "text/plain", picture::reader_log().into_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_story_is_over_before_now() {
        for story in acme::STORIES.iter().chain(borealis::STORIES) {
            if let Raised::Working(ago) = story.raised {
                let mut before = 0;
                for (after, _, step) in story.steps {
                    assert!(*after > before, "{}: {step:?} does not follow what was before", story.subject);
                    assert!(*after < ago, "{}: {step:?} lies in the future", story.subject);
                    before = *after;
                }
            }
        }
    }
}
