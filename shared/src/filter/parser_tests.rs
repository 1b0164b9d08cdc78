use super::*;

fn read(text: &str) -> Filter {
    parse(text).unwrap_or_else(|error| panic!("{text}: {error}")).expect("a condition")
}

fn error(text: &str) -> String {
    parse(text).expect_err(text).to_string()
}

fn search(text: &str) -> Filter {
    Filter::Search(text.to_owned())
}

fn compare(field: &str, comparison: Comparison, value: &str) -> Filter {
    Filter::term(field, Test::Compare(comparison, value.to_owned()))
}

fn equal(field: &str, value: &str) -> Filter {
    compare(field, Comparison::Equal, value)
}

fn counted(of: Filter, comparison: Comparison, number: &str) -> Filter {
    let list = "activatedmachines".to_owned();
    Filter::Count(crate::filter::Count { list, of: Box::new(of), comparison, number: number.to_owned() })
}

#[test]
fn the_example_of_the_design() {
    let text = r#"status = active and (email contains "acme" or tag = vip) and expires < 2026-12-31"#;
    let expected = Filter::All(vec![
        equal("status", "active"),
        Filter::Any(vec![Filter::term("email", Test::Contains("acme".to_owned())), equal("tag", "vip")]),
        compare("expires", Comparison::Less, "2026-12-31"),
    ]);
    assert_eq!(read(text), expected);
    assert_eq!(
        expected.to_string(),
        "status = active and (email contains acme or tag = vip) and expires < 2026-12-31"
    );
}

#[test]
fn nothing_written_is_no_filter() {
    assert_eq!(parse(""), Ok(None));
    assert_eq!(parse(" \t\n"), Ok(None));
}

