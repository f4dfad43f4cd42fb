//! Lists: filters, orders, totals, and pages that show each ticket once.

use std::collections::HashSet;

use backend::desk::{portal, queue, ticket};
use domain::actor::Actor;
use domain::i18n::Locale;
use domain::ticket::{Priority, Status};
use domain::time::Millis;
use domain::view::desk::{ComposeKind, DeskPage, DeskQuery};
use domain::view::portal::{RequestPage, RequestQuery};

use crate::harness::{TestDesk, id, problem};

async fn requests(desk: &TestDesk, query: RequestQuery) -> RequestPage {
    portal::requests(&desk.backend, &desk.anna, Locale::English, query).await.unwrap()
}

async fn queue(desk: &TestDesk, query: DeskQuery) -> DeskPage {
    queue::page(&desk.backend, &desk.dirk, Locale::English, query).await.unwrap()
}

fn of(queue: &str) -> DeskQuery {
    DeskQuery { queue: queue.into(), ..DeskQuery::default() }
}

/// `count` tickets with all priorities, a minute apart, some of them touched again later.
async fn fill(desk: &TestDesk, count: usize) -> HashSet<String> {
    let mut keys = HashSet::new();
    for index in 0..count {
        let input =
            ticket::Raise { priority: Priority::ALL[index % 4].slug().into(), ..problem(&format!("Matter {index}")) };
        let key = ticket::raise(&desk.backend, &desk.anna, input).await.unwrap();
        desk.later(Millis::MINUTE);
        if index % 5 == 0 {
            desk.compose(&desk.dirk, &key, ComposeKind::Return, "Which?").await.unwrap();
        }
        keys.insert(key);
    }
    keys
}

