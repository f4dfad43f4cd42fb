//! Every message of the corpus, ours and others': read or refused for a reason that is expected, and what is read is what was
//! written.

use std::path::{Path, PathBuf};

use letter::{Letter, Limits, Refusal, read};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Others' messages that are refused, and why.
const REFUSED: [(&str, Refusal); 3] = [
    ("python/msg_19.txt", Refusal::NotAMessage),
    ("flanker/dkim-email.01", Refusal::NotAMessage),
    ("mailparse/nested.eml", Refusal::TooDeep { limit: 20 }),
];

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

/// Every message of folders of whole messages, by its name within the corpus.
pub fn messages() -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for of in ["own", "python", "mail-parser", "flanker", "nodemailer-mailparser", "mailparse"] {
        let mut files: Vec<_> =
            std::fs::read_dir(folder().join(of)).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        for path in files {
            let name = [of, "/", path.file_name().unwrap().to_str().unwrap()].concat();
            all.push((name, std::fs::read(path).unwrap()));
        }
    }
    assert!(all.len() > 250, "{}", all.len());
    all
}

fn expectations(name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(folder().join(name)).unwrap()).unwrap()
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn own(name: &str) -> Letter {
    let raw = std::fs::read(folder().join("own").join([name, ".eml"].concat())).unwrap();
    read(&raw, &Limits::default()).unwrap_or_else(|refusal| panic!("{name}: {refusal}"))
}

#[test]
fn our_own_messages_say_what_was_written() {
    let mut wrong = Vec::new();
    for (name, expected) in expectations("own.json").as_object().unwrap() {
        let letter = own(name);
        if let Some(said) = expected["said"].as_str()
            && letter.said != said
        {
            wrong
                .push(format!("{name}: said {:?}\n  instead of {said:?}\n  history {:?}", letter.said, letter.history));
        }
        match expected["history"].as_str() {
            Some("") if !letter.history.is_empty() => wrong.push(format!("{name}: history {:?}", letter.history)),
            Some(part) if !letter.history.contains(part) => wrong.push(format!("{name}: history {:?}", letter.history)),
            _ => {}
        }
        if let Some(subject) = expected["expect_subject"].as_str()
            && letter.subject != subject
        {
            wrong.push(format!("{name}: subject {:?}", letter.subject));
        }
        if letter.said.is_empty() != expected["empty"].as_bool().unwrap() {
            wrong.push(format!("{name}: empty {:?}", letter.said));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn files_of_our_own_messages_come_with_their_names_byte_for_byte() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (name, expected) in expectations("own.json").as_object().unwrap() {
        let letter = own(name);
        let have: Vec<_> = letter.files.iter().map(|file| (file.name.clone(), hash(&file.bytes))).collect();
        let want = expected["files"].as_array().unwrap().iter();
        let want: Vec<_> = want
            .map(|file| (file["name"].as_str().unwrap().to_owned(), file["sha256"].as_str().unwrap().to_owned()))
            .collect();
        seen += want.len();
        let bounce = expected["automatic"] == "bounce";
        if have != want && !bounce {
            wrong.push(format!("{name}: {have:?} instead of {want:?}"));
        }
    }
    assert!(seen >= 30, "{seen}");
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn machines_are_known_as_machines_and_people_as_people() {
    let mut wrong = Vec::new();
    for (name, expected) in expectations("own.json").as_object().unwrap() {
        let letter = own(name);
        let have = letter.automatic.as_ref().map(|automatic| automatic.kind.slug());
        if have != expected["automatic"].as_str() {
            wrong.push(format!("{name}: {:?}", letter.automatic));
        }
        let Some(bounce) = expected["bounce"].as_object() else { continue };
        let automatic = letter.automatic.unwrap();
        let Some(dsn) = automatic.dsns.first() else {
            wrong.push(format!("{name}: no DSN"));
            continue;
        };
        if dsn.final_recipient != bounce["recipient"].as_str().unwrap()
            || dsn.is_hard() != bounce["hard"].as_bool().unwrap()
            || dsn.status != bounce["status"].as_str().unwrap()
            || dsn.original_message_id.as_deref() != bounce["original"].as_str()
        {
            wrong.push(format!("{name}: {dsn:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn others_messages_are_read_or_refused_for_a_known_reason() {
    let mut refused = Vec::new();
    let mut empty = Vec::new();
    let listed = std::fs::read_to_string(folder().join("empty.txt")).unwrap();
    let listed: Vec<&str> = listed.lines().filter(|line| !line.starts_with('#')).collect();
    for (name, raw) in messages() {
        match read(&raw, &Limits::default()) {
            Err(refusal) => refused.push((name, refusal)),
            Ok(letter) => {
                assert!(!letter.identity.is_empty(), "{name}");
                for file in &letter.files {
                    assert_safe(&name, &file.name);
                }
                let text = [&letter.said, &letter.history, &letter.subject].map(String::as_str).concat();
                assert!(!text.contains(['\0', '\r', '\u{202e}', '\u{e001}', '\u{e002}']), "{name}: {text:?}");
                if letter.said.is_empty() && !name.starts_with("own/") {
                    empty.push(name);
                }
            }
        }
    }
    empty.sort();
    assert_eq!(empty, listed, "which are empty");
    let mut expected = REFUSED.map(|(name, refusal)| (name.to_owned(), refusal)).to_vec();
    expected.sort_by(|a, b| a.0.cmp(&b.0));
    refused.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(refused, expected, "which are refused");
}

fn assert_safe(of: &str, name: &str) {
    let bad = |c: char| c.is_control() || matches!(c, '/' | '\\' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}');
    assert!(
        !name.is_empty() && name.chars().count() <= 120 && !name.contains(bad) && !name.starts_with('.'),
        "{of}: {name:?}"
    );
}

#[test]
fn files_of_others_messages_are_what_python_finds_byte_for_byte() {
    let expected = expectations("files.json");
    let (mut compared, mut wrong) = (0, Vec::new());
    for (name, raw) in messages() {
        let Some(hashes) = expected[&name].as_array() else { continue };
        let Ok(letter) = read(&raw, &Limits::default()) else { continue };
        let have: Vec<_> = letter.files.iter().map(|file| hash(&file.bytes)).collect();
        for want in hashes {
            compared += 1;
            if !have.iter().any(|have| have == want.as_str().unwrap()) {
                wrong.push(format!(
                    "{name}: {want} is not among {:?}",
                    letter.files.iter().map(|file| (&file.name, file.bytes.len())).collect::<Vec<_>>()
                ));
            }
        }
    }
    assert!(compared > 30, "{compared}");
    assert!(wrong.is_empty(), "{} of {compared} wrong\n{}", wrong.len(), wrong.join("\n"));
}
