//! Markup as text, for what is only looked at: labels, clocks, strips, messages. A view that reacts to nothing inside
//! costs the browser's half several kilobytes of generic code; a string costs what it says, on the server too. Texts and
//! attributes are escaped as they are written, so none of it can become markup.

use leptos::prelude::*;

use super::Glyph;

/// Markup in the making.
#[derive(Default)]
pub(super) struct Markup(String);

impl Markup {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// `<tag class="class">`; without the attribute when `class` is empty.
    pub(super) fn open(&mut self, tag: &'static str, class: &str) -> &mut Self {
        self.start(tag);
        if !class.is_empty() {
            self.attr("class", class);
        }
        self.0.push('>');
        self
    }

    /// `<tag`, for attributes to follow, and [`Self::end`].
    pub(super) fn start(&mut self, tag: &'static str) -> &mut Self {
        self.0.push('<');
        self.0.push_str(tag);
        self
    }

    pub(super) fn attr(&mut self, name: &'static str, value: &str) -> &mut Self {
        self.0.push(' ');
        self.0.push_str(name);
        self.0.push_str("=\"");
        self.escaped(value);
        self.0.push('"');
        self
    }

    pub(super) fn end(&mut self) -> &mut Self {
        self.0.push('>');
        self
    }

    pub(super) fn close(&mut self, tag: &'static str) -> &mut Self {
        self.0.push_str("</");
        self.0.push_str(tag);
        self.0.push('>');
        self
    }

    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        self.escaped(text);
        self
    }

    /// `<tag class="class">text</tag>`.
    pub(super) fn element(&mut self, tag: &'static str, class: &str, text: &str) -> &mut Self {
        self.open(tag, class).text(text).close(tag)
    }

    /// Markup that stands in this code.
    pub(super) fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    pub(super) fn icon(&mut self, icon: Glyph) -> &mut Self {
        self.raw(r#"<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">"#).raw(icon.drawing()).raw("</svg>")
    }

    pub(super) fn done(&mut self) -> String {
        std::mem::take(&mut self.0)
    }

    fn escaped(&mut self, text: &str) {
        for letter in text.chars() {
            match letter {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                other => self.0.push(other),
            }
        }
    }
}

/// `<span class="class">` around markup.
pub(super) fn span(class: String, inside: String) -> AnyView {
    view! { <span class=class inner_html=inside></span> }.into_any()
}

/// A `<div>` whose markup changes.
pub(super) fn live_div(class: &'static str, inside: Signal<String>) -> AnyView {
    view! { <div class=class inner_html=move || inside.get()></div> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_written_becomes_markup() {
        let mut markup = Markup::new();
        markup.start("a").attr("href", "\"><script>").end().text("<b>&").close("a");
        assert_eq!(markup.done(), r#"<a href="&quot;&gt;&lt;script&gt;">&lt;b&gt;&amp;</a>"#);
    }
}