#[test]
fn spellings_of_the_same() {
    let contains = |field, value: &str| Filter::term(field, Test::Contains(value.to_owned()));
    let empty = |field| Filter::term(field, Test::Empty);
    for (text, expected) in [
        ("Id=123", equal("id", "123")),
        ("id == 123", equal("id", "123")),
        ("key.contains(\"X\")", contains("key", "X")),
        ("Key.Contains('X')", contains("key", "X")),
        ("customer.name=\"Bob\"", equal("customer.name", "Bob")),
        ("name.StartsWith(\"B\")", Filter::term("name", Test::BeginsWith("B".to_owned()))),
        ("name starts with B", Filter::term("name", Test::BeginsWith("B".to_owned()))),
        ("name.EndsWith(\"b\")", Filter::term("name", Test::EndsWith("b".to_owned()))),
        ("customer.name.equals(\"Bob\")", equal("customer.name", "Bob")),
        ("ActivatedMachines.Count()>0", compare("activatedmachines.count", Comparison::Greater, "0")),
        ("DataObjects.Any()", compare("dataobjects.count", Comparison::Greater, "0")),
        (
            "ActivatedMachines.Count(it.Mid=\"a b\") > 0",
            counted(equal("it.mid", "a b"), Comparison::Greater, "0"),
        ),
        ("activatedmachines.any(it.Mid='a b')", counted(equal("it.mid", "a b"), Comparison::Greater, "0")),
        (
            "ActivatedMachines.Count(it.Time >= DateTime(2015,01,01) and it.IP=x)<2",
            counted(
                Filter::All(vec![
                    compare("it.time", Comparison::GreaterOrEqual, "2015-01-01"),
                    equal("it.ip", "x"),
                ]),
                Comparison::Less,
                "2",
            ),
        ),
        ("created < DateTime(2015, 1, 31)", compare("created", Comparison::Less, "2015-01-31")),
        ("created = DateTime", compare("created", Comparison::Equal, "DateTime")),
        ("created >= monthback", compare("created", Comparison::GreaterOrEqual, "monthback")),
        ("a<>1", compare("a", Comparison::NotEqual, "1")),
        ("a!=1", compare("a", Comparison::NotEqual, "1")),
        ("customer = null", empty("customer")),
        ("customer != NULL", empty("customer").negated()),
        ("customer is not empty", empty("customer").negated()),
        ("notes IS EMPTY", empty("notes")),
        ("!(a = 1)", equal("a", "1").negated()),
        ("NOT a = 1", equal("a", "1").negated()),
        ("email not contains x", contains("email", "x").negated()),
        ("a in (1,2)", Filter::term("a", Test::In(vec!["1".to_owned(), "2".to_owned()]))),
        ("a not in (1)", Filter::term("a", Test::In(vec!["1".to_owned()])).negated()),
        ("a = 1 && b = 2", Filter::All(vec![equal("a", "1"), equal("b", "2")])),
        ("a=1||b=2", Filter::Any(vec![equal("a", "1"), equal("b", "2")])),
        ("a = “two words”", equal("a", "two words")),
        ("a = „two words“", equal("a", "two words")),
        (r#"a = "say \"hi\" \\ \n""#, equal("a", r#"say "hi" \ \n"#)),
        ("a = O'Brien", equal("a", "O'Brien")),
        ("company = AT&T", equal("company", "AT&T")),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn and_binds_closer_than_or() {
    let expected = Filter::Any(vec![search("a"), Filter::All(vec![search("b"), search("c")])]);
    assert_eq!(read("a or b and c"), expected);
    assert_eq!(read("a or b c"), expected);
    assert_eq!(read("a or (b and c)"), expected);
    assert_ne!(read("(a or b) and c"), expected);
}

#[test]
fn words_by_themselves_are_searched_for() {
    assert_eq!(read("42"), search("42"));
    assert_eq!(read("bob@example.com"), search("bob@example.com"));
    assert_eq!(read("ABCDE-FGHIJ-KLMNO-PQRST"), search("ABCDE-FGHIJ-KLMNO-PQRST"));
    assert_eq!(read("\"Acme Corp\""), search("Acme Corp"));
    assert_eq!(read("\"and\""), search("and"));
    assert_eq!(read("Smith, John"), Filter::All(vec![search("Smith"), search("John")]));
    assert_eq!(read("made in China"), Filter::All(vec![search("made"), search("in"), search("China")]));
    assert_eq!(read("acme not vip"), Filter::All(vec![search("acme"), search("vip").negated()]));
    assert_eq!(read("acme status = active"), Filter::All(vec![search("acme"), equal("status", "active")]));
    assert_eq!(read("acme (status = active)"), Filter::All(vec![search("acme"), equal("status", "active")]));
}

#[test]
fn errors_say_where_and_what() {
    for (text, message) in [
        ("status =", "At the end: expected a value, such as active or \"two words\"."),
        ("status = )", "At character 10: expected a value, such as active or \"two words\", found “)”."),
        ("(a or b", "At the end: expected “)”."),
        ("a) b", "At character 2: expected “and”, “or” or the end, found “)”."),
        (
            "and a",
            "At character 1: expected a condition, such as status = active, or a word to search for, found “and”.",
        ),
        ("a or", "At the end: expected a condition, such as status = active, or a word to search for."),
        ("a and", "At the end: expected a condition, such as status = active, or a word to search for."),
        (
            "= 3",
            "At character 1: expected a condition, such as status = active, or a word to search for, found “=”.",
        ),
        (
            "\"status\" = 3",
            "At character 1: expected the name of a field, without quotation marks, found “status”.",
        ),
        ("a = \"open", "The quotation mark at character 5 is never closed."),
        ("ä = \"open", "The quotation mark at character 5 is never closed."),
        ("a in (1 2)", "At character 9: expected a comma or “)”, found “2”."),
        ("a in ()", "At character 7: expected a value, such as active or \"two words\", found “)”."),
        ("a > DateTime(2026, x, 1)", "At character 20: expected a number, found “x”."),
        ("a > DateTime(2026", "At the end: expected a comma."),
        ("a.Count(it.b = 1)", "At the end: expected a comparison, such as > 0."),
        ("a.any(it.b = 1", "At the end: expected “)”."),
        (
            "id = 1 and a.Sum(it.b) > 1",
            "At character 12: “Sum(…)” is not possible. Possible: contains, startsWith, endsWith, equals, count and any.",
        ),
        ("a.Count()", "At the end: expected a comparison, such as > 0."),
        ("a < null", "At character 5: expected a value, such as active or \"two words\", found “null”."),
        ("a = 1 = 2", "At character 7: expected “and”, “or” or the end, found “=”."),
        ("amount > 1,5", "At character 11: expected “and”, “or” or the end, found “,”."),
        (
            "()",
            "At character 2: expected a condition, such as status = active, or a word to search for, found “)”.",
        ),
    ] {
        assert_eq!(error(text), message, "{text}");
    }
}

#[test]
fn limits() {
    let words = |count: usize| vec!["a"; count].join(" ");
    assert!(parse(&words(MAX_TERMS)).is_ok());
    assert_eq!(error(&words(MAX_TERMS + 1)), "The filter has more than 50 conditions.");

    let nested = |depth: usize| {
        (1..depth).fold("a b".to_owned(), |inner, level| {
            format!("a {} ({inner})", if level % 2 == 0 { "and" } else { "or" })
        })
    };
    assert!(parse(&nested(MAX_DEPTH)).is_ok());
    assert_eq!(error(&nested(MAX_DEPTH + 1)), "Groups can be 8 deep at most.");

    assert_eq!(read(&format!("{}a{}", "(".repeat(32), ")".repeat(32))), search("a"));
    assert_eq!(error(&"(".repeat(2_000)), "Groups can be 8 deep at most.");
    assert_eq!(error(&"not ".repeat(999)), "Groups can be 8 deep at most.");
    assert_eq!(error(&"a".repeat(MAX_CHARS + 1)), "The filter is longer than 4000 characters.");
    assert_eq!(
        error(&format!("a in ({})", vec!["1"; MAX_VALUES + 1].join(","))),
        "A list has more than 100 values."
    );
}
