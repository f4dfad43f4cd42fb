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
