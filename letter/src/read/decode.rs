//! From what was sent to what was meant: transfer encodings to bytes, charsets to text. Lenient: what is not valid is kept as
//! it stands rather than lost.

use mail_parser::decoders::charsets::map::charset_decoder;

/// The bytes of a part. Unknown encodings are none.
pub(super) fn transfer(encoding: &str, body: &[u8]) -> Vec<u8> {
    // "base64 (comment)" and "base64;" exist.
    let word = encoding.trim().split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or_default();
    match word {
        "base64" => base64(body),
        "quoted-printable" => quoted_printable(body),
        "x-uuencode" | "uuencode" | "x-uue" | "uue" => {
            uuencoded(body).map_or_else(|| body.to_vec(), |(_, bytes)| bytes)
        }
        _ => body.to_vec(),
    }
}

fn sextet(byte: u8) -> Option<u32> {
    let value = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

/// What is not base64 is passed over. After the padding comes either more base64, from a program that encoded piece by piece,
/// or something else, such as a footer that a mailing list put there.
fn base64(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    let mut looked = false;
    for (at, &byte) in body.iter().enumerate() {
        if byte == b'\n' && is_footer(&body[at + 1..]) {
            break;
        }
        if let Some(value) = sextet(byte) {
            bits = bits << 6 | value;
            count += 1;
            if count == 4 {
                out.extend_from_slice(&bits.to_be_bytes()[1..]);
                (bits, count) = (0, 0);
            }
        } else if byte == b'=' && count >= 2 {
            flush(&mut out, bits, count);
            (bits, count) = (0, 0);
            if !looked && !more_base64(&body[at..]) {
                return out;
            }
            looked = true;
        }
    }
    flush(&mut out, bits, count);
    out
}

/// Whether an empty line comes next and then something that is not base64: what a list or a virus scanner put below.
fn is_footer(rest: &[u8]) -> bool {
    let Some(below) = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")) else { return false };
    let line = below.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let line = &line[..line.len().min(1_000)];
    line.iter().any(|&byte| sextet(byte).is_none() && byte != b'=' && !byte.is_ascii_whitespace())
}

fn flush(out: &mut Vec<u8>, bits: u32, count: u32) {
    match count {
        2 => out.push((bits >> 4) as u8),
        3 => out.extend_from_slice(&[(bits >> 10) as u8, (bits >> 2) as u8]),
        _ => {}
    }
}

/// Whether what follows the first padding is base64 to its end.
fn more_base64(rest: &[u8]) -> bool {
    let start = rest.iter().position(|&byte| byte != b'=').unwrap_or(rest.len());
    let bytes = rest[start..].iter().filter(|byte| !byte.is_ascii_whitespace());
    let mut count = 0_usize;
    for &byte in bytes {
        if sextet(byte).is_none() && byte != b'=' {
            return false;
        }
        count += 1;
    }
    count > 0 && count.is_multiple_of(4)
}

fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let hex = |byte: u8| (byte as char).to_digit(16).map(|digit| digit as u8);
    let mut out = Vec::with_capacity(body.len());
    let mut at = 0;
    while at < body.len() {
        let byte = body[at];
        at += 1;
        if byte != b'=' {
            out.push(byte);
            continue;
        }
        if let (Some(high), Some(low)) = (body.get(at).copied().and_then(hex), body.get(at + 1).copied().and_then(hex))
        {
            out.push(high << 4 | low);
            at += 2;
            continue;
        }
        // A soft line break, with blanks that a server may have put behind it.
        let blanks = body[at..].iter().take(80).take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
        match body.get(at + blanks) {
            Some(b'\n') => at += blanks + 1,
            None => at += blanks,
            Some(_) => out.push(b'='),
        }
    }
    out
}

