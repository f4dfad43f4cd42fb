//! In which years a holiday that not everyone has is one: the switch for Good Friday and for Liberation Day.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::{Serialize, Serializer};

/// Whether a day is a public holiday, and in which years.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum HolidayYears {
    #[default]
    Never,
    Yearly,
    /// In 2025, 2030, and so on, as most Dutch collective agreements have Liberation Day.
    EveryFifthYear,
}

impl HolidayYears {
    pub const ALL: [Self; 3] = [Self::Never, Self::Yearly, Self::EveryFifthYear];

    /// As rows, forms and `sla eval` write it.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Yearly => "yearly",
            Self::EveryFifthYear => "every_fifth_year",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|years| years.slug() == slug)
    }

    pub const fn has(self, year: i32) -> bool {
        match self {
            Self::Never => false,
            Self::Yearly => true,
            Self::EveryFifthYear => year % 5 == 0,
        }
    }
}

impl Serialize for HolidayYears {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.slug())
    }
}

impl<'de> Deserialize<'de> for HolidayYears {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Slug)
    }
}

/// Good Friday was a yes or a no once, and stored calendars still say so.
struct Slug;

impl Visitor<'_> for Slug {
    type Value = HolidayYears;

    fn expecting(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("`never`, `yearly` or `every_fifth_year`")
    }

    fn visit_bool<E: Error>(self, yes: bool) -> Result<HolidayYears, E> {
        Ok(if yes { HolidayYears::Yearly } else { HolidayYears::Never })
    }

    fn visit_str<E: Error>(self, slug: &str) -> Result<HolidayYears, E> {
        HolidayYears::from_slug(slug).ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(slug), &self))
    }
}
