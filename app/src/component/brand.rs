//! Marks, colours and initials: whose voice this is.

use domain::brand::{Brand, Mark};
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MarkSize {
    /// 16 px, in rows.
    Small,
    /// 28 px, in headers.
    #[default]
    Medium,
    /// 30 px, beside two lines.
    Large,
}

/// The classes of an element that speaks with the voice of the organisation with this key; Loket's for an empty key.
pub fn brand_class(key: &str) -> String {
    ["brand brand-", &slug(key)].concat()
}

/// The key as part of a class name: letters and digits only, because it ends up in a style sheet.
fn slug(key: &str) -> String {
    if key.is_empty() {
        return "loket".to_owned();
    }
    key.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// Hue and chroma of the brands a page shows. A policy without inline styles leaves no other place for colours that
/// come from the database.
#[component]
pub fn BrandStyle(brands: Vec<Brand>) -> impl IntoView {
    let rules: Vec<String> = brands.iter().map(rule).collect();
    // Each is drawn once and left alone: drawing it anew would take its nonce away for a moment, and the policy refuses
    // it then.
    view! {
        <For
            each=move || rules.clone()
            key=String::clone
            children=|rule| view! { <style nonce=super::browser::nonce() inner_html=rule></style> }
        />
    }
    .into_any()
}

fn rule(brand: &Brand) -> String {
    let (slug, hue, chroma) = (slug(&brand.key), brand.hue.to_string(), f32_thousandths(brand.chroma.min(140)));
    [".brand-", &slug, "{--h:", &hue, ";--c:", &chroma, "}"].concat()
}

/// 95 is ".095".
fn f32_thousandths(number: u16) -> String {
    let digits = (1_000 + number).to_string();
    [".", &digits[1..]].concat()
}

/// An organisation's mark on its colour.
#[component]
pub fn BrandMark(brand: Brand, #[prop(optional)] size: MarkSize) -> impl IntoView {
    let size = match size {
        MarkSize::Small => " mark--small",
        MarkSize::Medium => "",
        MarkSize::Large => " mark--large",
    };
    let drawing = match brand.mark {
        Mark::Counter => r#"<path class="f" d="M9.2 16.6v-3.4a4.8 4.8 0 0 1 9.6 0v3.4z"/><path d="M7 20.2h14"/>"#.to_owned(),
        Mark::Petals => r#"<path class="f" d="M14 6.8a3.3 3.3 0 0 1 3.3 3.3v.6h.6a3.3 3.3 0 1 1 0 6.6h-.6v.6a3.3 3.3 0 1 1-6.6 0v-.6h-.6a3.3 3.3 0 1 1 0-6.6h.6v-.6A3.3 3.3 0 0 1 14 6.8z"/>"#.to_owned(),
        Mark::Arcs => r#"<path d="M7 18.4a7 7 0 0 1 14 0M10.9 18.4a3.1 3.1 0 0 1 6.2 0"/>"#.to_owned(),
        Mark::Letter => {
            let letter: String = brand.name.chars().find(|c| c.is_alphanumeric()).into_iter().collect();
            [r#"<text class="f" x="14" y="19" text-anchor="middle">"#, &letter, "</text>"].concat()
        }
    };
    let own = if brand.key.is_empty() { " mark--loket " } else { " " };
    let class = ["mark", size, own, &brand_class(&brand.key)].concat();
    view! { <svg class=class viewBox="0 0 28 28" aria-hidden="true" inner_html=drawing></svg> }.into_any()
}

/// A person's initials. Round and in the organisation's tint for customers, square and dark for staff.
#[component]
pub fn Avatar(
    #[prop(into)] name: String,
    staff: bool,
    /// The key of a customer's organisation.
    #[prop(into, optional)]
    org: String,
    #[prop(optional)] small: bool,
) -> impl IntoView {
    let mut class = String::from("avatar");
    if small {
        class.push_str(" avatar--small");
    }
    if staff {
        class.push_str(" avatar--staff");
    } else if !org.is_empty() {
        class.push(' ');
        class.push_str(&brand_class(&org));
    }
    view! { <span class=class aria-hidden="true">{initials(&name)}</span> }.into_any()
}

/// The first letters of the first and the last word; of a single word its first two.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let Some(first) = words.next() else { return "?".to_owned() };
    match words.next_back() {
        Some(last) => first.chars().take(1).chain(last.chars().take(1)).flat_map(char::to_uppercase).collect(),
        None => first.chars().take(2).flat_map(char::to_uppercase).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_come_from_the_first_and_the_last_word() {
        assert_eq!(initials("Anna Visser"), "AV");
        assert_eq!(initials("jan van der Berg"), "JB");
        assert_eq!(initials("Admin"), "AD");
        assert_eq!(initials(""), "?");
    }

    #[test]
    fn a_key_cannot_break_out_of_the_style_sheet() {
        assert_eq!(brand_class("AC}ME{"), "brand brand-acme");
        assert_eq!(f32_thousandths(95), ".095");
        assert_eq!(f32_thousandths(140), ".140");
    }
}
