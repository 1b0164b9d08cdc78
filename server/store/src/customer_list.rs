//! The list of customers: what it can be filtered and sorted by, and how it stays quick with a million of them.

use latchkey_engine::filter::{FieldTest, Predicate, SearchTerm};
use latchkey_shared::{api::common::ListQuery, filter::FieldSpec, ids::CustomerId, status::Headline};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect,
    QueryTrait as _, Select,
    sea_query::{Expr, SelectStatement, SimpleExpr},
};

use crate::{
    Access,
    conditions::{self, Columns},
    customers,
    entity::{customer, licence_key, stripe_customer, subscription},
    page::{self, EXACT_TOTAL, Page, PageError, Sorts},
    text_match,
    trigrams::Words,
};

/// What the list can be filtered by.
pub const FIELDS: &[FieldSpec] = &[
    FieldSpec::number("id", "Number").also(&["customer_id", "skm_customer_id"]),
    FieldSpec::choice("status", "Status", Headline::STORED),
    FieldSpec::text("name", "Name"),
    FieldSpec::text("email", "E-mail").also(&["mail"]).optional(),
    FieldSpec::text("company", "Company").optional(),
    FieldSpec::text("country", "Country").optional(),
    FieldSpec::text("external_id", "External id").optional(),
    FieldSpec::text("stripe_id", "Stripe customer").optional(),
    FieldSpec::text("key", "Licence key").optional(),
    FieldSpec::number("webshop", "Webshop"),
    FieldSpec::date("created", "Created"),
];

/// Each has an index that ends with the id.
const SORTS: Sorts<'static, customer::Entity> = Sorts {
    id: customer::Column::Id,
    columns: &[
        ("id", customer::Column::Id),
        ("name", customer::Column::NameFolded),
        ("email", customer::Column::Email),
        ("company", customer::Column::CompanyFolded),
        ("created", customer::Column::CreatedAt),
    ],
    default: "-created",
};

/// One page of the customers that match.
///
/// Few are found through the indices and then sorted. Of many, a page is full soonest when they are read in the order
/// wanted. Which it is, the total says.
///
/// A search for a number shows the customer with exactly that id first, whatever else matches.
pub async fn list<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    predicate: &Predicate,
    query: &ListQuery,
) -> Result<Page<customer::Model>, PageError> {
    let words = Words::of(connection, predicate).await?;
    let by_index = matching(access, predicate, &CustomerColumns { words: Some(&words) });
    let total = if access == Access::All && words.are_many(predicate) {
        EXACT_TOTAL + 1
    } else {
        page::count(connection, by_index.clone()).await?
    };
    let select = if total <= EXACT_TOTAL {
        by_index
    } else {
        matching(access, predicate, &CustomerColumns { words: None })
    };
    let mut page = page::fetch_counted(connection, select, total, &SORTS, query).await?;
    if let Predicate::Search(SearchTerm { id: Some(id), .. }) = predicate
        && query.cursor.is_empty()
        && let Some(exact) = customers::find(connection, access, CustomerId(*id)).await?
    {
        page.rows.retain(|row| row.id != exact.id);
        page.rows.insert(0, exact);
    }
    Ok(page)
}

fn matching(
    access: Access,
    predicate: &Predicate,
    columns: &CustomerColumns<'_>,
) -> Select<customer::Entity> {
    access
        .restrict(customer::Entity::find(), customer::Column::Id)
        .filter(conditions::condition(predicate, columns))
}

struct CustomerColumns<'a> {
    /// What an index finds; none at all when the customers are read in order.
    words: Option<&'a Words>,
}

fn column(column: customer::Column) -> SimpleExpr {
    Expr::col((customer::Entity, column))
}

impl CustomerColumns<'_> {
    /// That the customer's texts contain a word, where an index finds them.
    fn lookup(&self, word: &str) -> Option<SimpleExpr> {
        self.words.and_then(|words| words.lookup(column(customer::Column::Id), word))
    }

    /// One of the texts that a search looks into.
    fn searched(&self, of: customer::Column, test: &FieldTest) -> Condition {
        let condition = conditions::folded(column(of), test);
        match test {
            FieldTest::Contains(text) => condition.add_option(self.lookup(text)),
            _ => condition,
        }
    }

    fn text(&self, term: &SearchTerm) -> SimpleExpr {
        let searched = || column(customer::Column::SearchText);
        let lower = term.text.to_lowercase();
        if !term.only_beginnings {
            return self.lookup(&lower).unwrap_or_else(|| searched().like(text_match::contains(&lower)));
        }
        let begins = searched().like(text_match::begins_with(&lower));
        if self.words.is_none() {
            return begins;
        }
        // Word for word what the index `ix_customer_beginning` is on.
        let beginning = Expr::cust("substr(\"customer\".\"search_text\", 1, 2)");
        beginning.between(lower.clone(), conditions::last_beginning_with(&lower)).and(begins)
    }
}

