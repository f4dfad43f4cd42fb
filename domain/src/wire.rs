//! How answers travel to the browser: JSON in which a structure is the list of its fields and a variant is its number.
//!
//! Both ends are compiled from the same sources, so names need not travel, and the browser needs a fraction of the code
//! that reading fields by name takes. For the same reason every text begins with the [`Version`] of those sources: a
//! browser that still runs yesterday's program is told so instead of reading nonsense.
//!
//! Not here: what is stored (events keep their names, see [`crate::ticket::Change`]) and what other programs read.

mod read;
mod write;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// What both ends must agree on, e.g. a hash of the sources. Letters, digits and hyphens.
pub type Version<'a> = &'a str;

/// Why a text could not be read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WireError {
    /// It was written by another version of the program.
    OtherVersion,
    /// It is not what the type asks for.
    Malformed,
    /// The type holds what this format has no form for, a fraction for example.
    Unsupported,
}

impl std::fmt::Display for WireError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::OtherVersion => "written by another version of the program",
            Self::Malformed => "not what was expected",
            Self::Unsupported => "not supported by the format",
        })
    }
}

impl std::error::Error for WireError {}

/// Writes a value.
///
/// # Errors
/// [`WireError::Unsupported`] for fractions, bytes and integers beyond 64 bits.
pub fn to_text<T: Serialize>(version: Version<'_>, value: &T) -> Result<String, WireError> {
    let mut text = String::with_capacity(256);
    text.push_str("[\"");
    text.push_str(version);
    text.push_str("\",");
    value.serialize(&mut write::Writer::new(&mut text))?;
    text.push(']');
    Ok(text)
}

/// Reads a value that [`to_text`] wrote.
///
/// # Errors
/// [`WireError::OtherVersion`], and [`WireError::Malformed`] for every other text.
pub fn from_text<T: DeserializeOwned>(version: Version<'_>, text: &str) -> Result<T, WireError> {
    let body = text.strip_prefix("[\"").ok_or(WireError::Malformed)?;
    let (written_by, body) = body.split_once("\",").ok_or(WireError::Malformed)?;
    if written_by != version {
        return Err(WireError::OtherVersion);
    }
    let mut reader = read::Reader::new(body);
    let value = T::deserialize(&mut reader)?;
    reader.end_list()?;
    if reader.is_empty() { Ok(value) } else { Err(WireError::Malformed) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Serialize};

    use super::{WireError, from_text, to_text};

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    enum Shape {
        Point,
        Round(i64),
        Pair(u8, Option<String>),
        Named { name: String, inner: Option<Box<Shape>> },
    }

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct Whole {
        id: i64,
        big: u64,
        small: i8,
        yes: bool,
        letter: char,
        text: String,
        list: Vec<Shape>,
        none: Option<i32>,
        some: Option<bool>,
        nothing: (),
        pair: (u16, String),
        array: [i64; 3],
        map: BTreeMap<String, i64>,
        newtype: Wrapped,
        answer: Result<Vec<String>, Shape>,
    }

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct Wrapped(i64);

    fn whole() -> Whole {
        Whole {
            id: i64::MIN,
            big: u64::MAX,
            small: -128,
            yes: true,
            letter: 'é',
            text: "tab\t, \"quotes\", back\\slash, line\n, \u{1}\u{7f}\u{2028} </script> 🎈".to_owned(),
            list: vec![
                Shape::Point,
                Shape::Round(-7),
                Shape::Pair(255, None),
                Shape::Pair(0, Some(String::new())),
                Shape::Named { name: "a,]\"".to_owned(), inner: Some(Box::new(Shape::Point)) },
            ],
            none: None,
            some: Some(false),
            nothing: (),
            pair: (9, "x".to_owned()),
            array: [1, -2, i64::MAX],
            map: BTreeMap::from([("a".to_owned(), 1), ("b\"".to_owned(), -1)]),
            newtype: Wrapped(5),
            answer: Err(Shape::Round(0)),
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let text = to_text("v1", &whole()).unwrap();
        assert_eq!(from_text::<Whole>("v1", &text), Ok(whole()));
        for empty in [vec![], vec![vec![]], vec![vec![1_i64], vec![]]] {
            assert_eq!(from_text::<Vec<Vec<i64>>>("v", &to_text("v", &empty).unwrap()), Ok(empty));
        }
    }

    #[test]
    fn it_is_json_without_names() {
        let value = (Shape::Named { name: "n".to_owned(), inner: None }, Shape::Point, Some(true));
        let text = to_text("v1", &value).unwrap();
        assert_eq!(text, r#"["v1",[[3,["n",null]],0,true]]"#);
        serde_json::from_str::<serde_json::Value>(&to_text("v1", &whole()).unwrap()).unwrap();
    }

    #[test]
    fn another_version_says_so() {
        let text = to_text("v1", &1).unwrap();
        assert_eq!(from_text::<i64>("v2", &text), Err(WireError::OtherVersion));
        assert_eq!(from_text::<i64>("v1", "1"), Err(WireError::Malformed));
        assert_eq!(from_text::<i64>("v1", ""), Err(WireError::Malformed));
    }

    #[test]
    fn what_has_no_form_is_refused_and_not_rounded() {
        assert_eq!(to_text("v", &1.5_f64), Err(WireError::Unsupported));
        assert_eq!(from_text::<u8>("v", &to_text("v", &256).unwrap()), Err(WireError::Malformed));
        assert_eq!(from_text::<u64>("v", &to_text("v", &-1).unwrap()), Err(WireError::Malformed));
        assert_eq!(from_text::<i64>("v", "[\"v\",9223372036854775808]"), Err(WireError::Malformed));
    }

    #[test]
    fn every_damaged_text_is_refused_or_read_but_never_more() {
        let text = to_text("v", &whole()).unwrap();
        for end in 0..text.len() {
            if let Some(cut) = text.get(..end) {
                assert_eq!(from_text::<Whole>("v", cut), Err(WireError::Malformed), "cut at {end}");
            }
        }
        for (at, _) in text.char_indices() {
            for put in ["", "[", "]", ",", "\"", "\\", "9", "-", "null", "\u{e9}"] {
                let mut damaged = text.clone();
                damaged.insert_str(at, put);
                let _ = from_text::<Whole>("v", &damaged);
                damaged.remove(at + put.len());
                let _ = from_text::<Whole>("v", &damaged);
            }
        }
        for bad in ["01", "+1", "1.0", "1e3", "--1", " 1", "1 ", "\"1\"", "[1", "1]", ""] {
            assert_eq!(from_text::<i64>("v", &format!("[\"v\",{bad}]")), Err(WireError::Malformed), "{bad}");
        }
    }
}
