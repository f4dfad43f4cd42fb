//! What makes a portal an organisation's own: name, mark, hue.

use serde::{Deserialize, Serialize};

/// The branding of an organisation, or of Loket itself on the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brand {
    pub name: String,
    /// The key that starts every ticket's key: `ACME`. Empty for Loket itself.
    pub key: String,
    /// OKLCH hue in degrees, 0–359.
    pub hue: u16,
    /// OKLCH chroma in thousandths, at most 140. Lightness is the style sheet's.
    pub chroma: u16,
    /// Which of the built-in marks stands beside the name.
    pub mark: Mark,
}

impl Brand {
    /// Loket's own: for staff and for whoever is not signed in.
    pub fn loket() -> Self {
        Self { name: "Loket".to_owned(), key: String::new(), hue: 262, chroma: 125, mark: Mark::Counter }
    }
}

/// A small built-in logo; uploading one's own is for later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Loket's own: a counter window.
    Counter,
    /// A four-petalled cross (Acme Zorg).
    Petals,
    /// Two arcs, a rising light (Borealis Bank).
    Arcs,
    /// The first letter of the name.
    Letter,
}

impl Mark {
    pub const ALL: [Self; 4] = [Self::Counter, Self::Petals, Self::Arcs, Self::Letter];

    /// The name in the database.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Petals => "petals",
            Self::Arcs => "arcs",
            Self::Letter => "letter",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.slug() == slug)
    }
}
