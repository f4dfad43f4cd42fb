//! A mail that arrived, as the mail program of its reader understands it.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use mail_parser::{HeaderValue, MessageParser};

#[derive(Clone, Debug, Default)]
pub struct Letter {
    pub path: PathBuf,
    pub raw: String,
    pub message_id: String,
    pub in_reply_to: String,
    pub references: Vec<String>,
    pub subject: String,
    /// Name and address.
    pub from: (String, String),
    /// The address that an answer goes to.
    pub reply_to: String,
    pub auto_submitted: String,
    pub text: String,
    pub html: String,
}

impl Letter {
    /// # Errors
    /// When no mail program would understand it.
    pub fn read(path: &Path) -> Result<Self> {
        let bytes = std::fs::read(path)?;
        let message = MessageParser::default().parse(&bytes).context("not a message")?;
        let address = |value: Option<&mail_parser::Address<'_>>| {
            let first = value.and_then(|list| list.first());
            let part = |part: Option<&str>| part.unwrap_or_default().to_owned();
            first.map(|one| (part(one.name()), part(one.address()))).unwrap_or_default()
        };
        let ids = |value: &HeaderValue<'_>| -> Vec<String> {
            value.as_text_list().unwrap_or_default().iter().map(ToString::to_string).collect()
        };
        let from = address(message.from());
        let reply_to = address(message.reply_to()).1;
        Ok(Self {
            path: path.to_owned(),
            message_id: message.message_id().unwrap_or_default().to_owned(),
            in_reply_to: ids(message.in_reply_to()).concat(),
            references: ids(message.references()),
            subject: message.subject().unwrap_or_default().to_owned(),
            reply_to: if reply_to.is_empty() { from.1.clone() } else { reply_to },
            from,
            auto_submitted: message.header_raw("Auto-Submitted").unwrap_or_default().trim().to_owned(),
            text: message.body_text(0).unwrap_or_default().into_owned(),
            html: message.body_html(0).unwrap_or_default().into_owned(),
            raw: String::from_utf8_lossy(&bytes).into_owned(),
        })
    }

    /// A header's text as it stands there; empty when there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> String {
        let message = MessageParser::default().parse(self.raw.as_bytes());
        message.and_then(|message| Some(message.header_raw(name)?.trim().to_owned())).unwrap_or_default()
    }
}

/// All mails of a folder of Postfix and Dovecot, oldest first.
///
/// # Errors
/// When one cannot be read.
pub fn read_folder(folder: &Path) -> Result<Vec<Letter>> {
    let mut letters = Vec::new();
    for part in ["new", "cur"] {
        let Ok(files) = std::fs::read_dir(folder.join(part)) else { continue };
        for file in files {
            let path = file?.path();
            letters.push((std::fs::metadata(&path)?.modified()?, Letter::read(&path)?));
        }
    }
    letters.sort_by(|(one, a), (other, b)| (one, &a.path).cmp(&(other, &b.path)));
    Ok(letters.into_iter().map(|(_, letter)| letter).collect())
}
