//! Replies as other projects collected them, texts without a header: what is new in them is kept in sight, and what is quoted is
//! folded away.

use letter::{Letter, Limits, read};

use crate::corpus::folder;

fn reply(kind: &str, text: &[u8]) -> Letter {
    let mut raw =
        format!("From: a@b.example\nSubject: Re: x\nIn-Reply-To: <y@z>\nContent-Type: {kind}; charset=utf-8\n\n")
            .into_bytes();
    raw.extend_from_slice(text);
    read(&raw, &Limits::default()).unwrap()
}

fn text(name: &str) -> Letter {
    reply("text/plain", &std::fs::read(folder().join("email-reply-parser").join(name)).unwrap())
}

#[test]
fn replies_that_were_collected_elsewhere_show_what_is_new() {
    // File, what is said, what is not.
    let cases = [
        ("email_1_1.txt", "Hi folks", "riak-users mailing list"),
        ("email_1_2.txt", "Hi,", ""),
        ("email_1_3.txt", "Having the function would be great.", "On 01/03/11 7:07 PM"),
        ("email_1_4.txt", "Awesome!", "We have powerful"),
        ("email_1_5.txt", "One: Here's what I've got.", "On Nov 21"),
        ("email_1_6.txt", "I get proper rendering as well.", "Was this caching"),
        ("email_1_8.txt", "and under this.", "-- Tim"),
        ("email_2_1.txt", "Outlook with a reply", "-----Original Message-----"),
        ("email_BlackBerry.txt", "Here is another email", ""),
        ("email_gmail.txt", "This is a test for inbox replying to a github message.", "Some text"),
        ("email_iPhone.txt", "Here is another email", "Sent from my iPhone"),
        ("email_bullets.txt", "   - and another", "Give us an example"),
        ("email_one_is_not_on.txt", "Thank, this is really helpful", "On Oct 1"),
        ("email_partial_quote_header.txt", "the tunnel is not working.", "port forwarding stopped"),
        ("pathological.txt", "get back to a computer.", "your code is shortening"),
        ("greedy_on.txt", "On your remote host you can run", ""),
        ("correct_sig.txt", "this is an email with a correct -- signature.", "rick"),
    ];
    let mut wrong = Vec::new();
    for (name, has, has_not) in cases {
        let letter = text(name);
        if !letter.said.contains(has) || !has_not.is_empty() && letter.said.contains(has_not) {
            wrong.push(format!("{name}: said {:?}\n  history {:?}", letter.said, letter.history));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_word_is_lost_between_what_is_said_and_the_history() {
    for file in std::fs::read_dir(folder().join("email-reply-parser")).unwrap() {
        let path = file.unwrap().path();
        let raw = std::fs::read_to_string(&path).unwrap();
        let letter = reply("text/plain", raw.as_bytes());
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let both = [words(&letter.said), words(&letter.history)].concat();
        assert_eq!(both, words(&raw), "{}", path.display());
        assert!(!letter.said.is_empty(), "{}", path.display());
    }
}

#[test]
fn html_replies_of_common_programs_show_the_reply_alone() {
    let mut wrong = Vec::new();
    for file in std::fs::read_dir(folder().join("talon")).unwrap() {
        let path = file.unwrap().path();
        let letter = reply("text/html", &std::fs::read(&path).unwrap());
        if !letter.said.starts_with("Hi. I am fine.") || letter.said.contains("How are you?") {
            wrong.push(format!("{}: said {:?}\n  history {:?}", path.display(), letter.said, letter.history));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}
