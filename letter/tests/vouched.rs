//! Who wrote a letter is believed only when our own receiver says so, of the very domain that the letter claims.

use letter::{Limits, Verdict, read};

fn verdict(headers: &str) -> Verdict {
    let raw = format!("{headers}\nFrom: Anna <anna@acme.example>\nSubject: s\n\nDag\n");
    read(raw.as_bytes(), &Limits::default()).unwrap().vouched("mx.desk.example")
}

#[test]
fn what_our_receiver_says_decides() {
    use Verdict::{Fail, Pass, Unknown};
    let cases = [
        ("X: y", Unknown),
        ("Authentication-Results: mx.desk.example; none", Unknown),
        ("Authentication-Results: mx.desk.example; dmarc=pass header.from=acme.example", Pass),
        ("Authentication-Results: MX.Desk.Example 1;\n dmarc=pass (p=reject (really)) header.from=acme.example", Pass),
        (
            "Authentication-Results: mx.desk.example; dmarc=fail header.from=acme.example; spf=pass smtp.mailfrom=acme.example",
            Fail,
        ),
        ("Authentication-Results: mx.desk.example; dmarc=pass header.from=evil.example", Fail),
        (
            "Authentication-Results: mx.desk.example; dmarc=none header.from=acme.example; dkim=pass header.d=acme.example",
            Pass,
        ),
        ("Authentication-Results: mx.desk.example; dkim=pass header.d=acme.example header.s=x", Pass),
        ("Authentication-Results: mx.desk.example; dkim=pass header.i=@mail.acme.example", Pass),
        ("Authentication-Results: mx.desk.example; dkim=pass header.d=evil.example", Unknown),
        ("Authentication-Results: mx.desk.example; dkim=pass header.d=evilacme.example", Unknown),
        ("Authentication-Results: mx.desk.example; dkim=pass header.d=example", Unknown),
        ("Authentication-Results: mx.desk.example; dkim=fail header.d=acme.example", Fail),
        ("Authentication-Results: mx.desk.example; spf=pass smtp.mailfrom=anna@acme.example", Pass),
        ("Authentication-Results: mx.desk.example; spf=pass smtp.helo=acme.example", Unknown),
        (
            "Authentication-Results: mx.desk.example; spf=fail reason=\"dkim=pass; header.d=acme.example\" smtp.mailfrom=acme.example",
            Fail,
        ),
        (
            "Authentication-Results: mx.desk.example; spf=softfail (dkim=pass header.d=acme.example) smtp.mailfrom=acme.example",
            Fail,
        ),
        ("Authentication-Results: evil.example; dmarc=pass header.from=acme.example", Unknown),
        ("Authentication-Results: mx.desk.example.evil.example; dmarc=pass header.from=acme.example", Unknown),
        // Whoever brought it may have written what stands below.
        ("Authentication-Results: evil.example; none\nAuthentication-Results: mx.desk.example; dmarc=pass", Unknown),
        (
            "Authentication-Results: mx.desk.example; spf=none\nReceived: from x\nAuthentication-Results: mx.desk.example; dmarc=pass header.from=acme.example",
            Unknown,
        ),
        (
            "Authentication-Results: mx.desk.example; spf=none\nAuthentication-Results: mx.desk.example; dkim=pass header.d=acme.example",
            Pass,
        ),
    ];
    for (headers, expected) in cases {
        assert_eq!(verdict(headers), expected, "{headers}");
    }
}

#[test]
fn nobody_vouches_for_two_at_once_nor_for_an_authority_without_a_name() {
    let raw = b"Authentication-Results: mx.desk.example; dmarc=pass\nFrom: anna@acme.example, eve@evil.example\n\nx";
    let letter = read(raw, &Limits::default()).unwrap();
    assert_eq!(letter.vouched("mx.desk.example"), Verdict::Fail);
    let raw = b"Authentication-Results: ; dmarc=pass\nFrom: anna@acme.example\n\nx";
    assert_eq!(read(raw, &Limits::default()).unwrap().vouched(""), Verdict::Unknown);
}

#[test]
fn our_own_mail_is_known_by_its_id() {
    let letter = read(b"Message-ID: <abc@Desk.example>\nFrom: a@b.example\n\nx", &Limits::default()).unwrap();
    assert!(letter.has_id_of("desk.example"));
    assert!(!letter.has_id_of("k.example") && !letter.has_id_of(""));
}
