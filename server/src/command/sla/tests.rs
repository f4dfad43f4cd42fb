//! `loket sla eval`, line by line.

use std::io::BufReader;

use serde_json::{Value, json};

use super::eval;

fn answers(lines: &str) -> (Vec<Value>, bool) {
    let mut output = Vec::new();
    // A tiny buffer, so that lines lie across reads.
    let good = eval(BufReader::with_capacity(7, lines.as_bytes()), &mut output).expect("memory does not fail");
    let lines = output.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    (lines.map(|line| serde_json::from_slice(line).expect("each answer is a JSON line")).collect(), good)
}

fn support(more: Value) -> Value {
    let mut line = json!({
        "id": "a",
        "calendar": {"timezone": "Europe/Amsterdam", "hours": "Mo-Fr 09:00-18:00; PH off", "country": "NL", "closed": ["2026-12-24"]},
        "target_seconds": 14_400,
        "started_at": "2026-04-24T15:30:00+02:00",
    });
    for (key, value) in more.as_object().expect("an object") {
        line[key] = value.clone();
    }
    line
}

fn answer(more: Value) -> Value {
    let (mut answers, good) = answers(&support(more).to_string());
    assert!(good, "{answers:?}");
    assert_eq!(answers.len(), 1);
    answers.remove(0)
}

#[test]
fn the_line_of_the_design_is_answered_as_it_says() {
    let got = answer(json!({"now": "2026-04-24T17:16:00+02:00"}));
    assert_eq!(
        got,
        json!({
            "id": "a", "due_at": "2026-04-28T10:30:00+02:00", "elapsed_seconds": 6_360, "remaining_seconds": 8_040, "state": "running",
            "trace": [
                {"from": "2026-04-24T15:30:00+02:00", "to": "2026-04-24T18:00:00+02:00", "kind": "counted", "seconds": 9_000},
                {"from": "2026-04-24T18:00:00+02:00", "to": "2026-04-28T09:00:00+02:00", "kind": "closed", "seconds": 313_200},
                {"from": "2026-04-28T09:00:00+02:00", "to": "2026-04-28T10:30:00+02:00", "kind": "counted", "seconds": 5_400},
            ],
        })
    );
}

#[test]
fn without_now_there_is_a_due_time_but_no_state() {
    let got = answer(json!({}));
    assert_eq!(got["due_at"], "2026-04-28T10:30:00+02:00");
    for key in ["elapsed_seconds", "remaining_seconds", "state"] {
        assert!(got.get(key).is_none(), "{key}");
    }
}

#[test]
fn elapsed_time_is_not_capped_and_is_zero_before_the_start() {
    let late = answer(json!({"now": "2026-04-28T18:00:00+02:00"}));
    assert_eq!((&late["elapsed_seconds"], &late["remaining_seconds"]), (&json!(41_400), &json!(-27_000)));
    assert_eq!(late["state"], "breached");
    let counted = late["trace"].as_array().expect("a list").iter().filter(|piece| piece["kind"] == "counted");
    assert_eq!(counted.map(|piece| piece["seconds"].as_i64().expect("whole")).sum::<i64>(), 14_400);
    let early = answer(json!({"now": "2026-04-23T10:00:00+02:00"}));
    assert_eq!((&early["elapsed_seconds"], &early["remaining_seconds"]), (&json!(0), &json!(14_400)));
}

#[test]
fn an_open_pause_leaves_no_due_time() {
    let got = answer(json!({"pauses": [{"from": "2026-04-24T16:30:00+02:00"}], "now": "2026-04-28T12:00:00+02:00"}));
    assert_eq!(
        (&got["due_at"], &got["state"], &got["elapsed_seconds"]),
        (&Value::Null, &json!("paused"), &json!(3_600))
    );
    assert_eq!(got["trace"][1]["kind"], "paused");
    assert_eq!(got["trace"][1]["to"], "2026-04-28T12:00:00+02:00");
}

#[test]
fn a_pause_to_come_that_has_no_end_says_nothing_about_now() {
    let got = |now: &str| answer(json!({"pauses": [{"from": "2026-04-28T09:30:00+02:00"}], "now": now}));
    for (now, state) in [
        ("2026-04-24T17:00:00+02:00", "running"),
        ("2026-04-25T12:00:00+02:00", "outside_hours"),
        ("2026-04-28T09:29:59+02:00", "running"),
        ("2026-04-28T09:30:00+02:00", "paused"),
    ] {
        let got = got(now);
        assert_eq!((&got["due_at"], &got["state"]), (&Value::Null, &json!(state)), "{now}");
    }
}

#[test]
fn a_target_beyond_the_year_9999_is_never_due() {
    let always = json!({"timezone": "America/New_York", "hours": "24/7"});
    let got =
        answer(json!({"calendar": always, "target_seconds": 36_000_000_000_000_u64, "now": "9999-12-31T23:59:59Z"}));
    assert_eq!((&got["due_at"], &got["state"]), (&Value::Null, &json!("no_deadline")));
    let spans = ["elapsed_seconds", "remaining_seconds"].map(|key| got[key].as_i64().expect("whole"));
    assert_eq!(spans.iter().sum::<i64>(), 36_000_000_000_000);
    let (got, good) = answers(&support(json!({"target_seconds": 1e16})).to_string());
    assert!(!good);
    assert!(got[0]["error"].as_str().is_some_and(|error| error.contains("1000000000000000")), "{got:?}");
}

