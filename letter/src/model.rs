//! What is known of a letter once it has been read. Data and what follows from it alone; reading is in [`crate::read`].

/// A person's name, as they write it, and their address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mailbox {
    /// Without control and direction characters; may be empty.
    pub name: String,
    /// In lower case.
    pub address: String,
}

impl Mailbox {
    /// What stands behind the `@`; empty when there is none.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.address.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

/// A letter. Ids are without their angle brackets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    pub message_id: Option<String>,
    pub in_reply_to: Vec<String>,
    pub references: Vec<String>,
    /// The only address of `From`; none when it names nobody. Of several the first, and then nobody vouches for it.
    pub from: Option<Mailbox>,
    /// Whether `From` names more than one, or stands there twice: nobody can tell who wrote.
    pub from_several: bool,
    pub sender: Option<Mailbox>,
    pub reply_to: Vec<Mailbox>,
    /// `Some("")` is the empty path of bounces.
    pub return_path: Option<String>,
    /// Everywhere it was sent to, in lower case and each once: first what mail servers noted (Delivered-To, X-Original-To,
    /// Envelope-To), then To and Cc. What LMTP said is not here.
    pub recipients: Vec<String>,
    /// On one line.
    pub subject: String,
    /// Unix milliseconds, as the sender's clock says.
    pub sent_at: Option<i64>,
    /// What the person wrote now, as plain text with `\n`. Images within it are `[image: name]`.
    pub said: String,
    /// What they quoted and signed with: kept, folded away.
    pub history: String,
    /// In the order of the message, with names that are safe and differ from each other.
    pub files: Vec<File>,
    /// Set when no person wrote this.
    pub automatic: Option<Automatic>,
    /// `Authentication-Results` from top to bottom; see [`Letter::vouched`].
    pub results: Vec<Vouched>,
    /// Encrypted: what it says is in its files only.
    pub sealed: Option<Sealed>,
    /// The same for the same message each time it is delivered, and only then: Message-ID, and a short hash of what was written.
    pub identity: String,
}

/// How a letter is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sealed {
    Pgp,
    Smime,
}

/// A file that came with a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// No path, no control or direction characters, at most 120 characters.
    pub name: String,
    /// `image/png`; lower case, without parameters.
    pub media_type: String,
    pub bytes: Vec<u8>,
    /// Of an image in the text, without brackets.
    pub content_id: Option<String>,
    /// Meant to be seen in the text rather than beside it.
    pub inline: bool,
}

/// Mail that no person wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Automatic {
    pub kind: Kind,
    /// The header, and for most its value, that says so; for people who look after Loket.
    pub why: String,
    /// Of a bounce: one for each address it is about. May be empty for a bounce that says too little.
    pub dsns: Vec<Dsn>,
}

/// What kind of automatic mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An answer of a machine: on holiday, received in good order.
    Reply,
    /// A mail server tells what became of one of our mails.
    Bounce,
    /// A mailing list or a bulk mailing.
    List,
    /// One of our own mails, or of another Loket.
    Own,
}

impl Kind {
    /// As it is stored.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Bounce => "bounce",
            Self::List => "list",
            Self::Own => "own",
        }
    }
}

/// What became of a mail for one address (RFC 3464).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dsn {
    /// In lower case.
    pub final_recipient: String,
    pub action: Action,
    /// `5.1.1`; empty when the report has none.
    pub status: String,
    /// What the other server said, on one line, shortened.
    pub diagnostic: String,
    /// Of the mail that came back, without brackets.
    pub original_message_id: Option<String>,
}

impl Dsn {
    /// It will not work later either: the address is wrong or gone.
    #[must_use]
    pub fn is_hard(&self) -> bool {
        self.action == Action::Failed && !self.status.starts_with('4')
    }
}

/// What a server did with a mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Action {
    #[default]
    Failed,
    Delayed,
    Delivered,
    Relayed,
    Expanded,
}

/// One `Authentication-Results` header (RFC 8601).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vouched {
    /// Who says so (authserv-id), in lower case.
    pub authority: String,
    pub checks: Vec<Check>,
    /// How many `Received` headers stand above it: what stands deeper was there before the last server had the message.
    pub received_above: usize,
}

/// One check of such a header: `dkim=pass header.d=example.com`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Check {
    /// `spf`, `dkim`, `dmarc`; in lower case, as the result.
    pub method: String,
    pub result: String,
    /// `header.d` and `example.com`, in lower case.
    pub properties: Vec<(String, String)>,
}

/// What an authority says about who wrote a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It really comes from the domain of its `From`.
    Pass,
    /// It was looked at, and it does not.
    Fail,
    /// The authority says nothing, or nothing about this domain.
    Unknown,
}
