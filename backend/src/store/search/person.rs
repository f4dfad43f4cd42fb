//! Whom a search names. Names are not in the index of texts, or a new name would have to be written to every ticket; they
//! are folded and compared here, so both databases find the same.

use sqlx::AnyConnection;

use super::{WORDS_MAX, fold};
use crate::Error;
use crate::store::sql::{Columns, Sql};

/// A search that names more people than this picks no one out.
const PEOPLE_MAX: usize = 200;
/// Anything shorter stands somewhere in most addresses.
const WITHIN_MIN: usize = 3;

/// Who raised a ticket (one of this `organisation`, by its key) and is named by all that was asked for. For staff only.
pub(crate) async fn requesters(
    db: &mut AnyConnection,
    organisation: Option<&str>,
    asked: &str,
) -> Result<Vec<i64>, Error> {
    let asked = parts(asked);
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(
        "SELECT u.user_id, u.name, u.email FROM user_account u \
         WHERE EXISTS (SELECT 1 FROM ticket t WHERE t.requester_id = u.user_id",
    );
    if let Some(key) = organisation {
        sql.push(" AND t.organisation_id = (SELECT organisation_id FROM organisation WHERE key = ");
        sql.bind(key).push(")");
    }
    sql.push(") ORDER BY u.user_id");
    let mut named = Vec::new();
    for row in &sql.all(db).await? {
        let mut row = Columns::new(row);
        let user_id = row.get()?;
        if is_named(&asked, row.get()?, row.get()?) {
            named.push(user_id);
        }
        if named.len() == PEOPLE_MAX {
            break;
        }
    }
    Ok(named)
}

/// What was asked for, folded, without taking an address apart; and whether it looks like one.
fn parts(asked: &str) -> Vec<(String, bool)> {
    let part = |word: &str| (fold(word), word.contains('@'));
    asked.split_whitespace().map(part).filter(|(part, _)| !part.is_empty()).take(WORDS_MAX).collect()
}

/// Whether each part begins words of the name or stands within the address: before its `@`, unless it has one itself. Many
/// share what comes after, and a word such as "mail" is more often about the matter than about a person.
fn is_named(asked: &[(String, bool)], name: &str, email: &str) -> bool {
    let (name, email, mailbox) = (fold(name), fold(email), fold(email.split('@').next().unwrap_or_default()));
    let in_name = |part: &str| part.split(' ').all(|word| name.split(' ').any(|of_name| of_name.starts_with(word)));
    let within = |part: &str, whole: bool| if whole { email.contains(part) } else { mailbox.contains(part) };
    asked.iter().all(|(part, whole)| in_name(part) || (part.chars().count() >= WITHIN_MIN && within(part, *whole)))
}

#[cfg(test)]
mod tests {
    use super::{is_named, parts};

    #[test]
    fn people_are_named_by_their_name_and_their_address() {
        for (asked, expected) in [
            ("zoë", true),
            ("ZOE", true),
            ("Zoe\u{308}", true),
            ("berg zo", true),
            ("van den Berg, Zoë", true),
            ("smit-berg", true),
            ("ber", true),
            ("mit", false),
            ("zoe jansen", false),
            ("z.vdberg@acme.example", true),
            ("<Z.vdBerg@ACME.example>,", true),
            ("Zoë <z.vdberg@acme.example>", true),
            ("vdb", true),
            ("@acme", true),
            ("zoe acme", false),
            ("z.vdberg@borealis.example", false),
            ("example.z", false),
            // Not within the address: too short.
            ("me", false),
        ] {
            assert_eq!(is_named(&parts(asked), "Zoë van den Berg-Smit", "z.vdberg@acme.example"), expected, "{asked}");
        }
    }

    #[test]
    fn signs_name_no_one() {
        assert!(parts(" … ! @ ").is_empty());
    }
}
