//! What a mail says, before it is text or HTML: a title, parts, one button, a foot. One restrained layout for all mails, so
//! that none has markup of its own. What people wrote is always a [`Part::Said`], never a part of our own words.

use domain::brand::Brand;
use domain::i18n::Locale;

mod colour;
mod html;
mod text;

/// A mail.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    pub(crate) locale: Locale,
    /// Whose accent it has, and whose name stands on top.
    pub(crate) brand: Brand,
    /// An answer to this mail arrives: the line above which it is to be written stands on top.
    pub(crate) answerable: bool,
    /// What happened, in a sentence.
    pub(crate) title: String,
    pub(crate) parts: Vec<Part>,
    /// Words and where it leads.
    pub(crate) button: Option<(String, String)>,
    pub(crate) foot: Foot,
}

/// Why someone gets a mail, and what they can do about it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Foot {
    pub(crate) why: String,
    /// Words and where they lead.
    pub(crate) links: Vec<(String, String)>,
}

#[derive(Clone, Debug)]
pub(crate) enum Part {
    /// A paragraph of ours.
    Text(String),
    /// What is to be known of whatever a person wrote that follows: also where nothing else of ours is said.
    Caution(String),
    /// What a person wrote, with the names of their files.
    Said { text: String, files: Vec<String> },
    /// Names and values.
    Facts(Vec<(String, String)>),
    /// A further thing that happened.
    Heading(String),
    /// A heading that leads somewhere.
    Link(String, String),
}

impl Sheet {
    pub(crate) fn text(&self) -> String {
        text::render(self)
    }

    pub(crate) fn html(&self) -> String {
        html::render(self)
    }
}
