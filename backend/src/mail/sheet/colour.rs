//! An organisation's accent as mail programs know colours: OKLCH hue and chroma, made as dark or as light as it must be to
//! be read. After Björn Ottosson, "A perceptual color space for image processing" (2020), and WCAG 2.2 for contrast.

/// WCAG 2.2 AA for text.
const CONTRAST: f64 = 4.5;
/// Steps of lightness: fine enough that nobody sees one.
const STEP: f64 = 0.01;

type Rgb = [f64; 3];

/// The darkest ground that links stand on in a light mail: the page itself.
const LIGHT: &str = "#f3f4f6";
/// The lightest in a dark one: what somebody said.
const DARK: &str = "#272b33";

/// The accent as a ground for white text, and as text on each light ground.
pub(super) fn on_light(hue: u16, chroma: u16) -> String {
    readable(hue, chroma, LIGHT, 0.56, -STEP)
}

/// The accent as text on each dark ground.
pub(super) fn on_dark(hue: u16, chroma: u16) -> String {
    readable(hue, chroma, DARK, 0.74, STEP)
}

/// From this lightness on, the first that can be read against `other`.
fn readable(hue: u16, chroma: u16, other: &str, from: f64, step: f64) -> String {
    let other = parse(other);
    let mut lightness = from;
    loop {
        let colour = hex(oklch(lightness, f64::from(chroma) / 1_000.0, f64::from(hue)));
        if contrast(parse(&colour), other) >= CONTRAST || !(0.0..=1.0).contains(&lightness) {
            return colour;
        }
        lightness += step;
    }
}

/// In sRGB, 0 to 1; with less chroma where a screen has no such colour.
fn oklch(lightness: f64, chroma: f64, hue: f64) -> Rgb {
    let (sin, cos) = hue.to_radians().sin_cos();
    let mut chroma = chroma;
    loop {
        let linear = oklab(lightness, chroma * cos, chroma * sin);
        let inside = linear.iter().all(|part| (-0.000_1..=1.000_1).contains(part));
        if inside || chroma <= 0.0 {
            return linear.map(|part| gamma(part.clamp(0.0, 1.0)));
        }
        chroma -= 0.002;
    }
}

/// Oklab as linear sRGB.
fn oklab(lightness: f64, a: f64, b: f64) -> Rgb {
    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548 * b).powi(3);
    [
        4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
        -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
        -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701 * s,
    ]
}

fn gamma(linear: f64) -> f64 {
    if linear <= 0.003_130_8 { 12.92 * linear } else { 1.055 * linear.powf(1.0 / 2.4) - 0.055 }
}

fn hex(colour: Rgb) -> String {
    let [r, g, b] = colour.map(|part| (part * 255.0).round() as u8);
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// Black for what is no colour.
fn parse(hex: &str) -> Rgb {
    let part = |at: usize| hex.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()).unwrap_or_default();
    [part(1), part(3), part(5)].map(|part| f64::from(part) / 255.0)
}

fn contrast(one: Rgb, other: Rgb) -> f64 {
    let luminance = |colour: Rgb| {
        let [r, g, b] =
            colour.map(|part| if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) });
        0.212_6 * r + 0.715_2 * g + 0.072_2 * b
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_colours_come_out_as_they_are() {
        // oklch(0.628 0.2577 29.23) is #ff0000, oklch(1 0 0) white.
        assert_eq!(hex(oklch(0.627_955, 0.257_683, 29.234)), "#ff0000");
        assert_eq!(hex(oklch(1.0, 0.0, 0.0)), "#ffffff");
    }

    #[test]
    fn every_accent_can_be_read_on_light_and_on_dark() {
        for hue in 0..360 {
            for chroma in [0, 40, 95, 140] {
                let (light, dark) = (on_light(hue, chroma), on_dark(hue, chroma));
                assert!(contrast(parse(&light), parse(LIGHT)) >= CONTRAST, "{hue} {chroma} {light}");
                assert!(contrast(parse(&dark), parse(DARK)) >= CONTRAST, "{hue} {chroma} {dark}");
            }
        }
    }
}
