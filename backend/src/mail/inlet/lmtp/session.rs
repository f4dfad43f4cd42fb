//! The order of commands, without a connection: what each is answered, and what is known when a message begins.

use super::READ_AT_MOST;

/// Recipients of one message (RFC 5321 §4.5.3.1.8 asks for a hundred).
const RECIPIENTS: usize = 100;
/// An address (RFC 5321 §4.5.3.1.3, and room for UTF-8).
const ADDRESS: usize = 512;

/// What is known of the other side.
#[derive(Debug, Default)]
pub(super) struct Session {
    greeted: bool,
    from: Option<String>,
    to: Vec<String>,
}

/// What follows on a command.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    Say(String),
    /// The same, for what should not have been said.
    Wrong(String),
    /// The message comes.
    Data,
    Quit,
}

fn say(answer: &str) -> Next {
    Next::Say(answer.to_owned())
}

fn wrong(answer: &str) -> Next {
    Next::Wrong(answer.to_owned())
}

impl Session {
    pub(super) fn command(&mut self, line: &str, domain: &str) -> Next {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match verb.to_ascii_uppercase().as_str() {
            "LHLO" if rest.trim().is_empty() => wrong("501 5.5.4 LHLO wants a name"),
            "LHLO" => {
                *self = Self { greeted: true, ..Self::default() };
                let extensions =
                    "\r\n250-PIPELINING\r\n250-ENHANCEDSTATUSCODES\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE ";
                Next::Say(["250-", domain, extensions, &READ_AT_MOST.to_string()].concat())
            }
            "HELO" | "EHLO" => wrong("500 5.5.1 This is LMTP: say LHLO"),
            "MAIL" | "RCPT" | "DATA" if !self.greeted => wrong("503 5.5.1 Say LHLO first"),
            "MAIL" => self.mail(rest),
            "RCPT" => self.rcpt(rest),
            "DATA" if self.from.is_none() => wrong("503 5.5.1 Say MAIL first"),
            // RFC 2033 §4.2: without a recipient there is nobody to answer for.
            "DATA" if self.to.is_empty() => wrong("503 5.5.1 No valid recipients"),
            "DATA" if !rest.trim().is_empty() => wrong("501 5.5.4 DATA stands alone"),
            "DATA" => Next::Data,
            "RSET" => {
                (self.from, self.to) = (None, Vec::new());
                say("250 2.0.0 Forgotten")
            }
            "NOOP" => say("250 2.0.0 Yes"),
            "VRFY" => say("252 2.5.0 Send it and see"),
            "QUIT" => Next::Quit,
            _ => wrong("500 5.5.1 No such command"),
        }
    }

    fn mail(&mut self, rest: &str) -> Next {
        if self.from.is_some() {
            return wrong("503 5.5.1 MAIL was said already");
        }
        let Some((from, parameters)) = path(rest, "FROM:") else { return wrong("501 5.5.4 MAIL FROM:<address>") };
        for parameter in parameters.split_ascii_whitespace() {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            match name.to_ascii_uppercase().as_str() {
                "SIZE" => match value.parse::<u64>() {
                    Ok(size) if size > READ_AT_MOST as u64 => return say("552 5.3.4 The message is too large"),
                    Ok(_) => {}
                    Err(_) => return wrong("501 5.5.4 SIZE is a number"),
                },
                "BODY" | "SMTPUTF8" | "AUTH" | "RET" | "ENVID" => {}
                _ => return wrong("555 5.5.4 No such parameter"),
            }
        }
        self.from = Some(from);
        say("250 2.1.0 Go on")
    }

    fn rcpt(&mut self, rest: &str) -> Next {
        if self.from.is_none() {
            return wrong("503 5.5.1 Say MAIL first");
        }
        let Some((to, _)) = path(rest, "TO:") else { return wrong("501 5.5.4 RCPT TO:<address>") };
        if !to.contains('@') || to.starts_with('@') {
            return wrong("501 5.1.3 An address has a domain");
        }
        if self.to.len() >= RECIPIENTS {
            return say("452 4.5.3 Too many recipients at once");
        }
        self.to.push(to);
        say("250 2.1.5 Go on")
    }

