//! What people type, made fit to be stored: no control characters, one kind of line break, nothing at the ends.

/// Several lines.
pub(super) fn body(typed: &str) -> String {
    let unified = typed.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = unified.chars().filter(|c| *c == '\n' || *c == '\t' || !c.is_control()).collect();
    kept.trim().to_owned()
}

/// What a URL says, if it says anything. PostgreSQL cannot even be asked for a text with a NUL in it.
pub(super) fn said(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty() && !text.contains('\0'))
}

/// One line.
pub(super) fn line(typed: &str) -> String {
    let mut line = String::with_capacity(typed.len());
    for word in typed.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// The longest file name kept, in characters; file systems stop at 255 bytes.
const FILE_NAME_MAX: usize = 120;

/// A file name without folders or signs that make it look like another; never empty.
pub(super) fn file_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown: String = last.chars().filter(|c| !c.is_control() && !reorders(*c)).collect();
    let shown = line(&shown);
    let name = shown.trim_matches(['.', ' ']);
    if name.is_empty() {
        return "file".to_owned();
    }
    if name.chars().count() <= FILE_NAME_MAX {
        return name.to_owned();
    }
    // The ending says what it is, so the middle goes.
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let ending: String = ending.chars().take(12).collect();
    let stem: String = stem.chars().take(FILE_NAME_MAX - 13).collect();
    if ending.is_empty() { stem } else { [&stem, ".", &ending].concat() }
}

/// Marks that change the direction of writing: "exe.gpj" must not read as "jpg.exe" does.
const fn reorders(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `type/subtype` in lower case, or the type of anything.
pub(super) fn media_type(given: &str) -> String {
    let essence = given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let token =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b));
    match essence.split_once('/') {
        Some((kind, subtype)) if token(kind) && token(subtype) && essence.len() <= 100 => essence,
        _ => "application/octet-stream".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{body, file_name, line, media_type};

    #[test]
    fn a_body_keeps_its_lines_and_loses_what_cannot_be_stored() {
        assert_eq!(body(" a\r\nb\rc\u{0}\u{7}\n\n"), "a\nb\nc");
    }

    #[test]
    fn a_subject_is_one_line() {
        assert_eq!(line("  Nobody\r\n can\tsign   in "), "Nobody can sign in");
    }

    #[test]
    fn a_file_name_has_no_folder_and_hides_nothing() {
        assert_eq!(file_name("../../etc/passwd"), "passwd");
        assert_eq!(file_name("C:\\temp\\scan.pdf"), "scan.pdf");
        assert_eq!(file_name("photo\u{202e}gpj.exe"), "photogpj.exe");
        assert_eq!(file_name("..."), "file");
        assert!(file_name(&["x".repeat(400), ".tar".to_owned()].concat()).ends_with(".tar"));
    }

    #[test]
    fn a_media_type_is_one_or_nothing_in_particular() {
        assert_eq!(media_type("Text/HTML; charset=utf-8"), "text/html");
        assert_eq!(media_type("text/html\r\nX-Evil: 1"), "application/octet-stream");
        assert_eq!(media_type(""), "application/octet-stream");
    }
}
