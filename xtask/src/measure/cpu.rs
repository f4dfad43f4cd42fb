//! Processor time of the server per page of Requests, and how long each takes.

use std::{
    fs,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail, ensure};

use super::http::{Connection, form, get};
use crate::{
    TARGET,
    report::Outcome,
    serve::{Server, binary, free_address},
    site::Mode,
};

/// Requests per measurement: enough that the kernel's hundredths of a second say something.
const REQUESTS: usize = 1_000;
/// The budget: processor time per page with 50 rows.
const MOST_MILLISECONDS: f64 = 2.0;
const ROWS: usize = 50;
const PAGE: &str = "/requests";

pub(crate) fn cpu() -> Result<Outcome> {
    let data = TARGET.join("measure-data");
    if data.exists() {
        fs::remove_dir_all(&data)?;
    }
    let server = Server::start(&binary(), &data, Mode::Release, &free_address()?)?;
    let cookie = sign_in(&server.address, "anna@acme.example", "welcome-to-loket")?;
    let mut page = get(&server.address, PAGE, &[("cookie", &cookie)])?;
    for number in rows(&page.text())..ROWS {
        raise(&server.address, &cookie, number)?;
        page = get(&server.address, PAGE, &[("cookie", &cookie)])?;
    }
    ensure!(page.status == 200, "{PAGE} answered {} (location {:?})", page.status, page.header("location"));
    let rows = rows(&page.text());
    println!("{PAGE}: {} bytes of HTML, {rows} rows", page.body.len());

    println!(
        "{:>12} {:>10} {:>14} {:>9} {:>9} {:>9}",
        "connections", "requests", "ms CPU each", "p50 ms", "p99 ms", "worst ms"
    );
    let mut worst: f64 = 0.0;
    for connections in [1, 16] {
        load(&server.address, &cookie, connections, REQUESTS / 5)?;
        let before = processor_time(server.id())?;
        let mut took = load(&server.address, &cookie, connections, REQUESTS)?;
        let spent = processor_time(server.id())?.saturating_sub(before);
        took.sort();
        let each = milliseconds(spent) / took.len() as f64;
        let at = |share: usize| milliseconds(took[(took.len() - 1) * share / 100]);
        println!("{connections:>12} {:>10} {each:>14.2} {:>9.2} {:>9.2} {:>9.2}", took.len(), at(50), at(99), at(100));
        worst = worst.max(each);
    }
    let note = format!("{worst:.2} ms of CPU per page with {rows} rows, of at most {MOST_MILLISECONDS} ms");
    ensure!(rows >= ROWS, "the page shows {rows} rows only, {ROWS} are wanted: {note}");
    if worst > MOST_MILLISECONDS {
        bail!("{note}");
    }
    println!("{note}");
    Ok(Outcome::held(note))
}

/// How many tickets the page links to.
fn rows(html: &str) -> usize {
    let keys = html.split("href=\"/requests/").skip(1).filter_map(|rest| rest.split(['"', '?', '#']).next());
    keys.filter(|key| key.contains('-') && !key.contains('/')).collect::<std::collections::BTreeSet<_>>().len()
}

/// Sends so many requests over so many connections at once; how long each took.
fn load(address: &str, cookie: &str, connections: usize, requests: usize) -> Result<Vec<Duration>> {
    let worker = || -> Result<Vec<Duration>> {
        let mut connection = Connection::open(address)?;
        // As Chromium sends it, so that compressing the page is part of the cost.
        let headers = [("cookie", cookie), ("accept-encoding", "gzip, deflate, br, zstd")];
        (0..requests / connections)
            .map(|_| {
                let started = Instant::now();
                let answer = connection.send("GET", PAGE, &headers, &[])?;
                ensure!(answer.status == 200, "{PAGE} answered {}", answer.status);
                Ok(started.elapsed())
            })
            .collect()
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..connections).map(|_| scope.spawn(worker)).collect();
        let mut took = Vec::new();
        for worker in workers {
            took.extend(worker.join().map_err(|_| anyhow::anyhow!("a worker panicked"))??);
        }
        Ok(took)
    })
}

/// Signs in as the form on the page without JavaScript does.
fn sign_in(address: &str, email: &str, password: &str) -> Result<String> {
    let page = get(address, "/login", &[])?;
    let html = page.text();
    let html = html
        .split("<form")
        .find(|form| form.contains("type=\"password\""))
        .context("/login has a form with a password")?;
    let action = attribute(html, "action").unwrap_or("/login").to_owned();
    let mut fields = Vec::new();
    for input in html.split("<input").skip(1) {
        let input = input.split('>').next().unwrap_or_default();
        let Some(name) = attribute(input, "name") else { continue };
        let value = match attribute(input, "type").unwrap_or("text") {
            "password" => password,
            "hidden" => attribute(input, "value").unwrap_or_default(),
            "checkbox" | "submit" => continue,
            _ => email,
        };
        fields.push((name.to_owned(), value.to_owned()));
    }
    let origin = format!("http://{address}");
    let before = page.cookies();
    let mut headers = vec![
        ("content-type", "application/x-www-form-urlencoded"),
        ("origin", origin.as_str()),
        ("accept", "text/html"),
    ];
    if !before.is_empty() {
        headers.push(("cookie", &before));
    }
    let answer = Connection::open(address)?.send("POST", &action, &headers, form(&fields).as_bytes())?;
    let cookies = answer.cookies();
    ensure!(
        !cookies.is_empty(),
        "signing in at {action} answered {} and set no cookie: {}",
        answer.status,
        answer.text()
    );
    Ok(cookies)
}

/// Raises a ticket as the form on the page does, without JavaScript.
fn raise(address: &str, cookie: &str, number: usize) -> Result<()> {
    let page = get(address, "/requests/new/question", &[("cookie", cookie)])?.text();
    let form = page.split("<form").find(|form| form.contains("name=\"nonce\"")).context("the form has a nonce")?;
    let action = attribute(form, "action").context("the form has an action")?;
    let hidden = form.split("<input").skip(1).filter(|input| input.contains("type=\"hidden\""));
    let hidden = hidden.filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value")?)));
    let subject = format!("Question {number} about the export of the ward list");
    let typed = [
        ("subject", subject.as_str()),
        ("description", "Which columns does it have, and in which order?"),
        ("priority", ["low", "medium", "high"][number % 3]),
    ];
    const BOUNDARY: &str = "loket-measure-boundary";
    let mut body = String::new();
    for (name, value) in hidden.chain(typed) {
        body += &format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    body += &format!("--{BOUNDARY}--\r\n");
    let (origin, kind) = (format!("http://{address}"), format!("multipart/form-data; boundary={BOUNDARY}"));
    let headers = [("content-type", kind.as_str()), ("origin", &origin), ("cookie", cookie), ("accept", "text/html")];
    let answer = Connection::open(address)?.send("POST", action, &headers, body.as_bytes())?;
    ensure!(answer.status < 400, "{action} answered {}: {}", answer.status, answer.text());
    Ok(())
}

/// The value of an attribute in the text of a tag. Good enough for pages of our own.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

/// Processor time of a process so far, in user mode and in the kernel.
fn processor_time(process: u32) -> Result<Duration> {
    let text = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name of the program, in parentheses, may hold spaces.
    let (_, rest) = text.rsplit_once(')').context("/proc/…/stat")?;
    let ticks: u64 = rest.split_whitespace().skip(11).take(2).map(|field| field.parse::<u64>().unwrap_or(0)).sum();
    // The kernel counts in hundredths of a second for programs, on every machine that Linux runs on today.
    Ok(Duration::from_millis(ticks * 10))
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
