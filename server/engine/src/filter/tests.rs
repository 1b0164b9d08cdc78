use latchkey_shared::filter::{FieldKind, parse};

use super::*;

const FIELDS: &[FieldSpec] = &[
    FieldSpec::number("id", "Number"),
    FieldSpec::text("email", "E-mail").also(&["mail"]).optional(),
    FieldSpec::choice("status", "Status", &["active", "past_due"]),
    FieldSpec::date("expires", "Expires").optional(),
    FieldSpec::bool("blocked", "Blocked"),
    FieldSpec::money("amount", "Amount"),
];

/// 30 minutes past midnight of 25 October 2026 in Berlin, the day that has 25 hours.
fn context() -> Context {
    Context {
        now: "2026-10-24T22:30:00Z".parse().unwrap(),
        zone: Tz::Europe__Berlin,
        currency: Currency::EUR,
    }
}

fn read(text: &str) -> Predicate {
    predicate(&parse(text).unwrap().unwrap(), FIELDS, &context()).unwrap()
}

fn is(field: &'static str, test: FieldTest) -> Predicate {
    Predicate::Test { field, test }
}

fn range(field: &'static str, at_least: Option<i64>, below: Option<i64>) -> Predicate {
    is(field, FieldTest::Range(Range { at_least, below }))
}

fn millis(text: &str) -> i64 {
    text.parse::<Timestamp>().unwrap().millis()
}

#[test]
fn a_day_is_the_vendors_day() {
    let midnight = millis("2026-10-24T22:00:00Z");
    let next = millis("2026-10-25T23:00:00Z");
    for day in ["2026-10-25", "today"] {
        let with = |sign: &str| read(&format!("expires {sign} {day}"));
        assert_eq!(with("="), range("expires", Some(midnight), Some(next)), "{day}");
        assert_eq!(with("<"), range("expires", None, Some(midnight)));
        assert_eq!(with("<="), range("expires", None, Some(next)));
        assert_eq!(with(">"), range("expires", Some(next), None));
        assert_eq!(with(">="), range("expires", Some(midnight), None));
        assert_eq!(with("!="), with("=").negated());
    }
}

#[test]
fn days_counted_from_today() {
    for (word, start) in [
        ("yesterday", "2026-10-23T22:00:00Z"),
        ("today+1w", "2026-10-31T23:00:00Z"),
        ("monthback", "2026-09-24T22:00:00Z"),
        ("today-1y", "2025-10-24T22:00:00Z"),
    ] {
        assert_eq!(
            read(&format!("expires >= {word}")),
            range("expires", Some(millis(start)), None),
            "{word}"
        );
    }
    let instant = millis("2026-12-31T12:00:00Z");
    assert_eq!(read("expires > 2026-12-31T12:00:00Z"), range("expires", Some(instant + 1), None));
}

#[test]
fn values_by_kind() {
    assert_eq!(read("Id=123"), range("id", Some(123), Some(124)));
    assert_eq!(read("id in (1, 2)"), is("id", FieldTest::NumberIn(vec![1, 2])));
    assert_eq!(read("mail = \"Bob@x.org\""), is("email", FieldTest::TextIn(vec!["Bob@x.org".to_owned()])));
    assert_eq!(read("email = \"\""), is("email", FieldTest::Empty));
    assert_eq!(read("email is not empty"), is("email", FieldTest::Empty).negated());
    assert_eq!(
        read("status in (active, \"Past due\")"),
        is("status", FieldTest::ChoiceIn(vec!["active", "past_due"]))
    );
    assert_eq!(read("blocked != yes"), is("blocked", FieldTest::Is(true)).negated());
    assert_eq!(read("amount >= 12.5"), range("amount", Some(1_250), None));
    let first = read("expires = 2026-01-01");
    let second = read("expires = 2026-02-01");
    assert_eq!(read("expires in (2026-01-01, 2026-02-01)"), Predicate::Any(vec![first, second]));
}

#[test]
fn groups_stay_groups() {
    let expected = Predicate::All(vec![
        Predicate::Search(SearchTerm::new("acme")),
        Predicate::Any(vec![read("id = 1"), read("id = 2").negated()]),
    ]);
    assert_eq!(read("acme and (id = 1 or not id = 2)"), expected);
}

#[test]
fn an_amount_finer_than_the_currency_is_refused() {
    let filter = parse("amount = 1.005").unwrap().unwrap();
    let error = predicate(&filter, FIELDS, &context()).unwrap_err();
    assert_eq!(
        error,
        CheckError::BadValue { field: "amount", value: "1.005".to_owned(), kind: FieldKind::Money }
    );
}
