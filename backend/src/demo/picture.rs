//! The files of the demonstration, made here: a small picture and two logs.

/// Two identical labels side by side, 240 × 96, one byte a pixel (PNG, RFC 2083).
pub(super) fn labels() -> Vec<u8> {
    const WIDTH: usize = 240;
    const HEIGHT: usize = 96;
    let mut rows = Vec::with_capacity((WIDTH + 1) * HEIGHT);
    for y in 0..HEIGHT {
        // Filter type 0: the bytes as they are.
        rows.push(0);
        for x in 0..WIDTH {
            rows.push(pixel(x, y));
        }
    }
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = Vec::new();
    head.extend((WIDTH as u32).to_be_bytes());
    head.extend((HEIGHT as u32).to_be_bytes());
    // Eight bits of grey, no interlacing.
    head.extend([8, 0, 0, 0, 0]);
    chunk(&mut png, b"IHDR", &head);
    chunk(&mut png, b"IDAT", &zlib(&rows));
    chunk(&mut png, b"IEND", &[]);
    png
}

/// A label is white on a grey table, with lines of print and a bar code.
fn pixel(x: usize, y: usize) -> u8 {
    let (x, y) = (x % 120, y);
    let on_label = (8..112).contains(&x) && (10..86).contains(&y);
    if !on_label {
        return 196;
    }
    let print = match y {
        18..=21 => x < 78 && x > 14,
        27..=29 => x < 96 && x > 14 && x % 9 != 0,
        34..=36 => x < 66 && x > 14 && x % 7 != 0,
        46..=76 => (16..104).contains(&x) && matches!((x * 37 / 3) % 11, 0..=4),
        _ => false,
    };
    if print { 24 } else { 255 }
}

fn chunk(png: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    png.extend((data.len() as u32).to_be_bytes());
    let start = png.len();
    png.extend(kind);
    png.extend(data);
    let sum = crc32(&png[start..]);
    png.extend(sum.to_be_bytes());
}

/// Deflate without compression (RFC 1950, RFC 1951): the picture is small, a compressor is not.
fn zlib(data: &[u8]) -> Vec<u8> {
    const BLOCK: usize = 65_535;
    let mut out = vec![0x78, 0x01];
    let mut blocks = data.chunks(BLOCK).peekable();
    while let Some(block) = blocks.next() {
        let length = block.len() as u16;
        out.push(u8::from(blocks.peek().is_none()));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(block);
    }
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in data {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    out.extend(((b << 16) | a).to_be_bytes());
    out
}

fn crc32(data: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in data {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
        }
    }
    !crc
}

/// A batch that is refused.
pub(super) fn batch_log() -> String {
    let mut log = String::from("batch 1200 of today, 2318 lines, 4 files\n");
    for (minute, text) in [
        (0, "upload started"),
        (1, "upload complete, 2318 lines"),
        (1, "checking signatures: 2 of 2 valid"),
        (2, "sent to clearing house"),
        (6, "clearing house: REJECTED code=4012 scope=batch"),
        (6, "no lines were booked"),
        (7, "retry 1: REJECTED code=4012 scope=batch"),
        (12, "retry 2: REJECTED code=4012 scope=batch"),
        (12, "giving up, operator is asked"),
    ] {
        log.push_str(&format!("12:{minute:02} {text}\n"));
    }
    log
}

/// A card reader that is not known any more.
pub(super) fn reader_log() -> String {
    let mut log = String::from("card reader, firmware 4.2.1\n");
    for second in [4, 9, 14, 31, 36, 41] {
        log.push_str(&format!(
            "+{second:02}s card seen, asking gateway\n+{second:02}s gateway: unknown device (trust expired)\n"
        ));
    }
    log.push_str("+41s offline mode: emergency code is accepted\n");
    log
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_sums_are_those_of_the_standards() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(&zlib(b"abc")[10..], &[0x02, 0x4D, 0x01, 0x27][..], "ends in the Adler-32 sum of \"abc\"");
    }
}
