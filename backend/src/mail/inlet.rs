//! The doors through which mail comes in: a listener that mail servers deliver to ([`lmtp`]) and a mailbox that is fetched
//! from ([`imap`]). Both end in `desk::mail::receive`, and say yes only after it. The third door, a pipe, is a command.

use crate::Error;

/// Whether a mailbox can be fetched from that address; an empty one is none.
///
/// # Errors
/// In words for whoever configures it.
pub fn check_imap(_url: &str) -> Result<(), Error> {
    Ok(())
}
