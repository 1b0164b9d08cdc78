//! The history of a customer, as the store keeps it.

use latchkey_engine::filter::{FieldTest, Predicate};
use latchkey_shared::{
    api::{common::ListQuery, customers::Customer},
    ids::CustomerId,
    permission::Role,
    transaction::{TransactionKind, TransactionSource, TransactionState},
};
use latchkey_store::{
    Access,
    transactions::{self, NewEntry, Sum},
};
use serde_json::json;

use crate::{on_both_databases, util::TestApp};

async fn customer(app: &TestApp, name: &str) -> CustomerId {
    let form = json!({"name": name, "email": "", "company": "", "phone": "", "country": "", "notes": "",
        "external_id": "", "enable_association": false});
    app.staff(Role::Owner).await.post("/api/v1/customers", form).await.ok::<Customer>().id
}

fn payment(customer: CustomerId, name: &str, (net, tax): (i64, i64), at: i64) -> NewEntry {
    NewEntry {
        net,
        tax,
        currency: "EUR".to_owned(),
        payment_ref: Some(format!("pi_{name}")),
        ..NewEntry::of(customer.0, TransactionKind::Payment, TransactionSource::Stripe, name, at)
    }
}

async fn write(app: &TestApp, entry: NewEntry) -> bool {
    let transaction = app.state.store.begin().await.unwrap();
    let new = transactions::add(&transaction, entry, 1_000).await.unwrap();
    transaction.commit().await.unwrap();
    new
}

on_both_databases! {
    async fn nothing_is_written_twice_and_what_is_learnt_later_is_kept(app: TestApp) {
        let buyer = customer(&app, "Ada").await;
        assert!(write(&app, payment(buyer, "in_1", (1_000, 190), 5)).await);
        assert!(!write(&app, payment(buyer, "in_1", (9_999, 0), 6)).await);
        // The same name at another Stripe account is another payment.
        assert!(write(&app, NewEntry { account: 7, ..payment(buyer, "in_1", (500, 0), 7) }).await);

        let later = NewEntry { state: TransactionState::Failed, ..payment(buyer, "in_1", (1, 1), 99) };
        let transaction = app.state.store.begin().await.unwrap();
        transactions::keep(&transaction, later, 2_000).await.unwrap();
        transaction.commit().await.unwrap();
        let row = transactions::by_ref(app.state.store.read(), Access::All, 0, "in_1").await.unwrap().unwrap();
        assert_eq!((row.state.as_str(), row.gross, row.happened_at, row.updated_at), ("failed", 2, 5, 2_000));
    }

    async fn sums_keep_currencies_apart_and_count_only_what_moved(app: TestApp) {
        let (ada, bob) = (customer(&app, "Ada").await, customer(&app, "Bob").await);
        write(&app, payment(ada, "in_1", (1_000, 190), 5)).await;
        write(&app, payment(bob, "in_2", (2_000, 380), 6)).await;
        write(&app, NewEntry { currency: "USD".to_owned(), ..payment(ada, "in_3", (700, 0), 7) }).await;
        let back = NewEntry { kind: TransactionKind::Refund, ..payment(ada, "re_1", (-500, -95), 8) };
        write(&app, back.clone()).await;
        let asked = NewEntry { unique_ref: "re_2".to_owned(), state: TransactionState::Pending, ..back };
        write(&app, asked).await;
        let failed = NewEntry { kind: TransactionKind::PaymentFailed, ..payment(ada, "in_4", (0, 0), 9) };
        write(&app, NewEntry { asked: 4_900, ..failed }).await;

        let everything = Predicate::All(Vec::new());
        let sum = |currency: &str, net, tax, gross| Sum { currency: currency.to_owned(), net, tax, gross };
        let connection = app.state.store.read();
        assert_eq!(
            transactions::sums(connection, Access::All, &everything).await.unwrap(),
            [sum("EUR", 2_500, 475, 2_975), sum("USD", 700, 0, 700)]
        );
        let own = Access::Customer(bob);
        assert_eq!(transactions::sums(connection, own, &everything).await.unwrap(), [sum("EUR", 2_000, 380, 2_380)]);
        let page = transactions::list(connection, own, &everything, &ListQuery::default()).await.unwrap();
        assert_eq!(page.rows.iter().map(|row| row.unique_ref.as_str()).collect::<Vec<_>>(), ["in_2"]);

        let refunds = Predicate::Test { field: "type", test: FieldTest::ChoiceIn(vec!["refund"]) };
        let by_amount = ListQuery { sort: "gross".to_owned(), limit: 1, ..ListQuery::default() };
        let page = transactions::list(connection, Access::All, &refunds, &by_amount).await.unwrap();
        assert_eq!((page.rows.len(), page.meta.total), (1, 2));
        let rest = ListQuery { cursor: page.meta.next.unwrap(), ..by_amount };
        let page = transactions::list(connection, Access::All, &refunds, &rest).await.unwrap();
        assert_eq!((page.rows[0].unique_ref.as_str(), page.meta.next), ("re_2", None));
    }

    async fn an_export_walks_through_all_once(app: TestApp) {
        let ada = customer(&app, "Ada").await;
        for number in 0..5 {
            write(&app, payment(ada, &format!("in_{number}"), (100, 0), 10 + number / 2)).await;
        }
        let everything = Predicate::All(Vec::new());
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let rows = transactions::moved_after(app.state.store.read(), Access::All, &everything, after, 2).await.unwrap();
            let Some(last) = rows.last() else { break };
            after = Some((last.happened_at, last.id));
            seen.extend(rows.into_iter().map(|row| row.unique_ref));
        }
        assert_eq!(seen, ["in_0", "in_1", "in_2", "in_3", "in_4"]);
    }
}
