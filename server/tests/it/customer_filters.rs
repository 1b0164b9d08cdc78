//! Whatever the way to the customers who meet a filter, they are those whom reading them one by one would find.

use std::collections::BTreeSet;

use latchkey_engine::filter::{FieldTest, Predicate, Range, SearchTerm};
use latchkey_shared::api::common::ListQuery;
use latchkey_store::{
    Access,
    customer_finding::{EFFORT, Effort},
    customer_list,
    entity::{customer, licence_key},
};
use sea_orm::EntityTrait as _;

use crate::on_both_databases;

const CUSTOMERS: i64 = 400;
const FILTERS: usize = 300;
const SORTS: [&str; 6] = ["id", "-name", "email", "-company", "created", "-created"];

/// Each takes another way soon.
const EFFORTS: [Effort; 6] = [
    EFFORT,
    Effort { few: 5, looked_up: 20, walked: 1 },
    Effort { few: 5, looked_up: 1_000, walked: 1 },
    Effort { few: 5, looked_up: 1_000, walked: 1_000 },
    Effort { few: 60, looked_up: 80, walked: 3 },
    Effort { few: 5, looked_up: 0, walked: 0 },
];

/// Numbers that look random and come again.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn of<'a, T>(&mut self, some: &'a [T]) -> &'a T {
        &some[self.below(some.len())]
    }
}

struct Crowd {
    customers: Vec<customer::Model>,
    keys: Vec<licence_key::Model>,
}

impl Crowd {
    fn keys_of(&self, customer: &customer::Model) -> impl Iterator<Item = &licence_key::Model> {
        self.keys.iter().filter(|key| key.customer_id == Some(customer.id))
    }

    fn meets(&self, row: &customer::Model, predicate: &Predicate) -> bool {
        match predicate {
            Predicate::All(parts) => parts.iter().all(|part| self.meets(row, part)),
            Predicate::Any(parts) => parts.iter().any(|part| self.meets(row, part)),
            Predicate::Not(inner) => !self.meets(row, inner),
            Predicate::Search(term) => {
                let lower = term.text.to_lowercase();
                let is_there = if term.only_beginnings {
                    row.search_text.starts_with(&lower)
                } else {
                    row.search_text.contains(&lower)
                };
                is_there
                    || term.id == Some(row.id)
                    || self.keys_of(row).any(|key| Some(&key.key_text) == term.key.as_ref())
            }
            Predicate::Test { field, test } => match *field {
                "id" => number(row.id, test),
                "created" => number(row.created_at, test),
                "webshop" => number(row.webshop_id, test),
                "status" => text(&row.headline, test),
                "name" => text(&row.name, test),
                "email" => text(&row.email, test),
                "company" => text(&row.company, test),
                "country" => text(&row.country, test),
                "external_id" => text(&row.external_id, test),
                "stripe_id" => *test == FieldTest::Empty,
                "key" if *test == FieldTest::Empty => self.keys_of(row).next().is_none(),
                "key" => self.keys_of(row).any(|key| text(&key.key_text, test)),
                other => panic!("{other}"),
            },
            Predicate::Count { list, .. } => panic!("customers have no list {list}"),
        }
    }

    fn value(&self, dice: &mut Dice, field: &str) -> String {
        let row = dice.of(&self.customers);
        match field {
            "name" => row.name.clone(),
            "email" => row.email.clone(),
            "company" => row.company.clone(),
            "country" => row.country.clone(),
            "external_id" => row.external_id.clone(),
            _ => dice.of(&self.keys).key_text.clone(),
        }
    }

    fn test(&self, dice: &mut Dice) -> Predicate {
        let field = *dice.of(&[
            "id",
            "created",
            "webshop",
            "status",
            "name",
            "name",
            "email",
            "company",
            "country",
            "external_id",
            "stripe_id",
            "key",
        ]);
        let test = match field {
            "id" | "created" | "webshop" => {
                let mut one = || match (dice.of(&self.customers), field) {
                    (row, "id") => row.id,
                    (row, "created") => row.created_at,
                    (row, _) => row.webshop_id,
                };
                let (first, second) = (one(), one());
                match dice.below(3) {
                    0 => FieldTest::NumberIn(vec![first, second]),
                    1 => FieldTest::Range(Range { at_least: Some(first), below: None }),
                    _ => FieldTest::Range(Range { at_least: Some(first), below: Some(second) }),
                }
            }
            "status" => FieldTest::ChoiceIn(match dice.below(3) {
                0 => vec!["active"],
                1 => vec!["trial", "paused"],
                _ => vec!["expired"],
            }),
            _ => {
                // What stands in another field leads to customers who do not meet the test.
                let from = *dice.of(&[field, field, "name", "company"]);
                let whole = self.value(dice, from);
                let letters: Vec<char> = whole.chars().collect();
                let length = Ord::min(1 + dice.below(5), letters.len());
                let from = dice.below(letters.len() - length + 1);
                let part = |from: usize| letters[from..from + length].iter().collect::<String>();
                match dice.below(6) {
                    0 => FieldTest::TextIn(vec![whole, "Zoe".to_owned()]),
                    1 | 2 => FieldTest::BeginsWith(part(0)),
                    3 => FieldTest::Contains(part(from)),
                    4 => FieldTest::EndsWith(part(letters.len() - length)),
                    _ => FieldTest::Empty,
                }
            }
        };
        Predicate::Test { field, test }
    }

