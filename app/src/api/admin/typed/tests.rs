use super::*;

fn values(pairs: &[(&str, &str)]) -> Values {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn grid_of(expression: &str) -> Grid {
    Grid::of(&Opening::read(expression).expect("an expression of the editor's shape"))
}

#[test]
fn a_week_that_was_not_touched_keeps_the_expression_as_it_was_written() {
    let written = "Mo-Fr 09:00-12:00,13:00-18:00; PH off; Dec 24 Mo-Fr 09:00-13:00 \"Christmas; Eve\"";
    let Grid { days, dates, .. } = grid_of(written);
    let mut typed = values(&[("grid", "1"), ("hours", written), ("hours_was", written), ("holidays", "true")]);
    for (day, pairs) in days.iter().enumerate() {
        for (index, (from, to)) in pairs.iter().enumerate() {
            typed.push((slot("from", day, index), from.clone()));
            typed.push((slot("to", day, index), to.clone()));
        }
    }
    let date = &dates[0];
    for (part, text) in [("day", &date.day), ("month", &date.month), ("hours", &date.hours), ("name", &date.name)] {
        typed.push((date_control(part, 0), text.clone()));
    }
    typed.push((date_control("usual", 0), "true".to_owned()));
    assert_eq!(draft(&typed).unwrap().hours, written);
    // The other way round: the same week, after one box was changed.
    typed.retain(|(name, _)| name != "to_4_1");
    typed.push(("to_4_1".to_owned(), "17".to_owned()));
    assert_eq!(
        draft(&typed).unwrap().hours,
        "Mo-Th 09:00-12:00,13:00-18:00; Fr 09:00-12:00,13:00-17:00; PH off; Dec 24 Mo-Fr 09:00-13:00 \"Christmas; Eve\""
    );
}

#[test]
fn an_expression_that_was_changed_counts_and_the_week_does_not() {
    let typed = values(&[
        ("grid", "1"),
        ("hours", "Mo-Su 10:00-12:00"),
        ("hours_was", "Mo 09:00-10:00"),
        ("from_0_0", "nonsense"),
    ]);
    assert_eq!(draft(&typed).unwrap().hours, "Mo-Su 10:00-12:00");
}

#[test]
fn times_are_read_as_people_write_them() {
    for (text, expected) in
        [("9", Some(540)), ("9:30", Some(570)), ("0930", Some(570)), ("09.30", Some(570)), ("24:00", Some(1_440))]
    {
        assert_eq!(minute(text), expected, "{text}");
    }
    for text in ["", "25", "9:3", "9:60", "24:01", "x", "-1", "٩"] {
        assert_eq!(minute(text), None, "{text}");
    }
}

#[test]
fn what_is_wrong_stands_at_its_box() {
    let mut grid = grid_of("Mo-Fr 09:00-18:00");
    grid.days[0][0].1 = "8".to_owned();
    grid.days[1].push(("19".to_owned(), String::new()));
    grid.dates = vec![
        DateRow { day: "30".to_owned(), month: "2".to_owned(), ..DateRow::default() },
        DateRow { day: "24".to_owned(), month: "12".to_owned(), hours: "9-30".to_owned(), ..DateRow::default() },
    ];
    let problems = grid.read().unwrap_err();
    let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(fields, ["to_0_0", "to_1_1", "date_hours_1", "date_day_0"]);
    assert_eq!(problems[1].problem, Problem::Required);
    assert_eq!(problems[3].problem, Problem::NotADate);
}

#[test]
fn a_name_is_written_as_an_expression_can_carry_it() {
    let mut grid = grid_of("Mo-Fr 09:00-18:00");
    let row = |name: &str| DateRow {
        day: "24".to_owned(),
        month: "12".to_owned(),
        name: name.to_owned(),
        ..DateRow::default()
    };
    grid.dates = vec![row("  the \"long\"\t evening ")];
    let expression = grid.read().unwrap().expression();
    assert_eq!(expression, "Mo-Fr 09:00-18:00; Dec 24 off \"the ”long” evening\"");
    assert_eq!(grid_of(&expression).dates[0].name, "the ”long” evening");
    grid.dates = vec![row(&"é".repeat(70))];
    assert_eq!(grid.read().unwrap().exceptions[0].name, "é".repeat(60));
}

#[test]
fn intervals_that_touch_are_one_and_midnight_may_be_written_either_way() {
    let mut grid = Grid::default();
    let pair = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    grid.days[5] = vec![pair("13", "00:00"), pair("9", "13")];
    assert_eq!(grid.read().unwrap().expression(), "Sa 09:00-24:00");
}

#[test]
fn a_query_holds_what_was_typed_and_nothing_else() {
    let typed = values(&[("closed", "2026-12-24 Office & move\n2026-12-31"), ("name", "Één +1")]);
    assert_eq!(decode(&encode(&typed)), typed);
    assert_eq!(decode("?name=A+B&__err=x&hours=%2"), values(&[("name", "A B"), ("hours", "%2")]));
}
