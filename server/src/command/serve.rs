//! `serve`, `worker`, `migrate`, `demo`.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use axum::serve::ListenerExt as _;
use backend::Backend;
use backend::mail::inlet;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::assets::{self, Assets};
use crate::config::Config;
use crate::router::{self, App};

/// Requests that are under way when the process is told to stop get so long; less than the ten seconds after which
/// most supervisors kill.
const DRAIN: Duration = Duration::from_secs(4);

/// Opens the database, brings it up to date and makes what every deployment has.
async fn open(config: &Config) -> anyhow::Result<Backend> {
    let backend =
        Backend::open(config.backend.clone(), Arc::clone(&config.clock)).await.context("opening the database")?;
    if config.backend.clock_is_set {
        let now = domain::zone::Zone::default().rfc3339(backend.now());
        tracing::warn!(%now, "LOKET_CLOCK is set: this process does not show the real time");
    }
    Ok(backend)
}

pub(super) async fn migrate(config: Config) -> anyhow::Result<ExitCode> {
    open(&config).await?.close().await;
    tracing::info!("the database is up to date");
    Ok(ExitCode::SUCCESS)
}

pub(super) async fn demo(config: Config) -> anyhow::Result<ExitCode> {
    let backend = open(&config).await?;
    backend::demo::create(&backend).await.context("making the demonstration")?;
    backend.close().await;
    Ok(ExitCode::SUCCESS)
}

pub(super) async fn serve(config: Config, with_jobs: bool) -> anyhow::Result<ExitCode> {
    let dev = std::env::var_os("LOKET_DEV").is_some_and(|value| value == "1");
    let assets = Assets::load(&assets::folder(config.site.as_deref()), dev)?;
    let backend = open(&config).await?;
    if config.backend.demo {
        backend::demo::create(&backend).await.context("making the demonstration")?;
    }
    backend::password::warm_up().await?;
    let (stop, stopped) = watch::channel(false);
    let jobs = with_jobs.then(|| tokio::spawn(backend::job::run(backend.clone(), stopped.clone())));
    let doors = if with_jobs { inlet::open(&backend, stopped.clone()).await? } else { JoinSet::new() };

    let listener = TcpListener::bind(config.listen).await.with_context(|| format!("listening on {}", config.listen))?;
    tracing::info!("Loket answers on {} ({})", config.backend.base_url, listener.local_addr()?);
    // Without TCP_NODELAY the end of a page waits 40 ms for the other side to say that it has the beginning.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY");
        }
    });
    let app = App::new(backend.clone(), assets, config.behind_proxy);
    let service = router::router(app).into_make_service_with_connect_info::<std::net::SocketAddr>();
    let server = axum::serve(listener, service).with_graceful_shutdown(until(stopped.clone()));
    let mut server = tokio::spawn(server.into_future());
    tokio::select! {
        // Only when listening itself fails.
        ended = &mut server => ended??,
        () = signal() => {
            tracing::info!("stopping");
            stop.send_replace(true);
            if tokio::time::timeout(DRAIN, server).await.is_err() {
                tracing::warn!("some requests were still under way");
            }
        }
    }
    stop.send_replace(true);
    let _ = tokio::time::timeout(DRAIN, inlet::closed(doors)).await;
    if let Some(jobs) = jobs {
        let _ = tokio::time::timeout(DRAIN, jobs).await;
    }
    let _ = tokio::time::timeout(Duration::from_secs(1), backend.close()).await;
    Ok(ExitCode::SUCCESS)
}

pub(super) async fn work(config: Config) -> anyhow::Result<ExitCode> {
    let backend = open(&config).await?;
    let (stop, stopped) = watch::channel(false);
    let doors = inlet::open(&backend, stopped.clone()).await?;
    let jobs = tokio::spawn(backend::job::run(backend.clone(), stopped));
    tracing::info!("the jobs run");
    signal().await;
    stop.send_replace(true);
    let _ = tokio::time::timeout(DRAIN, inlet::closed(doors)).await;
    let _ = tokio::time::timeout(DRAIN, jobs).await;
    backend.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn until(mut stopped: watch::Receiver<bool>) {
    // An error means that whoever could say so is gone: stop too.
    let _ = stopped.wait_for(|stop| *stop).await;
}

/// SIGTERM from a supervisor or Ctrl-C from a person.
async fn signal() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut stream) => {
                stream.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
