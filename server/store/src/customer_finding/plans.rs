//! The plans that SQLite makes, in its own words.

use latchkey_engine::filter::{FieldTest, Range, SearchTerm};
use sea_orm::{DbBackend, QueryOrder as _, Statement};

use super::*;
use crate::{Store, customer_list::SORTS};

/// How the first page would be found.
async fn plan(store: &Store, select: Select<customer::Entity>, sort: customer::Column) -> String {
    let select = select.order_by_asc(sort).order_by_asc(customer::Column::Id).limit(26);
    let sql = format!("EXPLAIN QUERY PLAN {}", select.build(DbBackend::Sqlite));
    let rows = store.read().query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.unwrap();
    let details = rows.iter().map(|row| row.try_get::<String>("", "detail").unwrap());
    details.collect::<Vec<_>>().join("; ")
}

fn test(field: &'static str, test: FieldTest) -> Predicate {
    Predicate::Test { field, test }
}

fn acme() -> String {
    "acme".to_owned()
}

fn search(text: &str) -> Predicate {
    Predicate::Search(SearchTerm::new(text))
}

/// Each is found by an index.
fn indexed() -> Vec<Predicate> {
    let one = || FieldTest::TextIn(vec![acme()]);
    vec![
        test("id", FieldTest::NumberIn(vec![1])),
        test("status", FieldTest::ChoiceIn(vec!["trial"])),
        test("name", one()),
        test("name", FieldTest::BeginsWith(acme())),
        test("name", FieldTest::Contains(acme())),
        test("email", one()),
        test("email", FieldTest::BeginsWith(acme())),
        test("company", one()),
        test("company", FieldTest::Contains(acme())),
        test("country", FieldTest::TextIn(vec!["DE".to_owned()])),
        test("external_id", one()),
        test("stripe_id", one()),
        test("key", one()),
        test("created", FieldTest::Range(Range { at_least: Some(1), below: Some(2) })),
        test("webshop", FieldTest::NumberIn(vec![1])),
        search("acme"),
        search("ac"),
        search("cus_acme"),
        Predicate::Any(vec![search("acme"), test("name", one())]),
        Predicate::Any(vec![
            Predicate::All(vec![test("status", FieldTest::ChoiceIn(vec!["trial"])), search("acme")]),
            test("external_id", one()),
        ]),
    ]
}

async fn opened() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("plans.db").display());
    (folder, Store::open(&url).await.unwrap())
}

#[tokio::test]
async fn every_sort_reads_an_index_in_its_order_whatever_is_filtered() {
    let (_folder, store) = opened().await;
    for (name, sort) in SORTS.columns {
        for filter in indexed().into_iter().chain([Predicate::All(Vec::new())]) {
            let plan = plan(&store, in_order_of(*sort, &filter), *sort).await;
            assert!(!plan.contains("TEMP B-TREE"), "{name}, {filter:?}: {plan}");
            assert!(plan.contains("INDEX") || *name == "id", "{name}, {filter:?}: {plan}");
        }
    }
}

#[tokio::test]
async fn every_indexed_filter_is_looked_up() {
    let (_folder, store) = opened().await;
    for filter in indexed() {
        assert!(leads(&filter).is_some(), "{filter:?}");
        let plan = plan(&store, led(&[&filter], Some(0)), customer::Column::CreatedAt).await;
        assert!(plan.contains("SEARCH customer USING"), "{filter:?}: {plan}");
        assert!(!plan.contains("SCAN customer USING"), "{filter:?}: {plan}");
        assert!(!plan.contains("SCAN s"), "neither Stripe's customers nor subscriptions: {filter:?}: {plan}");
    }
}

#[tokio::test]
async fn of_two_filters_the_one_that_leads_is_looked_up_and_no_other() {
    let (_folder, store) = opened().await;
    let filters = indexed();
    for leader in &filters {
        let alone = plan(&store, led(&[leader], Some(0)), customer::Column::CreatedAt).await;
        for other in &filters {
            let both = plan(&store, led(&[other, leader], Some(1)), customer::Column::CreatedAt).await;
            let way = |plan: &str| {
                let steps = plan.split("; ").filter(|step| step.starts_with("SEARCH customer USING"));
                steps.map(str::to_owned).collect::<Vec<_>>()
            };
            assert_eq!(way(&both), way(&alone), "{leader:?} with {other:?}: {both}");
        }
    }
}

#[tokio::test]
async fn what_led_nowhere_is_read_from_end_to_end() {
    let (_folder, store) = opened().await;
    for filter in indexed() {
        let plan = plan(&store, led(&[&filter], None), customer::Column::Id).await;
        assert!(plan.starts_with("SCAN customer"), "{filter:?}: {plan}");
    }
}

#[tokio::test]
async fn those_who_were_found_are_fetched_by_their_ids() {
    let (_folder, store) = opened().await;
    for (name, sort) in SORTS.columns {
        let plan = plan(&store, listed("[1,2]".to_owned()), *sort).await;
        assert!(plan.contains("SEARCH customer USING INTEGER PRIMARY KEY"), "{name}: {plan}");
    }
}
