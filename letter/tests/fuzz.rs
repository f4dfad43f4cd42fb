//! Arbitrary and damaged input: nothing panics, nothing takes long, nothing becomes much larger than it was.
//! `PROPTEST_CASES` makes a longer run of it.

use letter::{Limits, Refusal, read};
use proptest::prelude::*;

use crate::corpus::messages;

fn check(raw: &[u8]) {
    if let Ok(letter) = read(raw, &Limits::default()) {
        let out =
            letter.said.len() + letter.history.len() + letter.files.iter().map(|file| file.bytes.len()).sum::<usize>();
        assert!(out <= 40 * raw.len() + 10_000, "{out} of {}", raw.len());
        for file in &letter.files {
            assert!(!file.name.is_empty() && !file.name.contains(['/', '\\', '\0', '\n']), "{:?}", file.name);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_do_no_harm(raw in proptest::collection::vec(any::<u8>(), 0..3_000)) {
        check(&raw);
    }

    #[test]
    fn pieces_of_messages_in_any_order_do_no_harm(pieces in proptest::collection::vec(prop_oneof![
        Just("Content-Type: multipart/mixed; boundary=a\n"), Just("Content-Type: multipart/alternative; boundary=\"a b\"\n"), Just("Content-Type: message/rfc822\n"),
        Just("Content-Type: text/html; charset=utf-16\n"), Just("Content-Transfer-Encoding: base64\n"), Just("Content-Transfer-Encoding: quoted-printable\n"),
        Just("--a\n"), Just("--a--\n"), Just("--a b\n"), Just("\n"), Just("\r"), Just(" folded\n"), Just("From: a@b\n"), Just("begin 644 x\n"), Just("end\n"),
        Just("<blockquote><a href=\"x"), Just("<!--"), Just("-->"), Just("<td><p>x"), Just("> q\n"), Just("-- \n"), Just("On 2026 x@y wrote:\n"), Just("=?utf-8?B?"), Just("[cid:"),
        Just("<a é=\"ü\" "), Just("<p\u{2003}ß"), Just("</é>"), Just(" €"), Just("='"), Just("/>"), Just("&#x1f600;"), Just("&nbsp"), Just("<img alt=\u{1f600} src=cid:é "),
        Just("<style>"), Just("</style"), Just("<li>"), Just("<pre>"), Just("gmail_quote"), Just("<div class="), Just("Verstuurd vanaf mijn iPhone\n"), Just("\u{feff}"),
        Just("Content-Disposition: attachment; filename*0*=utf-8''%E2; filename*1=\"/../x\"\n"), Just("é\u{202e}\u{e001}"), Just("Van: x\nAan: y\nOnderwerp: z\n"),
    ], 0..80)) {
        check(pieces.concat().as_bytes());
        check(["From: a@b\nContent-Type: text/html\n\n", &pieces.concat()].concat().as_bytes());
    }

    #[test]
    fn damaged_messages_do_no_harm(which in any::<prop::sample::Index>(), cuts in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_usize..40), 1..8)) {
        let all = ALL.get_or_init(messages);
        let mut raw = all[which.index(all.len())].1.clone();
        raw.truncate(30_000);
        for (at, byte, length) in cuts {
            if raw.is_empty() { break; }
            let at = at.index(raw.len());
            if length == 0 { raw[at] = byte; } else if length < 20 { raw.drain(at..(at + length).min(raw.len())); } else { let piece = raw[at..(at + length).min(raw.len())].to_vec(); raw.splice(0..0, piece); }
        }
        check(&raw);
    }
}

static ALL: std::sync::OnceLock<Vec<(String, Vec<u8>)>> = std::sync::OnceLock::new();

#[test]
fn what_is_deep_or_long_is_refused_or_read_without_exhausting_stack_or_time() {
    let limits = Limits::default();
    let deep = "Content-Type: message/rfc822\n\n".repeat(100_000);
    assert_eq!(read(deep.as_bytes(), &limits), Err(Refusal::TooDeep { limit: 20 }));
    let nested: String =
        (0..1_000).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n")).collect();
    assert_eq!(read(nested.as_bytes(), &limits), Err(Refusal::TooDeep { limit: 20 }));
    let many = ["From: a@b\nContent-Type: multipart/mixed; boundary=b\n\n", &"--b\n\nx\n".repeat(10_000)].concat();
    assert_eq!(read(many.as_bytes(), &limits), Err(Refusal::TooManyParts { limit: 200 }));
    let large = vec![b'a'; 30_000_001];
    assert_eq!(read(&large, &limits), Err(Refusal::TooLarge { bytes: 30_000_001, limit: 30_000_000 }));
    assert_eq!(read(b"", &limits), Err(Refusal::NotAMessage));
    assert_eq!(read(b"no header here", &limits), Err(Refusal::NotAMessage));
    let head = ["From: a@b\n", &["X-Long: ", &"y".repeat(300), "\n"].concat().repeat(10_000), "\nx"].concat();
    assert_eq!(read(head.as_bytes(), &limits), Err(Refusal::HeaderTooLarge { limit: 2_000_000 }));
    let head = ["From: a@b\n", &"a:\n".repeat(9_999_000), "\nx"].concat();
    assert_eq!(read(head.as_bytes(), &limits), Err(Refusal::TooManyFields { limit: 20_000 }));
    // Each of these takes a careless reader time that grows with the square.
    for piece in [
        "<",
        "<a href=\"",
        "<a href='",
        "<!--",
        "<blockquote>",
        "<td>",
        "<li>",
        "<p",
        "<div>",
        "</div>",
        "&amp",
        "<a href=http://x>",
        "> ",
        "On 2026 ",
        "a:\n",
        "[cid:",
        "<pre>\n",
        "-- \n",
        "begin 644 x\n",
        "Van: x\n",
        "wrote:\n",
        "(",
        "<img src=cid:",
        "<style>",
        "</style",
        "\n",
        ">\n",
        "> x\n\n",
    ] {
        for kind in ["html", "plain"] {
            let raw = format!("From: a@b\nContent-Type: text/{kind}\n\n{}", piece.repeat(100_000 / piece.len()));
            let before = cpu();
            check(raw.as_bytes());
            let took = cpu() - before;
            assert!(took < 20.0, "{piece:?} as {kind} took {took} s");
        }
    }
    for name in ["From", "To", "Subject", "References", "Content-Type", "Date", "Authentication-Results", "Message-ID"]
    {
        for piece in ["(", "<", "\"", "a@b,", "=?utf-8?Q?x?= ", ";a=b", "<x> ", "=?", ": ", "x;", "a*0=b;"] {
            let raw = format!("{name}: {}\n\nx", piece.repeat(100_000 / piece.len()));
            let before = cpu();
            check(raw.as_bytes());
            let took = cpu() - before;
            assert!(took < 20.0, "{name} of {piece:?} took {took} s");
        }
    }
}

/// Seconds of this thread's own time: the machine may be busy with other things.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    stat.split(' ').next().and_then(|time| time.parse::<f64>().ok()).unwrap_or_default() / 1e9
}
