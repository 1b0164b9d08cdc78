//! Renewals from the balance, and prices of one customer's own.

use latchkey::subscriptions::changes::due;
use latchkey_shared::{
    api::{changes::ChangeOptions, portal::Billing, transactions::TransactionRow},
    ids::SubscriptionId,
    permission::Role,
    status::SubscriptionStatus,
    transaction::{TransactionSource as Source, TransactionState as State},
};
use serde_json::{Value, json};

use super::world::{DAY, World, plan_form, to};
use crate::on_both_databases;

impl World {
    pub async fn auto_renew(&mut self, on: bool) -> ChangeOptions {
        let address = format!("/api/v1/subscriptions/{}/auto-renew", self.id);
        self.staff.put(&address, json!({"on": on})).await.ok()
    }

    pub async fn credit(&mut self, minor: i64) {
        let address = format!("/api/v1/customers/{}/balance", self.customer);
        let form = json!({"amount": {"minor": minor, "currency": "EUR"}, "reason": "Paid in advance"});
        self.staff.post(&address, form).await.done();
    }

    async fn grace(&mut self, days: i64) {
        let products: Value = self.staff.get("/api/v1/products").await.ok();
        let product = &products["items"][0];
        let address = format!("/api/v1/products/{}", product["id"]);
        let shown: Value = self.staff.get(&address).await.ok();
        let form = json!({"name": "Studio", "description": "", "active": true, "grace_days": days,
            "feature_names": vec![""; 8], "version": shown["version"]});
        self.staff.patch(&address, form).await.done();
    }

    async fn entries(&mut self, kind: &str) -> Vec<TransactionRow> {
        let filter = format!("subscription%20%3D%20{}%20and%20type%20%3D%20{kind}", self.id);
        let list: Value = self.staff.get(&format!("/api/v1/transactions?sort=id&filter={filter}")).await.ok();
        serde_json::from_value(list["items"].clone()).unwrap()
    }

    async fn left(&mut self) -> i64 {
        self.balance().await.totals.first().map_or(0, |total| total.minor)
    }
}

