//! `doctor`: tries what the server will need, and says what does not work. Changes nothing.

use std::io::{Write as _, stdout};
use std::path::Path;
use std::process::ExitCode;

use backend::store::{self, Condition};

use crate::assets::{self, Assets};
use crate::config::Config;

pub(super) async fn run(config: Config) -> anyhow::Result<ExitCode> {
    let mut all_well = true;
    let mut report = |what: &str, result: Result<String, String>| {
        let (mark, text) = match &result {
            Ok(text) => ("ok     ", text),
            Err(text) => ("FAILED ", text),
        };
        all_well &= result.is_ok();
        writeln!(stdout(), "{mark} {what}: {text}")
    };
    let data = config.backend.data.clone();
    report(
        "data folder",
        writable(&data).map(|()| data.display().to_string()).map_err(|error| format!("{}: {error}", data.display())),
    )?;
    // Without the password that may be in it.
    let kind = config.backend.database_url.split(':').next().unwrap_or_default().to_owned();
    let database = match store::look(&config.backend.database_url).await {
        Ok(Condition::New) => Ok("empty: the first start fills it"),
        Ok(Condition::Older) => Ok("of an older version: `loket migrate` or the next start brings it up to date"),
        Ok(Condition::UpToDate) => Ok("up to date"),
        Ok(Condition::Newer) => Err("of a newer version than this program".to_owned()),
        Err(error) => Err(error.to_string()),
    };
    report("database", database.map(|text| format!("{kind}, {text}")))?;
    let folder = assets::folder(config.site.as_deref());
    let assets =
        Assets::load(&folder, false).map(|_| folder.display().to_string()).map_err(|error| format!("{error:#}"));
    report("browser's half", assets)?;
    report("mail", backend::mail::check(&config.backend).await)?;
    report("mail in", backend::mail::inlet::check(&config.backend.mail_in).await)?;
    let base_url = config.backend.base_url.clone();
    let safe = base_url.starts_with("https://") || config.listen.ip().is_loopback();
    report(
        "base URL",
        if safe { Ok(base_url) } else { Err(format!("{base_url} is not https: passwords travel in the open")) },
    )?;
    // TLS in front of a loopback address is a proxy's.
    let hidden = config.backend.base_url.starts_with("https://") && config.listen.ip().is_loopback();
    report(
        "proxy",
        match (hidden, config.behind_proxy) {
            (true, false) => {
                Err("LOKET_BEHIND_PROXY is not set: everyone has the proxy's address, and fifty wrong passwords \
                 by anyone keep everybody out for a quarter of an hour"
                    .to_owned())
            }
            (_, true) => Ok("its X-Forwarded-For is believed".to_owned()),
            (false, false) => Ok("none".to_owned()),
        },
    )?;
    report(
        "clock",
        if config.backend.clock_is_set {
            Err("LOKET_CLOCK is set: times are not real".to_owned())
        } else {
            Ok("the computer's".to_owned())
        },
    )?;
    Ok(if all_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn writable(folder: &Path) -> std::io::Result<()> {
    let probe = folder.join(".doctor");
    std::fs::write(&probe, b"ok")?;
    std::fs::remove_file(probe)
}