both! {
    async fn pages_of_requests_show_each_ticket_once_in_either_direction(desk) {
        let all = fill(desk, 120).await;
        for sort in ["activity", "newest", "deadline"] {
            let query = RequestQuery { sort: sort.into(), ..RequestQuery::default() };
            let mut page = requests(desk, query.clone()).await;
            assert_eq!(page.previous, None);
            let mut forwards = Vec::new();
            let last = loop {
                forwards.extend(page.rows.iter().map(|row| row.key.clone()));
                let Some(after) = page.next.clone() else { break page };
                page = requests(desk, RequestQuery { after, ..query.clone() }).await;
            };
            assert_eq!(forwards.len(), 120, "{sort}");
            assert_eq!(forwards.iter().cloned().collect::<HashSet<_>>(), all);
            let mut backwards: Vec<String> = last.rows.iter().rev().map(|row| row.key.clone()).collect();
            let mut page = last;
            while let Some(before) = page.previous.clone() {
                page = requests(desk, RequestQuery { before, ..query.clone() }).await;
                backwards.extend(page.rows.iter().rev().map(|row| row.key.clone()));
            }
            backwards.reverse();
            assert_eq!(backwards, forwards, "{sort}");
        }
    }

    async fn a_page_goes_on_where_it_was_while_tickets_move(desk) {
        let all = fill(desk, 60).await;
        let query = RequestQuery { sort: "newest".into(), ..RequestQuery::default() };
        let first = requests(desk, query.clone()).await;
        let oldest = first.rows.last().unwrap().key.clone();
        desk.raise(&desk.anna, "Newer than all").await;
        ticket::withdraw(&desk.backend, &desk.anna, &oldest).await.unwrap();
        let second = requests(desk, RequestQuery { after: first.next.unwrap(), ..query }).await;
        let seen: HashSet<_> = first.rows.iter().chain(&second.rows).map(|row| row.key.clone()).collect();
        assert_eq!(seen, all);
        assert_eq!((first.rows.len(), second.rows.len()), (50, 10));
    }

    async fn sorting_is_what_it_says(desk) {
        fill(desk, 12).await;
        let page = requests(desk, RequestQuery::default()).await;
        assert!(page.rows.is_sorted_by(|a, b| a.last_at >= b.last_at));
        let page = requests(desk, RequestQuery { sort: "deadline".into(), ..RequestQuery::default() }).await;
        let due = |row: &domain::view::portal::RequestRow| {
            let clock = row.clocks.get(row.clocks.leading());
            domain::sla::due(&page.schedule, clock, page.now).map_or(i64::MAX, |at| at.0)
        };
        assert!(page.rows.is_sorted_by_key(due), "those without deadline come last");
        assert_eq!(page.rows.last().unwrap().status, Status::Waiting);
    }

    async fn requests_are_filtered_by_what_the_url_says(desk) {
        let own = desk.raise(&desk.anna, "Own").await;
        let of_bram = desk.raise(&desk.bram, "Of Bram").await;
        let closed = desk.ticket_in(Status::Closed).await;
        let waiting = desk.ticket_in(Status::Waiting).await;
        let question = ticket::Raise { form: "question".into(), fields: Vec::new(), ..problem("How?") };
        let question = ticket::raise(&desk.backend, &desk.bram, question).await.unwrap();
        let keys = |query: RequestQuery| async move {
            let mut keys: Vec<_> = requests(desk, query).await.rows.into_iter().map(|row| row.key).collect();
            keys.sort();
            keys
        };
        let sorted = |keys: &[&String]| {
            let mut keys: Vec<String> = keys.iter().map(|key| (*key).clone()).collect();
            keys.sort();
            keys
        };
        let query = RequestQuery::default;
        assert_eq!(keys(query()).await, sorted(&[&own, &of_bram, &waiting, &question]));
        assert_eq!(keys(RequestQuery { whose: "mine".into(), ..query() }).await, sorted(&[&own, &waiting]));
        assert_eq!(keys(RequestQuery { status: "waiting".into(), ..query() }).await, sorted(&[&waiting]));
        assert_eq!(keys(RequestQuery { status: "closed".into(), ..query() }).await, sorted(&[&closed]));
        assert_eq!(keys(RequestQuery { form: "question".into(), ..query() }).await, sorted(&[&question]));
        let all = RequestQuery { show: "all".into(), ..query() };
        assert_eq!(keys(all).await, sorted(&[&own, &of_bram, &waiting, &question, &closed]));
        let nonsense = RequestQuery { after: "'; DROP".into(), sort: "x".into(), status: "y".into(), ..query() };
        assert_eq!(keys(nonsense).await.len(), 4);
        let page = requests(desk, query()).await;
        assert_eq!((page.open_total, page.closed_total), (4, 1));
        let mine = requests(desk, RequestQuery { whose: "mine".into(), ..query() }).await;
        assert_eq!((mine.open_total, mine.closed_total), (2, 1));
    }

    async fn a_request_waits_for_who_raised_it_and_who_takes_part(desk) {
        let running = desk.ticket_in(Status::InProgress).await;
        let waiting = desk.ticket_in(Status::Waiting).await;
        let resolved = desk.ticket_in(Status::Resolved).await;
        let waits_for = |actor: Actor| async move {
            let page = portal::requests(&desk.backend, &actor, Locale::English, RequestQuery::default()).await.unwrap();
            let mut keys: Vec<String> = page.rows.into_iter().filter(|row| row.waits_for_me).map(|row| row.key).collect();
            keys.sort();
            keys
        };
        let mut both = vec![waiting.clone(), resolved];
        both.sort();
        assert_eq!(waits_for(desk.anna.clone()).await, both, "she raised them; {running} asks nothing");
        assert_eq!(waits_for(desk.bram.clone()).await, Vec::<String>::new());
        ticket::add_participant(&desk.backend, &desk.anna, &waiting, id(&desk.bram)).await.unwrap();
        assert_eq!(waits_for(desk.bram.clone()).await, [waiting]);
    }

    async fn home_shows_first_what_waits_for_the_customer(desk) {
        let waiting = desk.ticket_in(Status::Waiting).await;
        let resolved = desk.ticket_in(Status::Resolved).await;
        let running = desk.ticket_in(Status::InProgress).await;
        desk.ticket_in(Status::Closed).await;
        desk.raise(&desk.bram, "Of a colleague").await;
        let home = portal::home(&desk.backend, &desk.anna, Locale::English).await.unwrap();
        let keys: Vec<_> = home.open.iter().map(|row| row.key.clone()).collect();
        assert_eq!((keys, home.open_total), (vec![waiting, resolved, running], 3));
        assert_eq!(home.forms.len(), 4);
        assert_eq!(home.welcome, "Welcome");
        assert!(home.articles.iter().any(|(_, slug)| slug == "how-support-works"));
    }

    async fn queues_hold_what_their_name_says_and_count_it(desk) {
        let new = desk.ticket_in(Status::New).await;
        let mine = desk.ticket_in(Status::InProgress).await;
        let waiting = desk.ticket_in(Status::Waiting).await;
        let resolved = desk.ticket_in(Status::Resolved).await;
        desk.ticket_in(Status::Closed).await;
        let given = desk.ticket_in(Status::New).await;
        let fenna = Some(id(&desk.fenna));
        ticket::assign(&desk.backend, &desk.dirk, &given, desk.version(&given).await, fenna).await.unwrap();
        let keys = |query: DeskQuery| async move {
            let page = queue(desk, query).await;
            assert_eq!(page.total, page.rows.len() as i64);
            let mut keys: Vec<_> = page.rows.into_iter().map(|row| row.key).collect();
            keys.sort();
            keys
        };
        assert_eq!(keys(of("new")).await, [new.clone(), given.clone()]);
        assert_eq!(keys(of("mine")).await, [mine.clone()]);
        assert_eq!(keys(of("unassigned")).await, [new.clone(), waiting.clone()]);
        assert_eq!(keys(of("waiting")).await, [waiting.clone()]);
        assert_eq!(keys(of("resolved")).await, [resolved]);
        assert_eq!(keys(of("")).await, [new.clone(), mine, waiting, given.clone()]);
        assert_eq!(keys(of("all")).await.len(), 6);
        let by = DeskQuery { assignee: id(&desk.fenna).to_string(), ..of("") };
        assert_eq!(keys(by).await, [given]);
        let none = DeskQuery { organisation: "BORE".into(), ..of("all") };
        assert!(keys(none).await.is_empty());
        let low = DeskQuery { priority: "low".into(), ..of("all") };
        assert!(keys(low).await.is_empty());
        let counts = queue(desk, of("")).await.counts;
        assert_eq!((counts.new, counts.mine, counts.unassigned, counts.open), (2, 1, 2, 4));
        assert_eq!((counts.waiting, counts.resolved, counts.past_due, counts.at_risk), (1, 1, 0, 0));
    }

    async fn what_burns_is_on_top_and_counted(desk) {
        let low = ticket::Raise { priority: "low".into(), ..problem("Low") };
        let low = ticket::raise(&desk.backend, &desk.anna, low).await.unwrap();
        let high = desk.raise(&desk.anna, "High").await;
        let paused = desk.ticket_in(Status::Waiting).await;
        for key in [&low, &high] {
            ticket::accept(&desk.backend, &desk.dirk, key, desk.version(key).await).await.unwrap();
        }
        let order = |page: DeskPage| page.rows.into_iter().map(|row| row.key).collect::<Vec<_>>();
        assert_eq!(order(queue(desk, of("")).await), [high.clone(), low.clone(), paused]);
        // High is due on Wednesday at 16:00; at risk from 14:00 on.
        desk.at(crate::harness::after(2 * 24 + 4));
        assert_eq!(queue(desk, of("")).await.counts.at_risk, 0, "exactly two hours left");
        desk.later(Millis(1));
        assert_eq!(order(queue(desk, of("at_risk")).await), [high.clone()]);
        desk.at(crate::harness::after(2 * 24 + 6));
        let page = queue(desk, of("past_due")).await;
        assert_eq!((page.counts.past_due, page.counts.at_risk), (1, 0));
        assert_eq!(page.deadlines, [crate::harness::after(2 * 24 + 6)]);
        assert_eq!(order(page), [high]);
        assert_eq!(queue(desk, of("")).await.deadlines.len(), 2, "a paused one has none");
    }

    async fn pages_of_a_queue_show_each_ticket_once(desk) {
        let all = fill(desk, 115).await;
        let mut seen = Vec::new();
        let mut page = queue(desk, of("all")).await;
        assert_eq!(page.total, 115);
        loop {
            seen.extend(page.rows.iter().map(|row| row.key.clone()));
            let Some(after) = page.next.clone() else { break };
            page = queue(desk, DeskQuery { after, ..of("all") }).await;
        }
        assert_eq!(seen.len(), 115);
        assert_eq!(seen.into_iter().collect::<HashSet<_>>(), all);
    }
}
