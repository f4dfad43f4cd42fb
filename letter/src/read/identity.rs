//! What makes a message the same when it is delivered twice, and another when only its Message-ID is the same.

use sha2::{Digest, Sha256};

use super::field::Head;

/// Message-ID, a colon, and a hash over From, Subject, Date and the body. What servers add on the way, how they end lines and
/// what they leave at the end does not count.
pub(super) fn identity(message_id: Option<&str>, head: &Head, body: &[u8]) -> String {
    let mut hash = Sha256::new();
    for name in ["from", "subject", "date"] {
        for field in head.all(name) {
            let value = field.raw().split_whitespace().collect::<Vec<_>>().join(" ");
            hash.update(value.as_bytes());
            hash.update([0]);
        }
        hash.update([1]);
    }
    for line in body.trim_ascii_end().split(|&byte| byte == b'\n') {
        hash.update(line.trim_ascii_end());
        hash.update(b"\n");
    }
    let digest = hash.finalize();
    let mut out = String::from(message_id.unwrap_or_default());
    out.push(':');
    for byte in digest.iter().take(16) {
        for half in [byte >> 4, byte & 15] {
            out.push(char::from_digit(u32::from(half), 16).expect("four bits are a digit"));
        }
    }
    out
}
