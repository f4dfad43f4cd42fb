//! What we send is what was meant, and nothing people type becomes more than that.

use letter::{Limits, Outgoing, read, write};

fn mail<'a>(name: &'a str, subject: &'a str, text: &'a str, html: &'a str) -> Outgoing<'a> {
    Outgoing {
        from_name: "Dirk via Loket",
        from: "support@desk.example",
        to_name: name,
        to: "anna@acme.example",
        reply_to: "support+mfrggzdfmztwq2lk@desk.example",
        subject,
        sent_at: 1_777_037_400_000,
        message_id: "mfrggzdfmztwq2lkmfrggzdfmz@desk.example",
        in_reply_to: "first@desk.example",
        references: &["first@desk.example", "second@desk.example"],
        list_id: "acme.desk.example",
        unsubscribe: "https://desk.example/unsubscribe/abc",
        answers: false,
        origin: "desk.example; answered",
        text,
        html,
    }
}

#[test]
fn a_mail_has_its_headers_and_both_its_parts() {
    let bytes = write(&mail("Anna Visser", "[ACME-17] Printer", "Dag Anna,\n\nZoë\n", "<p>Dag Anna")).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let unfolded = head.replace("\r\n ", " ");
    for line in [
        "Date: Fri, 24 Apr 2026 13:30:00 +0000",
        "From: \"Dirk via Loket\" <support@desk.example>",
        "To: \"Anna Visser\" <anna@acme.example>",
        "Reply-To: support+mfrggzdfmztwq2lk@desk.example",
        "Subject: [ACME-17] Printer",
        "Message-ID: <mfrggzdfmztwq2lkmfrggzdfmz@desk.example>",
        "In-Reply-To: <first@desk.example>",
        "References: <first@desk.example> <second@desk.example>",
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: All",
        "X-Loket: desk.example; answered",
        "List-Id: <acme.desk.example>",
        "List-Unsubscribe: <https://desk.example/unsubscribe/abc>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "MIME-Version: 1.0",
    ] {
        assert!(unfolded.lines().any(|have| have == line), "{line} is not in\n{head}");
    }
    assert!(head.contains("multipart/alternative"), "{head}");
    assert!(body.contains("text/plain; charset=utf-8") && body.contains("text/html; charset=utf-8"), "{body}");
}

#[test]
fn the_same_mail_is_the_same_bytes() {
    let mail = mail("Anna", "s", "text", "<p>text");
    assert_eq!(write(&mail).unwrap(), write(&mail).unwrap());
}

#[test]
fn nothing_people_type_adds_a_header() {
    let names = |bytes: &[u8]| -> Vec<String> {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let head = text.split("\r\n\r\n").next().unwrap().to_owned();
        let own = head.lines().filter(|line| !line.starts_with([' ', '\t']));
        own.map(|line| line.split(':').next().unwrap().to_owned()).collect()
    };
    let plain = names(&write(&mail("Anna", "s", "t", "")).unwrap());
    for evil in [
        "x\r\nBcc: evil@x.example",
        "x\nBcc: evil@x.example",
        "x\rX-Evil: 1",
        "\"x\" <a@b.example>\r\n\r\nbody",
        "x\u{85}\u{2028}Bcc: y",
    ] {
        let bytes = write(&mail(evil, evil, "t", "")).unwrap();
        assert_eq!(names(&bytes), plain, "{}", String::from_utf8_lossy(&bytes));
        let bad = Outgoing { to: evil, ..mail("a", "s", "t", "") };
        assert!(write(&bad).is_err(), "{evil}");
        let bad = Outgoing { reply_to: evil, ..mail("a", "s", "t", "") };
        assert!(write(&bad).is_err(), "{evil}");
        for id in [
            Outgoing { message_id: evil, ..mail("a", "s", "t", "") },
            Outgoing { in_reply_to: evil, ..mail("a", "s", "t", "") },
            Outgoing { list_id: evil, ..mail("a", "s", "t", "") },
            Outgoing { unsubscribe: evil, ..mail("a", "s", "t", "") },
            Outgoing { references: &["ok@x", "a>\r\nBcc: <b"], ..mail("a", "s", "t", "") },
        ] {
            assert!(write(&id).is_err(), "{evil}");
        }
    }
}

#[test]
fn long_and_foreign_subjects_are_folded_and_come_back_whole() {
    let subject =
        "Één heel lang onderwerp met ë en 日本語 dat niet op één regel past, en dan nog wat, =?utf-8?q?x?= ook";
    let bytes = write(&mail("Zoë \"de Boer\", Jr.", subject, "t", "")).unwrap();
    let head = String::from_utf8(bytes.clone()).unwrap();
    assert!(head.lines().all(|line| line.len() <= 78), "{head}");
    let letter = read(&bytes, &Limits::default()).unwrap();
    assert_eq!(letter.subject.replace('\u{2060}', ""), subject);
}
