//! Mails as real mail programs write them: which headers, which parts, and above all how what was said before stands under
//! (or above) an answer. Written after what Gmail, Outlook and Apple Mail send.

use crate::letter::Letter;

/// What a writer decides; the programs below do the rest.
#[derive(Clone, Debug)]
pub struct Draft<'a> {
    /// `Nina Bakker <nina@acme.test>`.
    pub from: &'a str,
    pub to: &'a str,
    pub subject: &'a str,
    /// As the mail program's clock shows it.
    pub date: &'a str,
    /// Without brackets.
    pub id: &'a str,
    pub text: &'a str,
}

/// The mail programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    Gmail,
    Outlook,
    Apple,
    /// Of a terminal: text alone, answers under what they answer.
    Mutt,
}

impl Program {
    /// An answer to a mail, quoting it as this program does.
    #[must_use]
    pub fn reply(self, draft: &Draft<'_>, to: &Letter) -> String {
        match self {
            Self::Gmail => gmail(draft, Some(to)),
            Self::Outlook => outlook(draft, to),
            Self::Apple => apple(draft, to),
            Self::Mutt => mutt(draft, Some(to)),
        }
    }
}

/// A mail that answers nothing.
#[must_use]
pub fn first(draft: &Draft<'_>) -> String {
    gmail(draft, None)
}

/// A mail of one plain part.
#[must_use]
pub fn plain(draft: &Draft<'_>) -> String {
    mutt(draft, None)
}

fn thread(to: &Letter) -> String {
    let mut references = to.references.clone();
    references.push(to.message_id.clone());
    let references: Vec<_> = references.iter().map(|id| format!("<{id}>")).collect();
    // Folded, as programs do.
    format!("In-Reply-To: <{}>\nReferences: {}\n", to.message_id, references.join("\n "))
}

fn quoted(text: &str) -> String {
    let lines = text.trim_end().lines().map(|line| format!(">{}{line}", if line.is_empty() { "" } else { " " }));
    lines.collect::<Vec<_>>().join("\n")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\n', "<br>")
}

/// Quoted-printable, because that is what they all send; the lines are short enough to need no soft breaks but `=`.
fn printable(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let mut width = 0;
        for byte in line.bytes() {
            if width > 71 {
                out.push_str("=\n");
                width = 0;
            }
            if byte == b'=' || !(b' '..=b'~').contains(&byte) {
                out.push_str(&format!("={byte:02X}"));
                width += 3;
            } else {
                out.push(char::from(byte));
                width += 1;
            }
        }
        out.push('\n');
    }
    out
}

fn alternative(boundary: &str, text: &str, html: &str) -> String {
    format!(
        "--{boundary}\nContent-Type: text/plain; charset=\"UTF-8\"\nContent-Transfer-Encoding: quoted-printable\n\n{}\n\
         --{boundary}\nContent-Type: text/html; charset=\"UTF-8\"\nContent-Transfer-Encoding: quoted-printable\n\n{}\n\
         --{boundary}--\n",
        printable(text),
        printable(html)
    )
}

fn gmail(draft: &Draft<'_>, to: Option<&Letter>) -> String {
    let Draft { from, to: recipient, subject, date, id, text } = draft;
    let (mut plain, mut html) = (text.to_string(), format!("<div dir=\"ltr\">{}</div>", escaped(text)));
    if let Some(to) = to {
        let said = format!("On Mon, Apr 20, 2026 at 10:15\u{202f}AM {} <{}> wrote:", to.from.0, to.from.1);
        plain.push_str(&format!("\n\n{said}\n\n{}\n", quoted(&to.text)));
        html.push_str(&format!(
            "<br><div class=\"gmail_quote gmail_quote_container\"><div dir=\"ltr\" class=\"gmail_attr\">{}<br></div>\
             <blockquote class=\"gmail_quote\" style=\"margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);\
             padding-left:1ex\">{}</blockquote></div>",
            escaped(&said),
            to.html
        ));
    }
    format!(
        "MIME-Version: 1.0\nDate: {date}\n{}Message-ID: <{id}>\nSubject: {subject}\nFrom: {from}\nTo: {recipient}\n\
         Content-Type: multipart/alternative; boundary=\"000000000000c0ffee0634b1f00d\"\n\n{}",
        to.map(thread).unwrap_or_default(),
        alternative("000000000000c0ffee0634b1f00d", &plain, &html)
    )
}

