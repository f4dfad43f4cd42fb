//! The two languages and the macro that makes a catalogue of them. A key is a function, so a missing key or a missing
//! argument does not compile, an unused text is not shipped, and a lazy chunk of the browser's half carries only
//! the texts that it shows.

use serde::{Deserialize, Serialize};

/// A language people can choose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Locale {
    #[default]
    #[serde(rename = "en")]
    English,
    #[serde(rename = "nl")]
    Dutch,
}

impl Locale {
    /// The BCP 47 tag, as in `<html lang>`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Dutch => "nl",
        }
    }

    /// The language of a tag such as `nl`, `nl-BE` or `en-GB`; `None` for languages we do not have.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("nl") {
            Some(Self::Dutch)
        } else if primary.eq_ignore_ascii_case("en") {
            Some(Self::English)
        } else {
            None
        }
    }

    /// The first language of an `Accept-Language` header (RFC 9110, 12.5.4) that we have, by weight.
    pub fn from_accept_language(header: &str) -> Option<Self> {
        let mut best: Option<(u16, Self)> = None;
        for part in header.split(',').take(32) {
            let mut pieces = part.split(';');
            let Some(locale) = pieces.next().map(str::trim).and_then(Self::from_tag) else { continue };
            let weight = pieces
                .find_map(|piece| piece.trim().strip_prefix("q="))
                .map_or(Some(1.0), |q| q.trim().parse::<f32>().ok())
                .map_or(0, |q| (q.clamp(0.0, 1.0) * 1_000.0) as u16);
            if weight > 0 && best.is_none_or(|(heaviest, _)| weight > heaviest) {
                best = Some((weight, locale));
            }
        }
        best.map(|(_, locale)| locale)
    }
}

/// Makes one function a text: `name(locale)` or, with arguments, `name(locale, a, b)`.
///
/// ```
/// domain::catalogue! {
///     /// Said on the door.
///     welcome => "Welcome", "Welkom";
///     greeting(name: &str) => "Good morning, {name}", "Goedemorgen, {name}";
/// }
/// use domain::i18n::Locale;
/// assert_eq!(welcome(Locale::Dutch), "Welkom");
/// assert_eq!(greeting(Locale::English, "Anna"), "Good morning, Anna");
/// ```
#[macro_export]
macro_rules! catalogue {
    () => {};
    ($(#[$meta:meta])* $name:ident => $english:literal, $dutch:literal; $($rest:tt)*) => {
        $(#[$meta])*
        pub const fn $name(locale: $crate::i18n::Locale) -> &'static str {
            match locale {
                $crate::i18n::Locale::English => $english,
                $crate::i18n::Locale::Dutch => $dutch,
            }
        }
        $crate::catalogue! { $($rest)* }
    };
    ($(#[$meta:meta])* $name:ident($($arg:ident: $kind:ty),+ $(,)?) => $english:literal, $dutch:literal; $($rest:tt)*) => {
        $(#[$meta])*
        pub fn $name(locale: $crate::i18n::Locale, $($arg: $kind),+) -> String {
            match locale {
                $crate::i18n::Locale::English => format!($english),
                $crate::i18n::Locale::Dutch => format!($dutch),
            }
        }
        $crate::catalogue! { $($rest)* }
    };
}
