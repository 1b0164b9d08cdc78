//! Reports: what comes in, what is lost, what is due, by product and month.

use latchkey_shared::{
    api::{
        common::List,
        reports::{ChurnMonth, Reports},
        transactions::TransactionRow,
    },
    ids::SubscriptionId,
    permission::Role,
};
use latchkey_store::entity::subscription;
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _, IntoActiveModel as _};
use serde_json::json;

use super::{Shop, in_both_shops, world::Buyer};

const DAY: i64 = 86_400_000;

/// Lets time pass; whoever was signed in has to do so again.
async fn later(shop: &mut Shop, days: i64) {
    shop.wait_days(days).await;
    shop.staff = shop.app.staff(Role::Admin).await;
}

/// Sells a plan to somebody who is new.
async fn sold(shop: &mut Shop, name: &str, price: &str) -> SubscriptionId {
    let mut buyer: Buyer = shop.buyer(name).await;
    shop.sell(&mut buyer, price).await;
    shop.home(&mut buyer).await.subscriptions[0].id
}

/// Writes into a contract's row what time would have.
async fn put(shop: &Shop, id: SubscriptionId, change: impl FnOnce(&mut subscription::ActiveModel)) {
    let transaction = shop.app.state.store.begin().await.unwrap();
    let row = subscription::Entity::find_by_id(id.0).one(&transaction).await.unwrap().unwrap();
    let mut row = row.into_active_model();
    change(&mut row);
    row.update(&transaction).await.unwrap();
    transaction.commit().await.unwrap();
}

async fn reports(shop: &mut Shop) -> Reports {
    shop.staff.get("/api/v1/reports").await.ok()
}

fn counts(month: &ChurnMonth) -> (i64, i64, i64, Option<i64>) {
    (month.running, month.won, month.lost, month.rate)
}

in_both_shops! {
    async fn reports_say_what_comes_in_and_what_is_lost(mut shop: Shop) {
        let (mut ann, mut bob) = (shop.buyer("Ann").await, shop.buyer("Bob").await);
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        shop.sell(&mut bob, &shop.yearly.clone()).await;
        let reports: Reports = shop.staff.get("/api/v1/reports").await.ok();
        let eur = &reports.currencies[0];
        assert_eq!((reports.currencies.len(), eur.mrr_now.minor), (1, 900 + 750), "9 a month and 90 a year");
        assert_eq!((eur.mrr[0].name.as_str(), eur.mrr[0].amounts[11].minor), ("Editor", 1_650));
        assert_eq!(eur.mrr[0].amounts[0].minor, 0, "a year ago there was nothing");
        assert_eq!(eur.revenue[0].amounts[11].minor, 9_900);
        let due: i64 = reports.renewals.iter().map(|row| row.count).sum();
        assert_eq!((due, reports.renewals[0].amount.minor), (1, 900), "the year is not over within 90 days");
        assert_eq!(reports.churn[11].won, 2);
        assert_eq!((reports.months_ahead.len(), &reports.months_ahead[0]), (4, &reports.months[11]));
        assert!(reports.months_ahead.contains(&reports.renewals[0].month));
        assert_eq!(reports.failed, []);

        let paid: List<TransactionRow> = shop.staff.get("/api/v1/transactions?filter=gross%20%3D%209").await.ok();
        let refund = json!({"amount": 400, "reason": "requested_by_customer", "note": "", "then": "keep"});
        shop.staff.post(&format!("/api/v1/transactions/{}/refund", paid.items[0].id), refund).await.done();
        shop.settle().await;
        let customer = shop.fake.objects("customer").into_iter().find(|one| one["email"] == "ann@buyer.test").unwrap();
        let customer = customer["id"].as_str().unwrap().to_owned();
        shop.fake.set_card(&customer, "4000000000000341").unwrap();
        shop.fake.chaos(|chaos| chaos.declines.insert(customer, "insufficient_funds".to_owned()));
        later(&mut shop, 32).await;
        let reports: Reports = shop.staff.get("/api/v1/reports").await.ok();
        let all: i64 = reports.currencies[0].revenue[0].amounts.iter().map(|amount| amount.minor).sum();
        assert_eq!(all, 9_500);
        assert!(reports.failed[0].count >= 1 && reports.failed[0].amount.minor >= 900, "{:?}", reports.failed);

        let text = shop.staff.get("/api/v1/reports/export?report=mrr").await.text;
        assert!(text.starts_with("month,product,currency,amount\r\n") && text.contains(",Editor,EUR,16.50\r\n"), "{text}");
        let failed = shop.staff.get("/api/v1/reports/export?report=failed").await.text;
        assert!(failed.starts_with("month,product,count,currency,amount\r\n") && failed.contains(",Editor,"), "{failed}");
        for kind in ["revenue", "churn", "renewals"] {
            shop.staff.get(&format!("/api/v1/reports/export?report={kind}")).await.done();
        }
        assert_eq!(shop.staff.get("/api/v1/reports/export?report=other").await.status.as_u16(), 400);
    }

    async fn contracts_that_ended_are_churn_of_their_product(mut shop: Shop) {
        let (monthly, yearly) = (shop.monthly.clone(), shop.yearly.clone());
        let (lost, kept) = (sold(&mut shop, "Ann", &monthly).await, sold(&mut shop, "Bob", &yearly).await);
        let (tried, in_trial) = (sold(&mut shop, "Cem", &monthly).await, sold(&mut shop, "Dia", &monthly).await);
        let paused = sold(&mut shop, "Eli", &monthly).await;
        let now = shop.app.state.clock.now();
        let long_ago = now - 40 * DAY;
        put(&shop, lost, |row| {
            (row.created_at, row.ended_at, row.status) = (Set(long_ago), Set(Some(now)), Set("cancelled".to_owned()));
        }).await;
        put(&shop, kept, |row| row.created_at = Set(long_ago)).await;
        // Whoever leaves within the trial never paid; whoever is in it does not yet.
        put(&shop, tried, |row| {
            (row.trial_ends_at, row.ended_at) = (Set(Some(now + DAY)), Set(Some(now - 1)));
        }).await;
        put(&shop, in_trial, |row| {
            (row.trial_ends_at, row.status) = (Set(Some(now + DAY)), Set("trial".to_owned()));
        }).await;
        put(&shop, paused, |row| {
            (row.created_at, row.status) = (Set(long_ago), Set("paused".to_owned()));
        }).await;

        let shown = reports(&mut shop).await;
        let eur = &shown.currencies[0];
        assert_eq!((eur.mrr_now.minor, eur.mrr[0].amounts[11].minor), (750, 750), "neither lost, on trial nor paused");
        assert_eq!(eur.mrr[0].amounts[10].minor, 900 + 750 + 900, "as it was at the end of the month before");
        assert_eq!(counts(&shown.churn[11]), (3, 0, 1, Some(3_333)));
        assert_eq!(shown.churn_by_product.len(), 1);
        let editor = &shown.churn_by_product[0];
        assert_eq!((editor.name.as_str(), editor.months.len()), ("Editor", 12));
        assert_eq!(counts(&editor.months[11]), (3, 0, 1, Some(3_333)));
        assert_eq!(shown.churn.iter().map(|month| month.won).sum::<i64>(), 3);

        let text = shop.staff.get("/api/v1/reports/export?report=churn").await.text;
        assert!(text.starts_with("month,product,running,won,lost,churn_percent\r\n"), "{text}");
        for product in ["All products", "Editor"] {
            let line = format!("{},{product},3,0,1,33.33\r\n", shown.months[11]);
            assert!(text.contains(&line), "{line} is not in {text}");
        }
    }
}