/// A file as uuencode writes it: its name, and its bytes.
pub(super) fn uuencoded(text: &[u8]) -> Option<(String, Vec<u8>)> {
    let mut lines = text.split(|&byte| byte == b'\n').skip_while(|line| !is_begin(line));
    let name = String::from_utf8_lossy(lines.next()?.get(10..)?).trim().to_owned();
    let mut out = Vec::new();
    for line in lines {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line == b"end" {
            return Some((name, out));
        }
        let Some((&first, rest)) = line.split_first() else { continue };
        let length = usize::from(first.wrapping_sub(32) & 63);
        let start = out.len();
        for group in rest.chunks(4) {
            let bits = (0..4).fold(0_u32, |bits, i| {
                bits << 6 | u32::from(group.get(i).copied().unwrap_or(b' ').wrapping_sub(32) & 63)
            });
            out.extend_from_slice(&bits.to_be_bytes()[1..]);
        }
        out.resize(out.len().min(start + length), 0);
    }
    // Without its end it is not a file but a text that looks like one.
    None
}

/// `begin 644 name`.
pub(super) fn is_begin(line: &[u8]) -> bool {
    line.strip_prefix(b"begin ").is_some_and(|rest| {
        rest.len() > 4 && rest[..3].iter().all(|byte| (b'0'..=b'7').contains(byte)) && rest[3] == b' '
    })
}

/// Text in a charset; one that is not named or not known is guessed: UTF-8 when it is that, else Western Europe's.
pub(super) fn charset(name: Option<&str>, bytes: &[u8]) -> String {
    if let Some(text) = marked(bytes) {
        return text;
    }
    let name = name.unwrap_or_default().trim().trim_matches(['"', '\'']).to_ascii_lowercase();
    let stateful =
        name.starts_with("iso-2022") || name.starts_with("utf-16") || name.starts_with("utf-7") || name == "hz-gb-2312";
    match std::str::from_utf8(bytes) {
        // Whatever it calls itself: text with letters beyond ASCII that is valid UTF-8 is UTF-8 but for a freak of chance,
        // and where it is ASCII most charsets agree.
        Ok(text)
            if !stateful
                && (name.is_empty()
                    || text.is_ascii()
                    || matches!(
                        name.as_str(),
                        "utf-8" | "utf8" | "us-ascii" | "ascii" | "unknown-8bit" | "x-unknown"
                    )) =>
        {
            return text.to_owned();
        }
        Ok(text) if !stateful && charset_decoder(name.as_bytes()).is_none() => return text.to_owned(),
        _ => {}
    }
    if matches!(name.as_str(), "utf-8" | "utf8") {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    if matches!(name.as_str(), "utf-7" | "utf7" | "unicode-1-1-utf-7") {
        return utf7(bytes);
    }
    match charset_decoder(name.as_bytes()) {
        Some(decode) if !matches!(name.as_str(), "us-ascii" | "ascii") => decode(bytes),
        _ => western(bytes),
    }
}

/// RFC 2152; `mail-parser` loses the character that ends a run of base64.
fn utf7(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        at += 1;
        if byte != b'+' {
            out.push(if byte.is_ascii() { byte as char } else { '\u{fffd}' });
            continue;
        }
        let run = bytes[at..].iter().take_while(|&&byte| sextet(byte).is_some()).count();
        let words: Vec<u16> =
            base64(&bytes[at..at + run]).chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
        out.extend(char::decode_utf16(words).map(|c| c.unwrap_or('\u{fffd}')));
        at += run;
        if bytes.get(at) == Some(&b'-') {
            at += 1;
            if run == 0 {
                out.push('+');
            }
        }
    }
    out
}

/// A byte order mark says more than a header.
fn marked(bytes: &[u8]) -> Option<String> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return Some(String::from_utf8_lossy(rest).into_owned());
    }
    let name = match bytes.get(..2)? {
        b"\xff\xfe" => "utf-16le",
        b"\xfe\xff" => "utf-16be",
        _ => return None,
    };
    charset_decoder(name.as_bytes()).map(|decode| decode(&bytes[2..]))
}

/// Windows-1252, which is also what most mean by ISO-8859-1.
pub(super) fn western(bytes: &[u8]) -> String {
    charset_decoder(b"windows-1252").map_or_else(|| String::from_utf8_lossy(bytes).into_owned(), |decode| decode(bytes))
}