    fn predicate(&self, dice: &mut Dice, depth: usize) -> Predicate {
        let kinds = if depth == 0 { 3 } else { 7 };
        match dice.below(kinds) {
            0 => {
                let whole = self.value(dice, "name");
                let (first, last) = whole.split_once(' ').unwrap();
                let beginning: String = first.chars().take(2).collect();
                let words = [first, &beginning, last, "example", "zq", "xqzzy", "12"];
                Predicate::Search(SearchTerm::new(words[dice.below(words.len())]))
            }
            1 | 2 => self.test(dice),
            3 => self.predicate(dice, depth - 1).negated(),
            4 => Predicate::Any(self.some(dice, depth - 1)),
            _ => Predicate::All(self.some(dice, depth - 1)),
        }
    }

    /// What many are called, as what few companies are called: most of those whom the word leads to do not meet it.
    fn namesakes(&self) -> Vec<Predicate> {
        let last = self.customers.iter().filter_map(|row| row.name_folded.rsplit_once(' '));
        let last: BTreeSet<&str> = last.map(|(_, last)| last).collect();
        let contains =
            |word: &str| Predicate::Test { field: "company", test: FieldTest::Contains(word.to_owned()) };
        last.into_iter().map(contains).collect()
    }

    fn some(&self, dice: &mut Dice, depth: usize) -> Vec<Predicate> {
        let mut parts: Vec<Predicate> = (0..=dice.below(3)).map(|_| self.predicate(dice, depth)).collect();
        if dice.below(3) == 0 {
            parts.push(parts[0].clone());
        }
        parts
    }

    /// The ids in the order wanted.
    fn sorted(&self, predicate: &Predicate, sort: &str) -> Vec<i64> {
        let mut rows: Vec<_> = self.customers.iter().filter(|row| self.meets(row, predicate)).collect();
        rows.sort_by(|a, b| {
            let order = match sort.trim_start_matches('-') {
                "name" => a.name.to_lowercase().cmp(&b.name.to_lowercase()),
                "email" => a.email.cmp(&b.email),
                "company" => a.company.to_lowercase().cmp(&b.company.to_lowercase()),
                "created" => a.created_at.cmp(&b.created_at),
                _ => std::cmp::Ordering::Equal,
            };
            order.then(a.id.cmp(&b.id))
        });
        if sort.starts_with('-') {
            rows.reverse();
        }
        rows.into_iter().map(|row| row.id).collect()
    }
}

fn number(value: i64, test: &FieldTest) -> bool {
    match test {
        FieldTest::NumberIn(numbers) => numbers.contains(&value),
        FieldTest::Range(range) => {
            range.at_least.is_none_or(|least| least <= value) && range.below.is_none_or(|below| value < below)
        }
        _ => panic!("{test:?}"),
    }
}

fn text(value: &str, test: &FieldTest) -> bool {
    let value = value.to_lowercase();
    match test {
        FieldTest::TextIn(texts) => texts.iter().any(|text| text.to_lowercase() == value),
        FieldTest::ChoiceIn(words) => words.contains(&value.as_str()),
        FieldTest::Contains(text) => value.contains(&text.to_lowercase()),
        FieldTest::BeginsWith(text) => value.starts_with(&text.to_lowercase()),
        FieldTest::EndsWith(text) => value.ends_with(&text.to_lowercase()),
        FieldTest::Empty => value.is_empty(),
        _ => panic!("{test:?}"),
    }
}

on_both_databases! {
    async fn every_way_finds_those_who_meet_a_filter(app: TestApp) {
        latchkey::demo::crowd::make(&app.state, CUSTOMERS, 11, |_| {}).await.unwrap();
        let store = app.state.store.read();
        let crowd = Crowd {
            customers: customer::Entity::find().all(store).await.unwrap(),
            keys: licence_key::Entity::find().all(store).await.unwrap(),
        };
        let mut dice = Dice(26);
        let mut predicates = crowd.namesakes();
        predicates.extend((0..FILTERS).map(|_| crowd.predicate(&mut dice, 2)));
        for predicate in predicates {
            let sort = (*dice.of(&SORTS)).to_owned();
            let limit = *dice.of(&[1, 7, 25]);
            let expected = crowd.sorted(&predicate, &sort);
            let exact_first = matches!(&predicate, Predicate::Search(term) if term.id.is_some());
            for effort in EFFORTS {
                let what = format!("{predicate:?} by {sort}, {limit} with {effort:?}");
                let list = async |cursor: String| {
                    let query = ListQuery { sort: sort.clone(), limit, cursor, ..ListQuery::default() };
                    let page = customer_list::list_within(store, Access::All, &predicate, &query, effort);
                    page.await.unwrap_or_else(|error| panic!("{what}: {error}"))
                };
                let at = |from: usize| {
                    expected.iter().skip(from).take(limit as usize).copied().collect::<Vec<_>>()
                };
                let ids = |rows: &[customer::Model]| rows.iter().map(|row| row.id).collect::<Vec<_>>();
                let first = list(String::new()).await;
                if first.meta.total_is_floor {
                    assert!(expected.len() > usize::try_from(effort.few).unwrap(), "{what}");
                } else {
                    assert_eq!(first.meta.total, i64::try_from(expected.len()).unwrap(), "{what}");
                }
                if exact_first {
                    continue;
                }
                assert_eq!(ids(&first.rows), at(0), "{what}");
                assert_eq!(first.meta.next.is_some(), expected.len() > limit as usize, "{what}");
                let Some(next) = first.meta.next else { continue };
                let second = list(next).await;
                assert_eq!(ids(&second.rows), at(limit as usize), "page 2: {what}");
                assert_eq!(second.meta.next.is_some(), expected.len() > 2 * limit as usize, "{what}");
                let back = list(second.meta.previous.unwrap()).await;
                assert_eq!(ids(&back.rows), at(0), "back: {what}");
                assert_eq!(back.meta.previous, None, "{what}");
            }
        }
    }
}
