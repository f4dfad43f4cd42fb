//! Instants as RFC 3339 in a zone, with milliseconds where there are any, straight into a buffer.

use domain::time::Instant;
use domain::zone::Zone;

pub(super) fn write(zone: &Zone, at: Instant, out: &mut Vec<u8>) {
    let offset = zone.offset_at(at);
    if offset % 60 != 0 {
        // An offset with seconds (Liberia until 1972) cannot be written; UTC says the same instant.
        return write(&Zone::default(), at, out);
    }
    let civil = zone.civil(at);
    if civil.year > 9_999 && offset != 0 {
        // Four digits have no room for the last New Year's Day east of Greenwich, while at Greenwich it is still 9999.
        return write(&Zone::default(), at, out);
    }
    digits(civil.year.unsigned_abs().into(), 4, out);
    for (before, number) in
        [(b'-', civil.month), (b'-', civil.day), (b'T', civil.hour), (b':', civil.minute), (b':', civil.second)]
    {
        out.push(before);
        digits(number.into(), 2, out);
    }
    let millis = at.0.rem_euclid(1_000).unsigned_abs();
    if millis != 0 {
        out.push(b'.');
        digits(millis, 3, out);
    }
    out.push(if offset < 0 { b'-' } else { b'+' });
    digits((offset.unsigned_abs() / 3_600).into(), 2, out);
    out.push(b':');
    digits((offset.unsigned_abs() / 60 % 60).into(), 2, out);
}

/// `number` in decimal, with zeros in front up to `width` digits.
pub(super) fn digits(number: u64, width: usize, out: &mut Vec<u8>) {
    let mut text = [b'0'; 20];
    let mut left = number;
    let mut at = text.len();
    while left > 0 || text.len() - at < width {
        at -= 1;
        text[at] = b'0' + (left % 10) as u8;
        left /= 10;
    }
    out.extend_from_slice(&text[at..]);
}