fn outlook(draft: &Draft<'_>, to: &Letter) -> String {
    let Draft { from, to: recipient, subject, date, id, text } = draft;
    let head = format!(
        "From: {} <{}>\nSent: Monday, April 20, 2026 10:15 AM\nTo: {from}\nSubject: {}",
        to.from.0, to.from.1, to.subject
    );
    let plain = format!("{text}\n\n________________________________\n{head}\n\n{}\n", to.text);
    let html = format!(
        "<html><head>\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=UTF-8\">\n</head>\n<body dir=\"ltr\">\n\
         <div class=\"elementToProof\" style=\"font-family: Aptos, sans-serif; font-size: 12pt;\">{}</div>\n\
         <div id=\"appendonsend\"></div>\n<hr style=\"display:inline-block;width:98%\" tabindex=\"-1\">\n\
         <div id=\"divRplyFwdMsg\" dir=\"ltr\"><font face=\"Calibri, sans-serif\" style=\"font-size:11pt\">{}</font>\
         <div>&nbsp;</div></div>\n<div>{}</div></body></html>",
        escaped(text),
        escaped(&head),
        to.html
    );
    format!(
        "From: {from}\nTo: {recipient}\nSubject: {subject}\nThread-Topic: {}\nThread-Index: AQHcz8N2aW5hcmVwbGllc3RvaGVycmVxdWVzdA==\n\
         Date: {date}\nMessage-ID: <{id}>\n{}Accept-Language: nl-NL, en-US\nContent-Language: en-US\n\
         X-MS-Has-Attach:\nX-MS-TNEF-Correlator:\nContent-Type: multipart/alternative;\n\
         \tboundary=\"_000_PR3PR04MB7289C0FFEE_\"\nMIME-Version: 1.0\n\n{}",
        to.subject,
        thread(to),
        alternative("_000_PR3PR04MB7289C0FFEE_", &plain, &html)
    )
}

fn apple(draft: &Draft<'_>, to: &Letter) -> String {
    let Draft { from, to: recipient, subject, date, id, text } = draft;
    let said = format!("On 20 Apr 2026, at 10:15, {} <{}> wrote:", to.from.0, to.from.1);
    let plain = format!("{text}\n\n> {said}\n> \n{}\n\n", quoted(&to.text));
    let html = format!(
        "<html><head><meta http-equiv=\"content-type\" content=\"text/html; charset=utf-8\"></head><body \
         style=\"overflow-wrap: break-word; -webkit-nbsp-mode: space;\">{}<br id=\"lineBreakAtBeginningOfMessage\"><div>\
         <br><blockquote type=\"cite\"><div>{}</div><br class=\"Apple-interchange-newline\"><div>{}</div></blockquote>\
         </div><br></body></html>",
        escaped(text),
        escaped(&said),
        to.html
    );
    format!(
        "From: {from}\nContent-Type: multipart/alternative;\n\tboundary=\"Apple-Mail=_1F0C0FFE-E000-4B1D-9000-ABCDEF012345\"\n\
         Mime-Version: 1.0 (Mac OS X Mail 16.0 \\(3826.400.131.1.6\\))\nSubject: {subject}\nDate: {date}\n{}\
         To: {recipient}\nMessage-Id: <{id}>\nX-Mailer: Apple Mail (2.3826.400.131.1.6)\n\n{}",
        thread(to),
        alternative("Apple-Mail=_1F0C0FFE-E000-4B1D-9000-ABCDEF012345", &plain, &html)
    )
}

fn mutt(draft: &Draft<'_>, to: Option<&Letter>) -> String {
    let Draft { from, to: recipient, subject, date, id, text } = draft;
    let mut body = String::new();
    if let Some(to) = to {
        body.push_str(&format!(
            "On Mon, Apr 20, 2026 at 10:15:00AM +0200, {} wrote:\n{}\n\n",
            to.from.0,
            quoted(&to.text)
        ));
    }
    body.push_str(text);
    format!(
        "Date: {date}\nFrom: {from}\nTo: {recipient}\nSubject: {subject}\nMessage-ID: <{id}>\n{}MIME-Version: 1.0\n\
         Content-Type: text/plain; charset=utf-8\nContent-Disposition: inline\nContent-Transfer-Encoding: 8bit\n\n{body}\n",
        to.map(thread).unwrap_or_default()
    )
}