impl Columns for CustomerColumns<'_> {
    fn test(&self, field: &str, test: &FieldTest) -> Condition {
        use customer::Column as C;
        match field {
            "id" => conditions::number(column(C::Id), test),
            "created" => conditions::number(column(C::CreatedAt), test),
            "webshop" => conditions::number(column(C::WebshopId), test),
            "status" => conditions::choice(column(C::Headline), test),
            "name" => self.searched(C::NameFolded, test),
            "email" => self.searched(C::Email, test),
            "company" => self.searched(C::CompanyFolded, test),
            "country" => conditions::code(column(C::Country), test),
            "external_id" => conditions::filled_text(column(C::ExternalId), test),
            "stripe_id" => related(test, |test| {
                let column = Expr::col((stripe_customer::Entity, stripe_customer::Column::StripeId));
                stripe_customer::Entity::find()
                    .select_only()
                    .column(stripe_customer::Column::CustomerId)
                    .filter(conditions::exact(column, test))
                    .into_query()
            }),
            "key" => related(test, |test| {
                let column = Expr::col((licence_key::Entity, licence_key::Column::KeyText));
                licence_key::Entity::find()
                    .select_only()
                    .column(licence_key::Column::CustomerId)
                    .filter(licence_key::Column::CustomerId.is_not_null())
                    .filter(conditions::code(column, test))
                    .into_query()
            }),
            _ => conditions::never(),
        }
    }

    fn search(&self, term: &SearchTerm) -> Condition {
        let id = || column(customer::Column::Id);
        let mut any = Condition::any().add(self.text(term));
        if let Some(number) = term.id {
            any = any.add(id().eq(number));
        }
        if let Some(key) = &term.key {
            let owners = licence_key::Entity::find()
                .select_only()
                .column(licence_key::Column::CustomerId)
                .filter(licence_key::Column::CustomerId.is_not_null())
                .filter(licence_key::Column::KeyText.eq(key))
                .into_query();
            any = any.add(id().in_subquery(owners));
        }
        if term.is_stripe_id {
            let customers = stripe_customer::Entity::find()
                .select_only()
                .column(stripe_customer::Column::CustomerId)
                .filter(stripe_customer::Column::StripeId.eq(&term.text))
                .into_query();
            let contracts = subscription::Entity::find()
                .select_only()
                .column(subscription::Column::CustomerId)
                .filter(subscription::Column::StripeId.eq(&term.text))
                .into_query();
            any = any.add(id().in_subquery(customers));
            any = any.add(id().in_subquery(contracts));
        }
        any
    }
}

/// A test of something that a customer has any number of; "empty" means none at all.
fn related(test: &FieldTest, ids: impl Fn(&FieldTest) -> SelectStatement) -> Condition {
    let id = column(customer::Column::Id);
    if *test == FieldTest::Empty {
        let any = ids(&FieldTest::Contains(String::new()));
        return Condition::all().add(id.not_in_subquery(any));
    }
    Condition::all().add(id.in_subquery(ids(test)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test")]
mod tests {
    use latchkey_engine::filter::Range;
    use sea_orm::{DbBackend, QueryOrder as _, Statement};

    use super::*;
    use crate::Store;

    /// How SQLite would find the first page, in its own words.
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

    async fn opened() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("plans.db").display());
        (folder, Store::open(&url).await.unwrap())
    }

    #[tokio::test]
    async fn every_sort_reads_an_index_in_its_order() {
        let (_folder, store) = opened().await;
        for (name, sort) in SORTS.columns {
            let all = matching(Access::All, &Predicate::All(Vec::new()), &CustomerColumns { words: None });
            let plan = plan(&store, all, *sort).await;
            assert!(!plan.contains("TEMP B-TREE"), "{name}: {plan}");
            assert!(plan.contains("INDEX") || *name == "id", "{name}: {plan}");
        }
    }

    #[tokio::test]
    async fn every_indexed_filter_is_looked_up() {
        let (_folder, store) = opened().await;
        let acme = || "acme".to_owned();
        let one = || FieldTest::TextIn(vec![acme()]);
        let from = FieldTest::Range(Range { at_least: Some(1), below: Some(2) });
        let filters = [
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
            test("created", from),
            test("webshop", FieldTest::NumberIn(vec![1])),
            Predicate::Search(SearchTerm::new("acme")),
            Predicate::Search(SearchTerm::new("ac")),
            Predicate::Search(SearchTerm::new("cus_acme")),
        ];
        for filter in filters {
            let words = Words::of(store.read(), &filter).await.unwrap();
            let select = matching(Access::All, &filter, &CustomerColumns { words: Some(&words) });
            let plan = plan(&store, select, customer::Column::CreatedAt).await;
            assert!(plan.contains("SEARCH customer USING"), "{filter:?}: {plan}");
            assert!(!plan.contains("SCAN customer USING"), "{filter:?}: {plan}");
            assert!(
                !plan.contains("SCAN s"),
                "neither Stripe's customers nor subscriptions: {filter:?}: {plan}"
            );
        }
    }
}
