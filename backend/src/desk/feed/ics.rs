//! iCalendar text (RFC 5545): content lines with CRLF, folded at 75 octets, values escaped.

use domain::time::Instant;
use domain::zone::Zone;

/// RFC 5545, 3.1: lines are no longer, without their line break.
const OCTETS: usize = 75;

/// A calendar that is being written.
pub(super) struct Calendar {
    text: String,
    /// What makes identifiers ours all over the world.
    host: String,
    stamp: String,
}

impl Calendar {
    pub(super) fn new(name: &str, base_url: &str, now: Instant) -> Self {
        let host = base_url.split("//").last().unwrap_or_default();
        let host = host.split(['/', ':']).next().filter(|host| !host.is_empty()).unwrap_or("loket");
        let mut calendar = Self { text: String::with_capacity(2_048), host: host.to_owned(), stamp: utc(now) };
        calendar.line("BEGIN", "VCALENDAR");
        calendar.line("VERSION", "2.0");
        calendar.line("PRODID", "-//Loket//Deadlines//EN");
        calendar.line("CALSCALE", "GREGORIAN");
        calendar.line("METHOD", "PUBLISH");
        // The first is RFC 7986's, the others what programs read before it.
        calendar.line("NAME", &escaped(name));
        calendar.line("X-WR-CALNAME", &escaped(name));
        calendar.line("REFRESH-INTERVAL;VALUE=DURATION", "PT15M");
        calendar.line("X-PUBLISHED-TTL", "PT15M");
        calendar
    }

    /// An event at an instant that takes no time and keeps nobody from being free. The same `id` is the same event.
    pub(super) fn event(&mut self, id: &str, at: Instant, summary: &str, url: &str) {
        let stamp = self.stamp.clone();
        let uid = [id, "@", &self.host].concat();
        self.line("BEGIN", "VEVENT");
        self.line("UID", &escaped(&uid));
        self.line("DTSTAMP", &stamp);
        self.line("DTSTART", &utc(at));
        self.line("SUMMARY", &escaped(summary));
        self.line("DESCRIPTION", &escaped(url));
        // A URI is no text and is not escaped.
        self.line("URL", url);
        self.line("TRANSP", "TRANSPARENT");
        self.line("END", "VEVENT");
    }

    pub(super) fn finish(mut self) -> String {
        self.line("END", "VCALENDAR");
        self.text
    }

    fn line(&mut self, name: &str, value: &str) {
        let line = [name, ":", value].concat();
        let mut rest = line.as_str();
        let mut room = OCTETS;
        while rest.len() > room {
            // A character is never torn, though the standard would allow it: not every program puts it together again.
            let cut = (0..=room).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or(rest.len());
            let (head, tail) = rest.split_at(cut);
            self.text.push_str(head);
            self.text.push_str("\r\n ");
            rest = tail;
            // The space that begins a folded line counts.
            room = OCTETS - 1;
        }
        self.text.push_str(rest);
        self.text.push_str("\r\n");
    }
}

/// A TEXT value (3.3.11).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A DATE-TIME in UTC (3.3.5), to the second.
fn utc(at: Instant) -> String {
    let c = Zone::default().civil(at);
    format!("{:04}{:02}{:02}T{:02}{:02}{:02}Z", c.year, c.month, c.day, c.hour, c.minute, c.second)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(summary: &str) -> String {
        let mut calendar = Calendar::new("Deadlines", "https://support.example:8443/x", Instant(0));
        calendar.event("ACME-1-review", Instant(1_777_365_000_000), summary, "https://support.example/desk/ACME-1");
        calendar.finish()
    }

    #[test]
    fn an_event_reads_as_the_standard_says() {
        let text = one("Review, then; a \\ and\nmore");
        assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"), "{text}");
        assert!(text.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"), "{text}");
        assert!(text.contains("UID:ACME-1-review@support.example\r\n"), "{text}");
        assert!(text.contains("DTSTAMP:19700101T000000Z\r\nDTSTART:20260428T083000Z\r\n"), "{text}");
        assert!(text.contains("SUMMARY:Review\\, then\\; a \\\\ and\\nmore\r\n"), "{text}");
    }

    #[test]
    fn long_lines_are_folded_and_unfold_to_what_they_were() {
        for summary in ["é".repeat(200), "x".repeat(500), "𝄞ab".repeat(60), "a".repeat(67), "a".repeat(68)] {
            let text = one(&summary);
            assert!(text.split("\r\n").all(|line| line.len() <= OCTETS), "{text}");
            assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
            assert!(text.replace("\r\n ", "").contains(&["SUMMARY:", &summary, "\r\n"].concat()));
        }
    }

    #[test]
    fn nothing_typed_can_begin_a_line_of_its_own() {
        let text = one("a\r\nEND:VCALENDAR\u{85}\u{0}b");
        assert_eq!(text.matches("\r\nEND:VCALENDAR").count(), 1, "{text}");
        assert!(text.contains("SUMMARY:a\\nEND:VCALENDARb\r\n"), "{text}");
    }
}