    /// Sender and recipients of the message that has come; the next one begins anew.
    pub(super) fn take(&mut self) -> (String, Vec<String>) {
        (self.from.take().unwrap_or_default(), std::mem::take(&mut self.to))
    }
}

/// `FROM:<anna@acme.example> SIZE=100`: the address, which may be empty, and what follows.
fn path<'l>(rest: &'l str, keyword: &str) -> Option<(String, &'l str)> {
    let start = rest.get(..keyword.len())?;
    let rest = start.eq_ignore_ascii_case(keyword).then(|| rest[keyword.len()..].trim_start())?;
    let (address, rest) = rest.strip_prefix('<')?.split_once('>')?;
    // Source routes are long gone (RFC 5321 §4.1.1.3): what stands behind them counts.
    let address = if address.starts_with('@') { address.split_once(':')?.1 } else { address };
    let clean = address.len() <= ADDRESS && !address.chars().any(|c| c.is_control() || c.is_whitespace() || c == '<');
    (clean && (rest.is_empty() || rest.starts_with(' '))).then(|| (address.to_owned(), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(lines: &[&str]) -> Vec<String> {
        let mut session = Session::default();
        let answer = |next| match next {
            Next::Say(answer) | Next::Wrong(answer) => answer[..3].to_owned(),
            Next::Data => "354".to_owned(),
            Next::Quit => "221".to_owned(),
        };
        lines.iter().map(|line| answer(session.command(line, "desk.example"))).collect()
    }

    #[test]
    fn commands_in_order_lead_to_a_message() {
        let lines = ["LHLO mx", "MAIL FROM:<a@b.example> SIZE=10 BODY=8BITMIME", "RCPT TO:<c@d.example>", "DATA"];
        assert_eq!(answers(&lines), ["250", "250", "250", "354"]);
        assert_eq!(answers(&["lhlo mx", "mail from:<>", "rcpt to: <c@d.example>", "data", "quit"])[3], "354");
    }

    #[test]
    fn commands_out_of_order_and_nonsense_are_refused() {
        for (lines, last) in [
            (&["MAIL FROM:<a@b.example>"][..], "503"),
            (&["EHLO mx"], "500"),
            (&["LHLO"], "501"),
            (&["LHLO mx", "RCPT TO:<a@b.example>"], "503"),
            (&["LHLO mx", "DATA"], "503"),
            (&["LHLO mx", "MAIL FROM:<a@b.example>", "DATA"], "503"),
            (&["LHLO mx", "MAIL FROM:<a@b.example>", "MAIL FROM:<a@b.example>"], "503"),
            (&["LHLO mx", "MAIL FROM:a@b.example"], "501"),
            (&["LHLO mx", "MAIL FROM:<a\u{7}@b.example>"], "501"),
            (&["LHLO mx", "MAIL FROM:<a@b.example>x"], "501"),
            (&["LHLO mx", "MAIL FROM:<a@b.example> SIZE=x"], "501"),
            (&["LHLO mx", "MAIL FROM:<a@b.example> SIZE=99999999999"], "552"),
            (&["LHLO mx", "MAIL FROM:<a@b.example> X=1"], "555"),
            (&["LHLO mx", "MAIL FROM:<>", "RCPT TO:<nobody>"], "501"),
            (&["XYZZY"], "500"),
            (&[""], "500"),
        ] {
            assert_eq!(answers(lines).last().map(String::as_str), Some(last), "{lines:?}");
        }
    }

    #[test]
    fn a_reset_and_a_new_greeting_forget_what_was_said() {
        assert_eq!(answers(&["LHLO mx", "MAIL FROM:<>", "RSET", "DATA"])[3], "503");
        assert_eq!(answers(&["LHLO mx", "MAIL FROM:<>", "LHLO mx", "DATA"])[3], "503");
    }

    #[test]
    fn more_recipients_than_fit_are_for_another_time() {
        let mut session = Session::default();
        session.command("LHLO mx", "d");
        session.command("MAIL FROM:<>", "d");
        let mut ask = |code: &str| {
            let answer = session.command("RCPT TO:<a@b.example>", "d");
            assert!(matches!(&answer, Next::Say(answer) if answer.starts_with(code)), "{answer:?}");
        };
        (0..RECIPIENTS).for_each(|_| ask("250"));
        ask("452");
        assert_eq!(session.take().1.len(), RECIPIENTS);
    }
}