on_both_databases! {
    async fn at_its_end_the_balance_renews_it_once(app: TestApp) {
        let mut world = World::new(app).await;
        world.grace(10).await;
        assert!(world.auto_renew(true).await.auto_renew);
        world.credit(7_000).await;
        let end = world.row().await.paid_through.unwrap();
        world.wait_days(20).await;
        assert_eq!(world.row().await.paid_through, Some(end), "not before its end");
        world.app.state.clock.advance(12 * DAY);
        // Two processes at once, and again.
        let (one, other) = tokio::join!(due::run_due(&world.app.state), due::run_due(&world.app.state));
        one.unwrap();
        other.unwrap();
        due::run_due(&world.app.state).await.unwrap();
        world.staff = world.app.staff(Role::Admin).await;
        let row = world.row().await;
        assert_eq!((row.status, world.left().await), (SubscriptionStatus::Active, 4_000));
        assert_eq!(world.keys().await[0].expires_at, row.paid_through.map(|at| at.millis() + 10 * DAY));
        let renewed = world.entries("subscription_renewed").await;
        assert_eq!(renewed.iter().map(|entry| entry.source).collect::<Vec<_>>(), [Source::Scheduler]);
        assert_eq!(world.entries("balance").await.len(), 1);
        assert_eq!(world.entries("payment").await.len(), 1, "the first one; no money moved for the second");
        // It begins where the last one ended, so nothing drifts.
        let days = (row.paid_through.unwrap().millis() - end.millis()) / DAY;
        assert!((28..=31).contains(&days), "{days}");
        world.wait_days(31).await;
        assert_eq!(world.left().await, 1_000);
        world.auto_renew(false).await;
        world.wait_days(45).await;
        assert_eq!((world.row().await.status, world.left().await), (SubscriptionStatus::Expired, 1_000));
    }

    async fn what_the_balance_does_not_cover_expires_and_is_in_the_history(app: TestApp) {
        let mut world = World::new(app).await;
        world.auto_renew(true).await;
        world.credit(2_999).await;
        world.wait_days(32).await;
        assert_eq!(world.row().await.status, SubscriptionStatus::Expired);
        world.wait_days(1).await;
        let missed = world.entries("payment_failed").await;
        assert_eq!(missed.len(), 1, "told once");
        assert_eq!((missed[0].state, missed[0].source, missed[0].asked.unwrap().minor), (State::Failed, Source::Scheduler, 3_000));
        assert!(world.history().await.contains(&"renewal_missed".to_owned()));
        // Without grace it is over, whatever comes in later.
        world.credit(10_000).await;
        world.wait_days(1).await;
        assert_eq!((world.row().await.status, world.left().await), (SubscriptionStatus::Expired, 12_999));
    }

    async fn while_grace_lasts_money_that_comes_in_renews_it(app: TestApp) {
        let mut world = World::new(app).await;
        world.grace(10).await;
        world.auto_renew(true).await;
        let end = world.row().await.paid_through.unwrap();
        world.wait_days(32).await;
        assert_eq!(world.row().await.status, SubscriptionStatus::Grace);
        world.credit(3_000).await;
        // At the next look, not only in an hour.
        due::run_due(&world.app.state).await.unwrap();
        let row = world.row().await;
        assert_eq!((row.status, world.left().await), (SubscriptionStatus::Active, 0));
        let days = (row.paid_through.unwrap().millis() - end.millis()) / DAY;
        assert!((28..=31).contains(&days), "the days of grace belong to it: {days}");
        assert_eq!(world.entries("payment_failed").await.len(), 1);

        world.wait_days(50).await;
        world.credit(3_000).await;
        world.wait_days(1).await;
        assert_eq!(world.row().await.status, SubscriptionStatus::Expired, "after the grace it stays so");
    }

    async fn a_planned_change_takes_over_before_it_is_renewed(app: TestApp) {
        let mut world = World::new(app).await;
        let mut ask = to(world.large);
        ask["when"] = json!("period_end");
        world.carry_out(ask, json!({})).await;
        world.auto_renew(true).await;
        world.credit(6_000).await;
        world.wait_days(32).await;
        world.app.state.clock.advance(60_000);
        due::run_due(&world.app.state).await.unwrap();
        let row = world.row().await;
        assert_eq!((row.plan_name.as_str(), row.status, world.left().await), ("Large", SubscriptionStatus::Active, 0));
    }

    async fn whoever_ends_it_is_not_renewed_and_the_customer_sees_what_holds(app: TestApp) {
        let mut world = World::new(app).await;
        let mut portal = world.app.portal(world.customer).await;
        let seen = |billing: &Billing| billing.subscriptions[0].renews_from_balance;
        assert!(!seen(&portal.get("/api/v1/portal/billing").await.ok()));
        world.auto_renew(true).await;
        world.credit(9_000).await;
        assert!(seen(&portal.get("/api/v1/portal/billing").await.ok()));
        world.carry_out(json!({"action": "cancel", "when": "period_end"}), json!({})).await;
        assert!(!seen(&portal.get("/api/v1/portal/billing").await.ok()));
        world.wait_days(32).await;
        assert_eq!((world.row().await.status, world.left().await), (SubscriptionStatus::Cancelled, 9_000));
    }

    async fn a_price_of_ones_own_holds_for_renewals_and_is_written_down(app: TestApp) {
        let mut world = World::new(app).await;
        let address = format!("/api/v1/subscriptions/{}/own-price", world.id);
        let form = |plan: i64, price: Option<i64>| json!({"plan": plan, "price": price, "reason": "A school"});
        world.staff.put(&address, form(world.large, Some(1))).await.field("plan");
        world.staff.put(&address, form(world.small, Some(-1))).await.field("price");
        world.staff.put(&address, json!({"plan": world.small, "price": 1, "reason": " "})).await.field("reason");
        let mut support = world.app.staff(Role::Support).await;
        assert_eq!(support.put(&address, form(world.small, Some(1))).await.status.as_u16(), 403);
        let shown = world.preview(json!({"action": "renew"})).await;
        let set: ChangeOptions = world.staff.put(&address, form(world.small, Some(2_000))).await.ok();
        assert_eq!(set.items[0].own_price.unwrap().minor, 2_000);
        assert_eq!(set.items[0].price.unwrap().minor, 3_000, "what was paid is as it was");
        assert_eq!(world.commit(&shown, json!({"paid_by": "cash"})).await.error(409), "quote_changed");

        // It outlives a dearer price list.
        let dearer = plan_form("Small", 4_000, "month", 1);
        world.staff.put(&format!("/api/v1/offline-plans/{}", world.small), dearer).await.done();
        assert_eq!(world.preview(json!({"action": "renew"})).await.due.minor, 2_000);
        world.auto_renew(true).await;
        world.credit(2_500).await;
        world.wait_days(32).await;
        assert_eq!((world.row().await.status, world.left().await), (SubscriptionStatus::Active, 500));
        assert_eq!(world.row().await.price.unwrap().minor, 2_000);
        let none: ChangeOptions = world.staff.put(&address, form(world.small, None)).await.ok();
        assert_eq!(none.items[0].own_price, None);
        assert_eq!(world.preview(json!({"action": "renew"})).await.total.minor, 4_000);
        assert_eq!(world.history().await.iter().filter(|action| *action == "own_price_changed").count(), 2);
    }

    async fn what_is_somebody_elses_is_not_there(app: TestApp) {
        let mut world = World::new(app).await;
        world.id = SubscriptionId(4_242);
        let address = format!("/api/v1/subscriptions/{}", world.id);
        let price = json!({"plan": 1, "price": 1, "reason": "A"});
        assert_eq!(world.staff.put(&format!("{address}/own-price"), price).await.error(404), "not_found");
        assert_eq!(world.staff.put(&format!("{address}/auto-renew"), json!({"on": true})).await.error(404), "not_found");
    }
}
