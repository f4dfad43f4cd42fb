//! A PostgreSQL cluster of this test binary's own, in a temporary folder, on a Unix socket only. A shell holds it: when the
//! tests end, however they end, its standard input closes and it takes the cluster away.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};

/// The folder of the socket; `None` when there is no PostgreSQL here.
pub fn start() -> Option<String> {
    let Some(bin) = programs() else {
        assert!(std::env::var_os("LOKET_REQUIRE_PG").is_none(), "LOKET_REQUIRE_PG is set and there is no PostgreSQL");
        eprintln!("no PostgreSQL found: these tests ran on SQLite only");
        return None;
    };
    // Short, because the name of a socket may have 107 bytes only.
    let folder = tempfile::Builder::new().prefix("loket-pg-").tempdir_in("/tmp").unwrap().keep();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    // PostgreSQL refuses to run as root.
    let is_root = String::from_utf8_lossy(&Command::new("id").arg("-u").output().unwrap().stdout).trim() == "0";
    let mut command = if is_root {
        assert!(Command::new("chown").arg("postgres").arg(&folder).status().unwrap().success());
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "sh", "-c", SCRIPT]);
        command
    } else {
        let mut command = Command::new("sh");
        command.args(["-c", SCRIPT]);
        command
    };
    let mut holder = command
        .args(["sh", &bin.to_string_lossy(), &folder.to_string_lossy()])
        .current_dir(&folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let mut ready = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(holder.stdout.take().unwrap()), &mut ready).unwrap();
    assert_eq!(ready, "ready\n", "PostgreSQL did not start; see {}/log", folder.display());
    // Never dropped, so the pipe stays open for as long as this process lives.
    std::mem::forget(holder);
    Some(folder.to_string_lossy().into_owned())
}

/// `$1` the programs, `$2` the folder. Durability is switched off: what is tested is what is written, not the disk.
const SCRIPT: &str = r#"
"$1/initdb" -D "$2/data" -U postgres -A trust -E UTF8 --no-locale --no-sync >"$2/log" 2>&1 || exit 1
"$1/pg_ctl" -D "$2/data" -l "$2/log" -w -t 60 -o "-c listen_addresses='' -c unix_socket_directories='$2' -c fsync=off \
    -c full_page_writes=off -c max_connections=300 -c shared_buffers=64MB" start >>"$2/log" 2>&1 </dev/null || exit 1
echo ready
cat >/dev/null
"$1/pg_ctl" -D "$2/data" -m immediate stop >/dev/null 2>&1
rm -rf "$2"
"#;

fn programs() -> Option<PathBuf> {
    if let Some(given) = std::env::var_os("LOKET_TEST_PG_BIN") {
        return Some(PathBuf::from(given));
    }
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|bin| has_programs(bin))
        .collect();
    versions.sort();
    versions.pop()
}

fn has_programs(bin: &Path) -> bool {
    ["initdb", "pg_ctl", "postgres"].iter().all(|program| bin.join(program).exists())
}

pub fn url(cluster: &str, database: &str) -> String {
    format!("postgres://postgres@localhost/{database}?host={cluster}")
}

pub fn fresh_name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

pub async fn create_database(cluster: &str, name: &str, template: Option<&str>) {
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(&url(cluster, "postgres")).await.unwrap();
    let template = template.unwrap_or("template0");
    // FILE_COPY needs a checkpoint; WAL_LOG does not and is faster for a database this small.
    let sql = format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY wal_log");
    connection.execute(sqlx::raw_sql(AssertSqlSafe(sql))).await.unwrap();
    connection.close().await.unwrap();
}
