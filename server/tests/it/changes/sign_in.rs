//! Subscriptions that begin with the customer's first sign-in.

use latchkey::subscriptions::offline::start;
use latchkey_shared::{
    api::{changes::ChangeOptions, subscriptions::SubscriptionRow},
    status::SubscriptionStatus as Is,
};
use serde_json::{Value, json};

use super::world::{DAY, World, to};
use crate::on_both_databases;

impl World {
    /// Sells the small plan to somebody new, to begin with their first sign-in.
    async fn agree(&mut self) {
        self.customer = crate::keys::customer(&mut self.staff, "Bob").await;
        let small = self.small;
        self.id = self.add(small, json!({"at_sign_in": true, "paid_by": "cash"})).await;
    }

    async fn keys_of_it(&mut self) -> usize {
        self.row().await.keys.len()
    }

    async fn balance_left(&mut self) -> i64 {
        self.balance().await.totals.first().map_or(0, |total| total.minor)
    }
}

on_both_databases! {
    async fn its_time_begins_when_somebody_signs_in(app: TestApp) {
        let mut world = World::new(app).await;
        world.agree().await;
        let row = world.row().await;
        assert_eq!((row.status, row.paid_through, row.keys.len()), (Is::PendingStart, None, 0));
        world.wait_days(40).await;
        assert_eq!(world.row().await.status, Is::PendingStart, "waiting costs no time");
        assert!(world.history().await.contains(&"subscription_agreed".to_owned()));

        let now = world.app.state.clock.now();
        let mut portal = world.app.portal(world.customer).await;
        portal.get("/api/v1/session").await.done();
        let row = world.row().await;
        assert_eq!((row.status, row.keys.len()), (Is::Active, 1));
        let days = (row.paid_through.unwrap().millis() - now) / DAY;
        assert!((28..=31).contains(&days), "{days}");
        // Signing in once more gives nothing.
        portal.get("/api/v1/session").await.done();
        let again = world.row().await;
        assert_eq!((again.paid_through, again.keys.len()), (row.paid_through, 1));
        let started = world.history().await.iter().filter(|action| *action == "subscription_started").count();
        assert_eq!(started, 2, "the one that was there before, and this one once");
        world.wait_days(32).await;
        assert_eq!(world.row().await.status, Is::Expired);
    }

    async fn it_can_be_cancelled_before_and_its_money_comes_back(app: TestApp) {
        let mut world = World::new(app).await;
        world.agree().await;
        let options: ChangeOptions = world.options().await;
        assert!(options.can_cancel && options.can_change && !options.can_renew && !options.can_extend && !options.can_pause);
        assert_eq!(world.ask(json!({"action": "cancel", "when": "period_end"})).await.error(409), "no_period");
        assert_eq!(world.ask(json!({"action": "pause"})).await.error(409), "not_begun");
        assert_eq!(world.ask(json!({"action": "extend", "days": 3})).await.error(409), "not_begun");
        let row = world.carry_out(json!({"action": "cancel", "when": "now", "refund": "to_balance"}), json!({})).await;
        assert_eq!((row.status, world.balance_left().await), (Is::Cancelled, 3_000));
        let mut portal = world.app.portal(world.customer).await;
        portal.get("/api/v1/session").await.done();
        assert_eq!((world.row().await.status, world.keys_of_it().await), (Is::Cancelled, 0));
    }

    async fn another_plan_before_it_begins_charges_the_difference(app: TestApp) {
        let mut world = World::new(app).await;
        world.agree().await;
        let large = world.large;
        let shown = world.preview(to(large)).await;
        assert_eq!((shown.due.minor, shown.next.is_none()), (3_000, true));
        let row: SubscriptionRow = world.commit(&shown, json!({"paid_by": "cash"})).await.ok();
        assert_eq!((row.status, row.plan_name.as_str(), row.paid_through), (Is::PendingStart, "Large", None));
        let mut portal = world.app.portal(world.customer).await;
        portal.get("/api/v1/session").await.done();
        assert_eq!((world.row().await.status, world.keys_of_it().await), (Is::Active, 1));
    }

    async fn it_waits_until_the_terms_are_accepted(app: TestApp) {
        let mut world = World::new(app).await;
        let terms = json!({"url": "https://vendor.test/terms", "version": "1"});
        world.staff.put("/api/v1/settings/terms", terms.clone()).await.done();
        world.agree().await;
        let mut portal = world.app.portal(world.customer).await;
        portal.get("/api/v1/session").await.done();
        assert_eq!(world.row().await.status, Is::PendingStart);
        portal.post("/api/v1/portal/terms", terms).await.done();
        portal.get("/api/v1/session").await.done();
        assert_eq!(world.row().await.status, Is::Active);
    }

    async fn two_who_sign_in_at_once_begin_it_once(app: TestApp) {
        let mut world = World::new(app).await;
        world.agree().await;
        let begin = || start::at_sign_in(&world.app.state, world.customer);
        let (here, there) = tokio::join!(begin(), begin());
        assert_eq!(here.unwrap() + there.unwrap(), 1);
        assert_eq!(world.keys_of_it().await, 1);
    }

    async fn a_day_or_a_trial_do_not_go_with_it(app: TestApp) {
        let mut world = World::new(app).await;
        let address = format!("/api/v1/customers/{}/subscriptions", world.customer);
        let form = |with: Value| {
            let mut form = with;
            form["items"] = json!([{"plan": world.small, "quantity": 1}]);
            form["dry_run"] = json!(true);
            form["at_sign_in"] = json!(true);
            form
        };
        let (day, trial) = (form(json!({"starts": "2030-01-01"})), form(json!({"trial": true})));
        world.staff.post(&address, day).await.field("starts");
        world.staff.post(&address, trial).await.field("trial");
    }
}