#[test]
fn no_instant_is_written_with_a_year_of_five_digits() {
    for (zone, ends_at) in
        [("Europe/Amsterdam", "9999-12-31T23:59:59+00:00"), ("America/New_York", "9999-12-31T18:59:59-05:00")]
    {
        let calendar = json!({"timezone": zone, "hours": "off"});
        let got =
            answer(json!({"calendar": calendar, "started_at": "9999-12-01T00:00:00Z", "now": "9999-12-31T23:59:59Z"}));
        assert_eq!(got["trace"][0]["to"], ends_at);
    }
}

#[test]
fn a_trace_without_end_is_cut_off_and_says_where() {
    // An opening each hour.
    let hours: Vec<String> = (0..24).map(|hour| format!("{hour:02}:00-{hour:02}:01")).collect();
    let calendar = json!({"timezone": "UTC", "hours": hours.join(",")});
    let got =
        answer(json!({"calendar": calendar, "started_at": "2026-01-01T00:00:00Z", "target_seconds": 60 * 24 * 11_000}));
    assert_eq!(got["due_at"], "2056-02-12T23:01:00+00:00");
    let openings = super::answer::TOLD_OPENINGS as i64;
    assert_eq!(got["trace_until"], "2054-07-09T16:00:00+00:00");
    let pieces = got["trace"].as_array().expect("a list");
    assert_eq!(pieces.last().expect("some")["to"], got["trace_until"]);
    let counted = pieces.iter().filter(|piece| piece["kind"] == "counted");
    assert_eq!(counted.map(|piece| piece["seconds"].as_i64().expect("whole")).sum::<i64>(), 60 * openings);
    assert!(answer(json!({})).get("trace_until").is_none());
}

#[test]
fn pauses_may_overlap_and_come_in_any_order() {
    let got = answer(json!({"pauses": [
        {"from": "2026-04-24T16:30:00+02:00", "to": "2026-04-24T17:30:00+02:00"},
        {"from": "2026-04-20T00:00:00Z", "to": "2026-04-24T16:00:00+02:00"},
        {"from": "2026-04-24T16:00:00+02:00", "to": "2026-04-24T17:00:00+02:00"},
        {"from": "2026-04-25T00:00:00Z", "to": "2026-04-25T20:00:00Z"},
    ]}));
    // Half an hour on Friday, three and a half on Tuesday.
    assert_eq!(got["due_at"], "2026-04-28T12:30:00+02:00");
}

#[test]
fn milliseconds_are_kept() {
    let got = answer(json!({"started_at": "2026-04-24T15:30:00.250+02:00", "now": "2026-04-24T15:30:01.000+02:00"}));
    assert_eq!(got["due_at"], "2026-04-28T10:30:00.250+02:00");
    assert_eq!((&got["elapsed_seconds"], &got["remaining_seconds"]), (&json!(0.75), &json!(14_399.25)));
}

#[test]
fn a_calendar_that_never_opens_again_has_no_due_time() {
    for hours in ["off", "2020 Mo-Fr 09:00-18:00", "2026 Jan 01-2026 Feb 20 09:00-18:00", "PH 09:00-10:00; PH off"] {
        let calendar = json!({"timezone": "Europe/Amsterdam", "hours": hours, "country": "NL"});
        let got = answer(json!({"calendar": calendar, "now": "2026-04-24T17:16:00+02:00"}));
        assert_eq!((&got["due_at"], &got["state"]), (&Value::Null, &json!("no_deadline")), "{hours}");
    }
}

#[test]
fn a_calendar_that_seldom_opens_still_has_one() {
    let calendar = json!({"timezone": "Europe/Amsterdam", "hours": "Feb 29 09:00-11:00", "country": "NL"});
    assert_eq!(answer(json!({ "calendar": calendar }))["due_at"], "2032-02-29T11:00:00+01:00");
}

#[test]
fn a_bad_line_says_why_and_the_rest_go_on() {
    let with = |key: &str, value: Value| support(json!({ "id": key, key: value })).to_string();
    let calendar = |timezone: &str, hours: &str, country: &str| {
        with("calendar", json!({"timezone": timezone, "hours": hours, "country": country}))
    };
    let lines = [
        "not json".to_owned(),
        "{\"id\":7}".to_owned(),
        with("started_at", json!("yesterday")),
        with("now", json!("1969-12-31T00:00:00Z")),
        with("target_seconds", json!(-1)),
        with("pauses", json!([{"from": "2026-04-24T16:30:00Z", "to": "2026-04-24T16:00:00Z"}])),
        calendar("Europe/Asterdam", "24/7", "NL"),
        calendar("Europe/Amsterdam", "Mo-Fr 09:00-18:0", "NL"),
        calendar("Europe/Amsterdam", "sunrise-sunset", "NL"),
        calendar("Europe/Amsterdam", "Mo-Fr 30:00-26:00", "NL"),
        calendar("Europe/Amsterdam", "Feb 30 09:00-18:00", "NL"),
        calendar("Europe/Amsterdam", "24/7", "Nederland"),
        with("calendar", json!({"timezone": "UTC", "hours": "24/7", "closed": ["2026-02-30"]})),
        String::new(),
        support(json!({"id": {"any": ["thing"]}})).to_string(),
    ];
    let (got, good) = answers(&lines.join("\r\n"));
    assert!(!good);
    assert_eq!(got.len(), 14, "{got:#?}");
    assert_eq!(got[0]["id"], Value::Null);
    assert_eq!(got[1]["id"], 7);
    for bad in &got[..13] {
        assert!(bad["error"].as_str().is_some_and(|error| error.len() > 8), "{bad}");
        assert!(bad.get("due_at").is_none(), "{bad}");
    }
    assert!(got[7]["error"].as_str().is_some_and(|error| error.contains("column")), "{}", got[7]);
    assert_eq!(got[13]["due_at"], "2026-04-28T10:30:00+02:00");
    assert_eq!(got[13]["id"], json!({"any": ["thing"]}));
}
