//! Passwords that are tried first by everyone who guesses. Short: what is under ten characters is refused anyway, and
//! a word with a year or "123!" behind it is found by its word.

/// Words that people make passwords of, in letters only. After the top of the public lists of leaked passwords
/// (English and Dutch), as far as they reach ten characters with something behind them.
const WORDS: &[&str] = &[
    "abc",
    "abcd",
    "abcdef",
    "abcdefg",
    "abcdefgh",
    "abcdefghij",
    "administrator",
    "admin",
    "ajax",
    "amsterdam",
    "asdf",
    "asdfgh",
    "asdfghjkl",
    "azerty",
    "azertyuiop",
    "baseball",
    "batman",
    "changeme",
    "charlie",
    "computer",
    "default",
    "dragon",
    "email",
    "feyenoord",
    "football",
    "geheim",
    "guest",
    "hallo",
    "hello",
    "herfst",
    "iloveyou",
    "inloggen",
    "internet",
    "januari",
    "klant",
    "lente",
    "letmein",
    "login",
    "loket",
    "master",
    "michael",
    "monkey",
    "nederland",
    "ninja",
    "pass",
    "passw",
    "password",
    "princess",
    "psv",
    "q",
    "qaz",
    "qazwsx",
    "qwe",
    "qwer",
    "qwert",
    "qwerty",
    "qwertyui",
    "qwertyuiop",
    "rotterdam",
    "secret",
    "shadow",
    "sommer",
    "spring",
    "starwars",
    "summer",
    "sunshine",
    "superman",
    "support",
    "test",
    "testtest",
    "trustno",
    "user",
    "voetbal",
    "voorjaar",
    "wachtwoord",
    "welcome",
    "welkom",
    "whatever",
    "winter",
    "ww",
    "zaq",
    "zomer",
    "zxcvbn",
    "zxcvbnm",
];

/// Whether it is among the first guesses for this person.
pub(super) fn is_guessable(password: &str, email: &str) -> bool {
    let lower = password.to_lowercase();
    let letters: String = plain(&lower).chars().filter(|c| c.is_alphabetic()).collect();
    let email = email.to_lowercase();
    let (person, company) = email.split_once('@').unwrap_or((email.as_str(), ""));
    let own = [email.as_str(), person, company, company.split('.').next().unwrap_or_default()];
    let is_own = own.iter().any(|part| {
        let part: String = plain(part).chars().filter(|c| c.is_alphabetic()).collect();
        part.len() >= 3 && part == letters
    });
    is_own || WORDS.contains(&letters.as_str()) || repeats(&lower) || counts(&lower)
}

/// The letters that signs stand for: "p@ssw0rd".
fn plain(text: &str) -> String {
    // Digits at the end are a number and not letters: "summer2024".
    let word = text.trim_end_matches(|c: char| !c.is_alphabetic());
    word.chars()
        .map(|c| match c {
            '@' | '4' => 'a',
            '0' => 'o',
            '1' | '!' => 'i',
            '3' => 'e',
            '5' | '$' => 's',
            '7' => 't',
            other => other,
        })
        .collect()
}

/// One, two or three characters over and over.
fn repeats(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    (1..=3).any(|period| chars.iter().zip(chars.iter().skip(period)).all(|(a, b)| a == b))
}

/// Only digits or letters in order, up or down: "1234567890", "0987654321", "abcdefghij".
fn counts(text: &str) -> bool {
    let codes: Vec<i64> = text.chars().map(|c| i64::from(u32::from(c))).collect();
    let steps = |step: i64| {
        codes.iter().zip(codes.iter().skip(1)).all(|(a, b)| {
            // 9 is followed by 0 and the other way round.
            b - a == step || (*a, *b) == (57, 48) || (*a, *b) == (48, 57)
        })
    };
    steps(1) || steps(-1)
}
