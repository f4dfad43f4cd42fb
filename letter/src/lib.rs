//! Letters: what an e-mail says, read from its bytes ([`read`]), and one of ours as bytes ([`write`]). Pure: no I/O, no
//! clock, no randomness, no database. What becomes of a letter is decided in `backend::desk::mail`.

mod model;
mod read;
mod refusal;
mod write;

pub use model::{Action, Automatic, Check, Dsn, File, Kind, Letter, Mailbox, Sealed, Verdict, Vouched};
pub use read::read;
pub use refusal::{Limits, Refusal};
pub use write::{Outgoing, Unwritable, write};

/// The line that stands on top of our mails, per language: what comes after it is not part of an answer. Write it exactly
/// so, alone on its line; [`read`] finds it again in whatever way a mail program has quoted it.
pub const REPLY_ABOVE: [(&str, &str); 2] =
    [("en", "##- Please type your reply above this line -##"), ("nl", "##- Typ uw antwoord boven deze regel -##")];

/// The marker line of a language; English for one we do not have.
#[must_use]
pub fn reply_above(language: &str) -> &'static str {
    REPLY_ABOVE.iter().find(|(of, _)| *of == language).map_or(REPLY_ABOVE[0].1, |(_, line)| line)
}
