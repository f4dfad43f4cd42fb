//! Just enough of a browser without JavaScript: signs in and sends forms.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};

/// Sends one request and gives status, headers and what follows, as they came.
///
/// # Errors
/// When there is no whole answer.
fn exchange(port: u16, request: &str) -> Result<(u16, String)> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let status = answer.split(' ').nth(1).and_then(|number| number.parse().ok());
    Ok((status.with_context(|| format!("not HTTP: {answer}"))?, answer))
}

/// Whether the server says that it works.
#[must_use]
pub fn answers(port: u16) -> bool {
    let request = format!("GET /readyz HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nconnection: close\r\n\r\n");
    exchange(port, &request).is_ok_and(|(status, _)| status == 200)
}

/// Someone who is signed in.
pub struct Visitor {
    port: u16,
    cookie: String,
}

impl Visitor {
    /// # Errors
    /// When the server does not let them in.
    pub fn sign_in(port: u16, email: &str, password: &str) -> Result<Self> {
        let stranger = Self { port, cookie: String::new() };
        let form = format!("email={}&password={password}", email.replace('@', "%40").replace('+', "%2B"));
        let answer = stranger.post("/api/account/sign_in", "application/x-www-form-urlencoded", &form)?;
        let cookies = answer.lines().filter_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("set-cookie").then(|| value.split(';').next().unwrap_or_default().to_owned())
        });
        let cookie = cookies.collect::<Vec<_>>().join("; ");
        ensure!(!cookie.is_empty(), "no cookie for {email}: {answer}");
        Ok(Self { port, cookie })
    }

    /// Sends a form that has no files.
    ///
    /// # Errors
    /// When it is refused.
    pub fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Result<()> {
        let encode = |text: &str| -> String {
            let letters = text.bytes().map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
                _ => format!("%{byte:02X}"),
            });
            letters.collect()
        };
        let form = fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>();
        self.post(path, "application/x-www-form-urlencoded", &form.join("&")).map(drop)
    }

    /// Sends a form that could have files.
    ///
    /// # Errors
    /// When it is refused.
    pub fn submit_multipart(&self, path: &str, fields: &[(&str, &str)]) -> Result<()> {
        let mut body = String::new();
        for (name, value) in fields {
            body.push_str(&format!("--EDGE\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
        }
        body.push_str("--EDGE--\r\n");
        self.post(path, "multipart/form-data; boundary=EDGE", &body).map(drop)
    }

    fn post(&self, path: &str, kind: &str, body: &str) -> Result<String> {
        let Self { port, cookie } = self;
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\norigin: http://127.0.0.1:{port}\r\ncookie: {cookie}\r\n\
             accept: application/json\r\nconnection: close\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        let (status, answer) = exchange(*port, &request)?;
        ensure!((200..300).contains(&status), "{path} answers {answer}");
        Ok(answer)
    }
}
