//! Property: what is printed reads back as the same filter, and no text makes the parser fall over.

use proptest::prelude::*;

use super::{Comparison, Count, Filter, Test, parse};

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z0-9@._:+/#-]{1,12}",
        "\\PC{0,12}",
        "[\"'\\\\“”„!=<>&|(), \n\t]{0,6}",
        "and|or|not|NULL|in|is|empty|contains|begins|with|today|2026-12-31",
    ]
}

fn field() -> impl Strategy<Value = String> {
    "[a-z][a-z0-9_]{0,8}(\\.[a-z]{1,6})?"
        .prop_filter("a keyword cannot name a field", |name| !["and", "or", "not"].contains(&name.as_str()))
}

fn test() -> impl Strategy<Value = Test> {
    prop_oneof![
        (prop::sample::select(&Comparison::ALL[..]), value())
            .prop_map(|(sign, value)| Test::Compare(sign, value)),
        value().prop_map(Test::Contains),
        value().prop_map(Test::BeginsWith),
        value().prop_map(Test::EndsWith),
        prop::collection::vec(value(), 1..4).prop_map(Test::In),
        Just(Test::Empty),
    ]
}

fn filter() -> impl Strategy<Value = Filter> {
    let leaf = prop_oneof![
        value().prop_map(Filter::Search),
        (field(), test()).prop_map(|(field, test)| Filter::term(field, test)),
    ];
    leaf.prop_recursive(5, 40, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Filter::All),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Filter::Any),
            inner.clone().prop_map(Filter::negated),
            (field(), inner, prop::sample::select(&Comparison::ALL[..]), value()).prop_map(
                |(list, of, comparison, number)| {
                    Filter::Count(Count { list, of: Box::new(of), comparison, number })
                }
            ),
        ]
    })
}

proptest! {
    #[test]
    fn printed_and_read_back(filter in filter()) {
        prop_assume!(filter.terms() <= super::MAX_TERMS);
        let text = filter.to_string();
        prop_assume!(text.chars().count() <= super::MAX_CHARS);
        prop_assert_eq!(parse(&text), Ok(Some(filter)), "{}", text);
    }

    #[test]
    fn any_text_is_answered(text in "[a-c=<>!&|()\"', .\\\\\\PC]{0,60}") {
        if let Ok(Some(filter)) = parse(&text) {
            prop_assert_eq!(parse(&filter.to_string()), Ok(Some(filter)));
        }
    }

    #[test]
    fn any_words_are_answered(words in prop::collection::vec("and|or|not|in|is|empty|contains|begins|with|x|\\(|\\)|=|,|null|x\\.contains\\(", 0..12)) {
        if let Ok(Some(filter)) = parse(&words.join(" ")) {
            prop_assert_eq!(parse(&filter.to_string()), Ok(Some(filter)));
        }
    }
}
