//! Search in subjects and messages, for a key, and by who raised a ticket. Text is folded to plain words before it is stored
//! and before it is asked for, so both databases find the same, and nothing a person types is ever read as query syntax.

use domain::ticket::{TicketKey, Visibility};
use sqlx::AnyConnection;

use super::Dialect;
use super::event::Audience;
use super::sql::Sql;
use crate::Error;

mod person;

pub(crate) use person::requesters;

/// More words than anyone types; each costs a look into the index.
const WORDS_MAX: usize = 8;
/// PostgreSQL refuses words of 2 KB; no one types even this.
const WORD_MAX: usize = 60;

/// Lower-case words without accents, separated by single spaces.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut length = 0;
    for letter in text.chars().flat_map(char::to_lowercase) {
        // A combining accent belongs to the letter before it.
        if ('\u{300}'..='\u{36f}').contains(&letter) {
            continue;
        }
        if !letter.is_alphanumeric() {
            length = 0;
            if !folded.is_empty() && !folded.ends_with(' ') {
                folded.push(' ');
            }
            continue;
        }
        length += 1;
        if length <= WORD_MAX {
            match plain(letter) {
                Some(plain) => folded.push_str(plain),
                None => folded.push(letter),
            }
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The letter without its accent, for the languages of western and central Europe.
const fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'ì'..='ï' | 'ī' | 'ı' => "i",
        'ĳ' => "ij",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => "o",
        'œ' => "oe",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' => "t",
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

/// Makes `text` findable for whoever may read things of this visibility.
pub(crate) async fn index(
    db: &mut AnyConnection,
    ticket_id: i64,
    visibility: Visibility,
    text: &str,
) -> Result<(), Error> {
    let words = fold(text);
    if words.is_empty() {
        return Ok(());
    }
    sqlx::query("INSERT INTO search_text (ticket_id, visibility, words) VALUES ($1, $2, $3)")
        .bind(ticket_id)
        .bind(match visibility {
            Visibility::Public => "public",
            Visibility::Internal => "internal",
        })
        .bind(words)
        .execute(db)
        .await?;
    Ok(())
}

/// Limits `ticket t` to those that hold every word asked for, as the beginning of a word, or whose key it is, or that one of
/// the `requesters` raised. Starts with `AND`. Nothing but signs was typed: nothing is found.
pub(crate) fn matching(sql: &mut Sql, dialect: Dialect, audience: Audience, asked: &str, requesters: &[i64]) {
    let folded = fold(asked);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).take(WORDS_MAX).collect();
    if words.is_empty() {
        sql.push(" AND 1 = 0");
        return;
    }
    sql.push(" AND (");
    if let Some(key) = TicketKey::parse(asked.trim()) {
        with_key(sql, key);
        sql.push(" OR ");
    } else if let Ok(number) = asked.trim().parse::<u32>() {
        sql.push("t.number = ").bind(i64::from(number)).push(" OR ");
    }
    sql.push("(");
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            sql.push(" AND ");
        }
        sql.push("t.ticket_id IN (");
        holding(sql, dialect, "public", word);
        if audience == Audience::Staff {
            sql.push(" UNION ");
            holding(sql, dialect, "internal", word);
        }
        sql.push(")");
    }
    sql.push(")");
    if !requesters.is_empty() {
        sql.push(" OR t.requester_id IN (").bind_each(requesters).push(")");
    }
    sql.push(")");
}

/// Whether `ticket t` is the one with this key.
pub(crate) fn with_key(sql: &mut Sql, key: TicketKey) {
    sql.push("(t.number = ").bind(key.number);
    sql.push(" AND t.organisation_id = (SELECT organisation_id FROM organisation WHERE key = ");
    sql.bind(key.organisation).push("))");
}

/// Tickets with a text of this visibility in which a word begins with `word`, which holds letters and digits only.
fn holding(sql: &mut Sql, dialect: Dialect, visibility: &'static str, word: &str) {
    match dialect {
        Dialect::Sqlite => {
            sql.push("SELECT ticket_id FROM search_").push(visibility);
            sql.push(" WHERE search_").push(visibility).push(" MATCH ").bind(["words:\"", word, "\"*"].concat());
        }
        Dialect::Postgres => {
            sql.push("SELECT ticket_id FROM search_text WHERE visibility = '").push(visibility);
            sql.push("' AND vector @@ to_tsquery('simple', ").bind(["'", word, "':*"].concat()).push(")");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn folding_leaves_plain_lower_case_words() {
        assert_eq!(fold("  Crème BRÛLÉE, e\u{301}te\u{301} — ward_3!"), "creme brulee ete ward 3");
        assert_eq!(fold("'; DROP TABLE \"x\" & * :"), "drop table x");
        assert_eq!(fold("… !"), "");
    }

    #[test]
    fn a_very_long_word_is_cut() {
        assert_eq!(fold(&"x".repeat(5_000)).len(), super::WORD_MAX);
    }
}
