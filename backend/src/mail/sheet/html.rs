//! A mail as HTML that every mail program can show: tables, inline styles, nothing from elsewhere. The only style sheet is
//! for the dark, and for those that know it. All text is escaped here; no caller can put markup into a mail.

use super::{Part, Sheet, colour};

const FONT: &str = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;";

/// For programs that know what dark is. `!important`, because inline styles would win otherwise.
const DARK: &str = ":root{color-scheme:light dark;supported-color-schemes:light dark}\
@media (prefers-color-scheme:dark){\
.page{background:#14161a!important}\
.card{background:#1f2229!important;border-right-color:#3a3f4a!important;border-bottom-color:#3a3f4a!important;\
border-left-color:#3a3f4a!important}\
.ink{color:#eceef2!important}\
.muted{color:#b3b9c4!important}\
.said{background:#272b33!important;border-color:#4a505c!important}\
.link{color:";

pub(super) fn render(sheet: &Sheet) -> String {
    let mut page = Page {
        html: String::with_capacity(6_000),
        accent: colour::on_light(sheet.brand.hue, sheet.brand.chroma),
        light: colour::on_dark(sheet.brand.hue, sheet.brand.chroma),
    };
    page.head(sheet);
    page.body(sheet);
    page.html
}

struct Page {
    html: String,
    /// Ground of the button, and links.
    accent: String,
    /// Links in the dark.
    light: String,
}

impl Page {
    fn put(&mut self, pieces: &[&str]) {
        for piece in pieces {
            self.html.push_str(piece);
        }
    }

    fn head(&mut self, sheet: &Sheet) {
        let (tag, title, light) = (sheet.locale.tag(), escaped(&sheet.title), self.light.clone());
        self.put(&["<!doctype html>\n<html lang=\"", tag, "\">\n<head>\n<meta charset=\"utf-8\">\n"]);
        self.put(&["<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"]);
        self.put(&["<meta name=\"color-scheme\" content=\"light dark\">\n"]);
        self.put(&["<meta name=\"supported-color-schemes\" content=\"light dark\">\n"]);
        self.put(&["<title>", &title, "</title>\n<style>", DARK, &light, "!important}}</style>\n</head>\n"]);
    }

