//! temp
use backend::desk::{portal, queue, ticket};
use domain::i18n::Locale;
use domain::time::Millis;
use domain::view::desk::{ComposeKind, DeskQuery};
use domain::view::portal::RequestQuery;
use crate::harness::*;

fn cpu() -> f64 {
    let s = std::fs::read_to_string("/proc/self/stat").unwrap();
    let f: Vec<&str> = s.rsplit(')').next().unwrap().split_whitespace().collect();
    (f[11].parse::<f64>().unwrap() + f[12].parse::<f64>().unwrap()) * 10.0
}

#[tokio::test(flavor = "multi_thread")]
async fn perf() {
    for desk in [TestDesk::sqlite().await, TestDesk::postgres().await.unwrap()] {
        let t = std::time::Instant::now();
        let mut keys = vec![];
        for i in 0..300 {
            let key = ticket::raise(&desk.backend, &desk.anna, problem(&format!("Matter {i}"))).await.unwrap();
            desk.later(Millis::MINUTE);
            keys.push(key);
        }
        println!("raise {:?}/300", t.elapsed());
        let t = std::time::Instant::now();
        for (i, key) in keys.iter().enumerate() {
            if i % 3 == 0 { desk.compose(&desk.dirk, key, ComposeKind::Return, "Which?").await.unwrap(); }
            if i % 3 == 1 { desk.compose(&desk.dirk, key, ComposeKind::Answer, "Hello there").await.unwrap(); }
        }
        println!("compose {:?}/200", t.elapsed());
        let n = 2000;
        macro_rules! m { ($name:literal, $e:expr) => {{
            let (t, c) = (std::time::Instant::now(), cpu());
            for _ in 0..n { $e; }
            println!("{} wall {:.3} ms cpu {:.3} ms", $name, t.elapsed().as_secs_f64() * 1000.0 / n as f64, (cpu() - c) / n as f64);
        }}}
        m!("requests", { let p = portal::requests(&desk.backend, &desk.anna, Locale::English, RequestQuery::default()).await.unwrap(); assert_eq!(p.rows.len(), 50); });
        let p = portal::requests(&desk.backend, &desk.anna, Locale::English, RequestQuery::default()).await.unwrap();
        m!("json", { let s = serde_json::to_string(&p).unwrap(); assert!(s.len() > 100); });
        println!("json bytes {} schedule {}", serde_json::to_string(&p).unwrap().len(), serde_json::to_string(&p.schedule).unwrap().len());
        m!("request", { portal::request(&desk.backend, &desk.anna, Locale::English, "ACME-3").await.unwrap(); });
        m!("home", { portal::home(&desk.backend, &desk.anna, Locale::English).await.unwrap(); });
        m!("desk", { queue::page(&desk.backend, &desk.dirk, Locale::English, DeskQuery::default()).await.unwrap(); });
        m!("search", { portal::requests(&desk.backend, &desk.anna, Locale::English, RequestQuery { q: "matter hello".into(), ..Default::default() }).await.unwrap(); });
    }
}
