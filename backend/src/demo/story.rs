//! How a ticket of the demo is told: who raised it, how long ago in working time, and what happened after how many
//! working minutes. Nothing here runs; the stories are in `acme` and `borealis`.

use domain::ticket::{Channel, CloseReason, Priority};

/// The people of the demo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    Anna,
    Bram,
    Carla,
    Jonas,
    Dirk,
    Fenna,
    Eva,
    Admin,
}

impl Who {
    pub(super) const ALL: [Self; 8] =
        [Self::Anna, Self::Bram, Self::Carla, Self::Jonas, Self::Dirk, Self::Fenna, Self::Eva, Self::Admin];
}

/// What someone does.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    Accept,
    Assign(Option<Who>),
    Answer(&'static str),
    Note(&'static str),
    Return(&'static str),
    TakeBack,
    Resolve(&'static str),
    Reopen,
    Priority(Priority, &'static str),
    /// `Duplicate` names the other ticket by its subject.
    Close(CloseReason, &'static str),
    Reply(&'static str),
    /// A reply that came by mail.
    Mail(&'static str),
    Confirm,
    Withdraw,
    Follow(Who),
    Confidential,
    /// Someone of the customer opened the ticket.
    Read,
}

/// A file that goes along with the first message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DemoFile {
    /// A small picture of two identical labels.
    Labels,
    /// A text log of a payment gateway.
    BatchLog,
    /// A text log of a card reader.
    ReaderLog,
}

/// What the forms ask beside subject and description.
#[derive(Clone, Copy, Debug)]
pub(super) enum Answers {
    None,
    Location(&'static str),
    Reason(&'static str),
    Access(&'static str, &'static str, i64),
}

/// When a ticket was raised.
#[derive(Clone, Copy, Debug)]
pub(super) enum Raised {
    /// So many minutes of support time ago.
    Working(i64),
    /// So many minutes ago on the clock, open or not.
    Clock(i64),
}

/// One ticket's life.
#[derive(Clone, Copy, Debug)]
pub(super) struct Story {
    pub(super) raised: Raised,
    pub(super) by: Who,
    pub(super) form: &'static str,
    pub(super) priority: Priority,
    pub(super) subject: &'static str,
    pub(super) text: &'static str,
    /// What is filled in in the form's own fields.
    pub(super) answers: Answers,
    /// Who of the staff entered it and how it came in, for a ticket not raised on the portal.
    pub(super) entered: Option<(Who, Channel)>,
    pub(super) files: &'static [DemoFile],
    /// Working minutes after it was raised, in order.
    pub(super) steps: &'static [(i64, Who, Step)],
}

/// A ticket raised on the portal `ago` working minutes ago.
pub(super) const fn story(
    ago: i64,
    by: Who,
    form: &'static str,
    priority: Priority,
    subject: &'static str,
    text: &'static str,
    steps: &'static [(i64, Who, Step)],
) -> Story {
    Story {
        raised: Raised::Working(ago),
        by,
        form,
        priority,
        subject,
        text,
        answers: Answers::None,
        entered: None,
        files: &[],
        steps,
    }
}

impl Story {
    /// Where the problem is.
    pub(super) const fn at(mut self, location: &'static str) -> Self {
        self.answers = Answers::Location(location);
        self
    }

    /// What the change improves.
    pub(super) const fn because(mut self, reason: &'static str) -> Self {
        self.answers = Answers::Reason(reason);
        self
    }

    /// What access, for whom, from how many days on.
    pub(super) const fn access(mut self, action: &'static str, person: &'static str, days: i64) -> Self {
        self.answers = Answers::Access(action, person, days);
        self
    }

    pub(super) const fn phoned(mut self, to: Who) -> Self {
        self.entered = Some((to, Channel::Phone));
        self
    }

    pub(super) const fn mailed(mut self, to: Who) -> Self {
        self.entered = Some((to, Channel::Mail));
        self
    }

    pub(super) const fn with(mut self, files: &'static [DemoFile]) -> Self {
        self.files = files;
        self
    }

    pub(super) const fn on_the_clock(mut self, minutes: i64) -> Self {
        self.raised = Raised::Clock(minutes);
        self
    }
}

/// Hours and minutes of support time.
pub(super) const fn h(hours: i64, minutes: i64) -> i64 {
    hours * 60 + minutes
}

/// Support days (of nine hours), hours and minutes.
pub(super) const fn d(days: i64, hours: i64, minutes: i64) -> i64 {
    days * 9 * 60 + h(hours, minutes)
}