    fn body(&mut self, sheet: &Sheet) {
        let accent = self.accent.clone();
        self.put(&["<body class=\"page\" style=\"margin:0;padding:0;background:#f3f4f6;\">\n"]);
        self.put(&["<table role=\"presentation\" class=\"page\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" "]);
        self.put(&["border=\"0\" style=\"background:#f3f4f6;\">\n"]);
        self.put(&["<tr><td align=\"center\" style=\"padding:24px 12px;\">\n"]);
        if sheet.answerable {
            let marker = escaped(letter::reply_above(sheet.locale.tag()));
            self.put(&["<p class=\"muted\" style=\"margin:0 0 12px;", FONT, "font-size:12px;color:#5b6270;\">"]);
            self.put(&[&marker, "</p>\n"]);
        }
        self.put(&["<table role=\"presentation\" class=\"card\" width=\"600\" cellpadding=\"0\" cellspacing=\"0\" "]);
        self.put(&["border=\"0\" style=\"width:100%;max-width:600px;background:#ffffff;border:1px solid #d9dce2;"]);
        self.put(&["border-top:4px solid ", &accent, ";border-radius:6px;\">\n"]);
        self.put(&["<tr><td style=\"padding:24px 28px 28px;text-align:left;\">\n"]);
        let name = escaped(&sheet.brand.name);
        self.put(&["<p class=\"muted\" style=\"margin:0 0 8px;", FONT, "font-size:13px;color:#5b6270;\">"]);
        self.put(&[&name, "</p>\n"]);
        self.put(&["<h1 class=\"ink\" style=\"margin:0 0 16px;", FONT, "font-size:20px;line-height:1.3;"]);
        self.put(&["font-weight:600;color:#1b1f27;\">", &escaped(&sheet.title), "</h1>\n"]);
        for part in &sheet.parts {
            self.part(part);
        }
        if let Some((words, url)) = &sheet.button {
            let (words, url) = (escaped(words), escaped(url));
            self.put(&["<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "]);
            self.put(&["style=\"margin:20px 0 0;\"><tr><td style=\"background:", &accent, ";border-radius:6px;\">"]);
            self.put(&["<a href=\"", &url, "\" style=\"display:inline-block;padding:11px 18px;", FONT]);
            self.put(&["font-size:15px;font-weight:600;color:#ffffff;text-decoration:none;\">", &words]);
            self.put(&["</a></td></tr></table>\n"]);
        }
        self.put(&["</td></tr>\n</table>\n"]);
        self.foot(sheet);
        self.put(&["</td></tr>\n</table>\n</body>\n</html>\n"]);
    }

    fn part(&mut self, part: &Part) {
        match part {
            Part::Text(text) | Part::Caution(text) => self.paragraph(&escaped(text), ""),
            Part::Heading(text) => self.paragraph(&escaped(text), "font-weight:600;"),
            Part::Link(words, url) => {
                let anchor = self.anchor(&escaped(words), url);
                self.paragraph(&anchor, "font-weight:600;");
            }
            Part::Facts(facts) => {
                self.put(&["<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "]);
                self.put(&["style=\"margin:0 0 14px;\">\n"]);
                for (name, value) in facts {
                    let (name, value) = (escaped(name), escaped(value));
                    self.put(&["<tr><td class=\"muted\" valign=\"top\" style=\"padding:3px 16px 3px 0;", FONT]);
                    self.put(&["font-size:14px;line-height:1.4;color:#5b6270;\">", &name, "</td>"]);
                    self.put(&["<td class=\"ink\" valign=\"top\" style=\"padding:3px 0;", FONT]);
                    self.put(&["font-size:14px;line-height:1.4;color:#1b1f27;\">", &value, "</td></tr>\n"]);
                }
                self.put(&["</table>\n"]);
            }
            Part::Said { text, files } => self.said(text, files),
        }
    }

    fn paragraph(&mut self, html: &str, style: &str) {
        self.put(&["<p class=\"ink\" style=\"margin:0 0 14px;", FONT, "font-size:15px;line-height:1.5;"]);
        self.put(&["color:#1b1f27;", style, "\">", html, "</p>\n"]);
    }

    fn said(&mut self, text: &str, files: &[String]) {
        self.put(&["<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "]);
        self.put(&["style=\"margin:0 0 14px;\"><tr><td class=\"said ink\" dir=\"auto\" style=\"padding:12px 16px;"]);
        self.put(&["background:#f6f7f9;border-left:3px solid #c3c8d1;", FONT, "font-size:15px;line-height:1.5;"]);
        self.put(&["color:#1b1f27;\">"]);
        for (index, line) in text.lines().enumerate() {
            if index > 0 {
                self.put(&["<br>\n"]);
            }
            self.linked(line);
        }
        for file in files {
            let file = escaped(file);
            self.put(&["<br>\n<span class=\"muted\" style=\"font-size:13px;color:#5b6270;\">[", &file, "]</span>"]);
        }
        self.put(&["</td></tr></table>\n"]);
    }

    /// A line that a person wrote: its web addresses lead there.
    fn linked(&mut self, line: &str) {
        let mut rest = line;
        while let Some((before, url, after)) = next_url(rest) {
            let before = escaped(before);
            let anchor = self.anchor(&escaped(url), url);
            self.put(&[&before, &anchor]);
            rest = after;
        }
        let rest = escaped(rest);
        self.put(&[&rest]);
    }

    fn anchor(&self, html: &str, url: &str) -> String {
        let style = ["color:", &self.accent, ";"].concat();
        ["<a class=\"link\" href=\"", &escaped(url), "\" style=\"", &style, "\">", html, "</a>"].concat()
    }

    fn foot(&mut self, sheet: &Sheet) {
        self.put(&["<p class=\"muted\" style=\"margin:16px 0 0;max-width:600px;", FONT, "font-size:12px;"]);
        self.put(&["line-height:1.5;color:#5b6270;\">", &escaped(&sheet.foot.why)]);
        for (index, (words, url)) in sheet.foot.links.iter().enumerate() {
            let between = if index > 0 { " · " } else { "<br>\n" };
            let (words, url) = (escaped(words), escaped(url));
            self.put(&[between, "<a class=\"muted\" href=\"", &url, "\" style=\"color:#5b6270;\">", &words, "</a>"]);
        }
        self.put(&["</p>\n"]);
    }
}

/// Text that nothing is read from: no element, no attribute. Control characters are nothing that anyone wants to read.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\t' => safe.push(' '),
            c if c.is_control() => {}
            c => safe.push(c),
        }
    }
    safe
}

/// The first http(s) address of a line: what stands before it, itself, what stands after it. A full stop or a bracket that
/// ends a sentence is not part of it.
fn next_url(line: &str) -> Option<(&str, &str, &str)> {
    let lower = line.to_ascii_lowercase();
    let start = ["https://", "http://"].iter().filter_map(|scheme| lower.find(scheme)).min()?;
    let (before, rest) = line.split_at(start);
    let ends = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '`' | '“' | '”');
    let url = &rest[..rest.find(ends).unwrap_or(rest.len())];
    let url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}', '\'', '’', '*', '_']);
    // A scheme alone leads nowhere.
    (!url.ends_with("//")).then(|| (before, url, &rest[url.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_become_links_and_the_full_stop_stays_outside() {
        let found = next_url("See https://a.example/x?y=1&z=2. Or not");
        assert_eq!(found, Some(("See ", "https://a.example/x?y=1&z=2", ". Or not")));
        assert_eq!(next_url("(HTTP://A.example)"), Some(("(", "HTTP://A.example", ")")));
        assert_eq!(next_url("javascript:alert(1) data:text/html,x ftp://a.example"), None);
        let found = next_url("https://a.example\"onclick=x");
        assert_eq!(found, Some(("", "https://a.example", "\"onclick=x")));
        assert_eq!(next_url("http://"), None);
    }

    #[test]
    fn what_people_write_is_never_markup() {
        assert_eq!(escaped("<b a=\"x\" b='y'>&\u{7}"), "&lt;b a=&quot;x&quot; b=&#39;y&#39;&gt;&amp;");
    }
}
