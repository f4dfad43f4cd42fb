//! The only door through which randomness comes in.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::Error;

/// `N` random bytes from the operating system.
///
/// # Errors
/// [`Error::Internal`] when the operating system has none.
pub fn bytes<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    Ok(bytes)
}

/// A token of `N` random bytes, in the letters of base64url.
///
/// # Errors
/// [`Error::Internal`] when the operating system has no randomness.
pub fn token<const N: usize>() -> Result<String, Error> {
    Ok(URL_SAFE_NO_PAD.encode(bytes::<N>()?))
}

/// A token of `N` random bytes, in the letters of base32 (RFC 4648) in lower case: for names that are spelled without regard
/// to case, as parts of mail addresses are.
///
/// # Errors
/// [`Error::Internal`] when the operating system has no randomness.
pub fn base32<const N: usize>() -> Result<String, Error> {
    const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let bytes = bytes::<N>()?;
    let mut text = String::with_capacity(N * 2);
    let (mut held, mut bits) = (0_u32, 0);
    for byte in bytes {
        held = held << 8 | u32::from(byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(LETTERS[(held >> bits & 31) as usize]));
        }
    }
    if bits > 0 {
        text.push(char::from(LETTERS[(held << (5 - bits) & 31) as usize]));
    }
    Ok(text)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    #[test]
    fn tokens_of_sixteen_bytes_have_twenty_six_letters_and_differ() {
        let (one, other) = (super::base32::<16>().unwrap(), super::base32::<16>().unwrap());
        assert_eq!((one.len(), other.len()), (26, 26));
        assert_ne!(one, other);
        assert!(one.bytes().all(|b| b.is_ascii_lowercase() || (b'2'..=b'7').contains(&b)), "{one}");
    }
}
