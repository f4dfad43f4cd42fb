//! Just enough of an HTTP client to measure with: one connection, kept open, no compression, no surprises.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

use anyhow::{Context as _, Result, bail, ensure};

/// What the server answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// `name=value` of every cookie that was set, as a request sends them back.
    pub(crate) fn cookies(&self) -> String {
        let set = self.headers.iter().filter(|(key, _)| key.eq_ignore_ascii_case("set-cookie"));
        set.filter_map(|(_, value)| value.split(';').next()).collect::<Vec<_>>().join("; ")
    }
}

/// A connection that is kept open between requests.
pub(crate) struct Connection {
    address: String,
    stream: BufReader<TcpStream>,
}

impl Connection {
    pub(crate) fn open(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(Self { address: address.to_owned(), stream: BufReader::new(stream) })
    }

    /// Sends one request and reads the whole answer.
    pub(crate) fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<Answer> {
        let mut request = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\n", self.address);
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        if method != "GET" {
            request.push_str(&format!("content-length: {}\r\n", body.len()));
        }
        request.push_str("\r\n");
        let mut bytes = request.into_bytes();
        bytes.extend_from_slice(body);
        self.stream.get_mut().write_all(&bytes)?;
        self.read().with_context(|| format!("{method} {path}"))
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        ensure!(self.stream.read_line(&mut line)? > 0, "the connection was closed");
        Ok(line.trim_end().to_owned())
    }

    fn read(&mut self) -> Result<Answer> {
        let status = self.line()?;
        let status = status
            .split(' ')
            .nth(1)
            .and_then(|number| number.parse().ok())
            .with_context(|| format!("not HTTP: {status}"))?;
        let mut answer = Answer { status, headers: Vec::new(), body: Vec::new() };
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(':') else { break };
            answer.headers.push((name.to_owned(), value.trim().to_owned()));
        }
        if let Some(length) = answer.header("content-length") {
            answer.body = vec![0; length.parse()?];
            self.stream.read_exact(&mut answer.body)?;
        } else if answer.header("transfer-encoding") == Some("chunked") {
            loop {
                let size = self.line()?;
                let mut chunk =
                    vec![0; usize::from_str_radix(&size, 16).with_context(|| format!("a chunk of size {size}"))?];
                self.stream.read_exact(&mut chunk)?;
                self.line()?;
                if chunk.is_empty() {
                    break;
                }
                answer.body.append(&mut chunk);
            }
        } else if status != 204 && status != 304 {
            bail!("an answer without a length");
        }
        Ok(answer)
    }
}

/// One request on a connection of its own.
pub(crate) fn get(address: &str, path: &str, headers: &[(&str, &str)]) -> Result<Answer> {
    Connection::open(address)?.send("GET", path, headers, &[])
}

/// `application/x-www-form-urlencoded`.
pub(crate) fn form(fields: &[(String, String)]) -> String {
    let encode = |text: &str| -> String {
        let letters = text.bytes().map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        });
        letters.collect()
    };
    fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>().join("&")
}
