//! Markup as text, for what is only looked at: the cells of long lists. As a view, every one of their elements would be
//! made, hydrated and kept; as text they cost what they say, in the browser's program too. Texts and attributes are
//! escaped as they are written, so nothing that people typed can become markup.

use super::Glyph;
pub(crate) use super::clock::ClockFace;
#[cfg(feature = "hydrate")]
pub(crate) use super::clock::keep_lines;
pub(crate) use super::label::{priority_label, status_label};
pub(crate) use super::time::time;

/// Markup in the making.
#[derive(Default)]
pub(crate) struct Markup(String);

impl Markup {
    pub(crate) const fn new() -> Self {
        Self(String::new())
    }

    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    /// Markup that stands in the code.
    pub(crate) fn raw(mut self, markup: &'static str) -> Self {
        self.0.push_str(markup);
        self
    }

    /// Markup that was made here.
    pub(crate) fn markup(mut self, done: &str) -> Self {
        self.0.push_str(done);
        self
    }

    /// What people wrote, or read, as text.
    pub(crate) fn text(mut self, text: &str) -> Self {
        self.escape(text);
        self
    }

    /// ` name="value"`, between `<tag` and `>`.
    pub(crate) fn attribute(mut self, name: &'static str, value: &str) -> Self {
        self.0.push(' ');
        self.0.push_str(name);
        self.0.push_str("=\"");
        self.escape(value);
        self.0.push('"');
        self
    }

    /// `<span class="class">text</span>`.
    pub(crate) fn span(self, class: &'static str, text: &str) -> Self {
        self.raw("<span class=\"").raw(class).raw("\">").text(text).raw("</span>")
    }

    pub(crate) fn icon(self, icon: Glyph) -> Self {
        let [start, drawing, end] = icon.markup();
        self.raw(start).raw(drawing).raw(end)
    }

    pub(crate) fn done(self) -> String {
        self.0
    }

    fn escape(&mut self, text: &str) {
        let mut from = 0;
        for (at, byte) in text.bytes().enumerate() {
            let escaped = match byte {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                _ => continue,
            };
            self.0.push_str(&text[from..at]);
            self.0.push_str(escaped);
            from = at + 1;
        }
        self.0.push_str(&text[from..]);
    }
}

#[cfg(test)]
mod tests {
    use super::Markup;

    #[test]
    fn nothing_that_people_wrote_becomes_markup() {
        let markup = Markup::new().raw("<a").attribute("href", "\"><script>").raw(">").text("<b>&\u{e9}").raw("</a>");
        assert_eq!(markup.done(), "<a href=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;&amp;\u{e9}</a>");
    }
}
