//! What waits for its day, and taking it back.

use latchkey_shared::{change::Direction, status::SubscriptionStatus};
use serde_json::json;

use super::world::{World, plan_form, to};
use crate::on_both_databases;

on_both_databases! {
    async fn a_downgrade_waits_for_the_end_and_can_be_taken_back(app: TestApp) {
        let mut world = World::new(app).await;
        let (small, large) = (world.small, world.large);
        let ask = to(large);
        world.carry_out(ask, json!({"paid_by": "cash"})).await;
        let mut ask = to(small);
        ask["when"] = json!("period_end");
        let shown = world.preview(ask.clone()).await;
        assert_eq!((shown.direction, shown.is_planned, shown.due.minor), (Direction::Downgrade, true, 0));
        world.commit(&shown, json!({})).await.done();
        let pending = world.options().await.pending.unwrap();
        assert_eq!((pending.text.as_str(), Some(pending.due)), ("Changes to Studio · Small", shown.old_expiry));
        assert_eq!(world.row().await.plan_name, "Large", "nothing changes before");
        assert_eq!(world.ask(json!({"action": "renew"})).await.error(409), "change_planned");

        let undo = world.address("/undo");
        world.staff.post(&undo, json!({})).await.done();
        assert_eq!(world.options().await.pending, None);
        assert_eq!(world.staff.post(&undo, json!({})).await.error(409), "nothing_planned");

        // Planned twice, there is still one.
        let shown = world.preview(ask.clone()).await;
        world.commit(&shown, json!({})).await.done();
        let again = world.preview(ask).await;
        assert_eq!(again.replaces.as_deref(), Some("Changes to Studio · Small"));
        world.commit(&again, json!({})).await.done();
        world.wait_days(32).await;
        let row = world.row().await;
        assert_eq!((row.plan_name.as_str(), row.status), ("Small", SubscriptionStatus::Expired));
        assert_eq!(world.keys().await[0].max_machines, 1);
        assert_eq!(world.options().await.pending, None);
        world.carry_out(json!({"action": "renew"}), json!({"paid_by": "cash"})).await;
        assert_eq!(world.row().await.status, SubscriptionStatus::Active);
    }

    async fn what_is_planned_survives_that_the_plan_is_withdrawn(app: TestApp) {
        let mut world = World::new(app).await;
        let large = world.large;
        let mut ask = to(large);
        ask["when"] = json!("period_end");
        world.carry_out(ask, json!({})).await;
        let mut form = plan_form("Large", 6_000, "month", 5);
        form["offered"] = json!(false);
        world.staff.put(&format!("/api/v1/offline-plans/{large}"), form).await.done();
        world.wait_days(32).await;
        assert_eq!(world.row().await.plan_name, "Large");
    }

    async fn the_end_is_planned_kept_and_comes(app: TestApp) {
        let mut world = World::new(app).await;
        let cancel = json!({"action": "cancel", "when": "period_end"});
        let row = world.carry_out(cancel.clone(), json!({"reason": "Too dear"})).await;
        assert_eq!((row.cancels_at, row.status), (row.paid_through, SubscriptionStatus::Active));
        assert!(!world.options().await.can_cancel);
        let undo = world.address("/undo");
        world.staff.post(&undo, json!({})).await.done();
        assert_eq!(world.row().await.cancels_at, None);
        world.carry_out(cancel, json!({})).await;
        world.wait_days(32).await;
        let row = world.row().await;
        assert_eq!((row.status, row.ended), (SubscriptionStatus::Cancelled, row.paid_through));
        assert!(world.keys().await[0].blocked);
        assert_eq!(world.ask(json!({"action": "cancel"})).await.error(409), "already_over");
        let back = world.carry_out(json!({"action": "renew"}), json!({"paid_by": "cash"})).await;
        assert_eq!((back.status, back.ended), (SubscriptionStatus::Active, None));
        assert!(!world.keys().await[0].blocked, "the old key works again");
    }

    async fn the_end_at_once_gives_back_what_was_not_used(app: TestApp) {
        let mut world = World::new(app).await;
        world.carry_out(json!({"action": "extend", "days": 30}), json!({"reason": "Outage"})).await;
        let ask = json!({"action": "cancel", "refund": "to_balance"});
        let shown = world.preview(ask).await;
        assert_eq!(shown.to_balance.minor, 3_000, "all of it, on the first day");
        world.commit(&shown, json!({})).await.done();
        assert_eq!(world.balance().await.totals[0].minor, 3_000);
        assert_eq!(world.row().await.status, SubscriptionStatus::Cancelled);
        assert!(world.keys().await[0].blocked, "also what was given beyond it ends");
    }

    async fn the_month_becomes_a_year(app: TestApp) {
        let mut world = World::new(app).await;
        let ask = to(world.yearly);
        let shown = world.preview(ask).await;
        assert_eq!(shown.due.minor, 27_000);
        assert!(shown.new_expiry > shown.old_expiry);
        let row = world.commit(&shown, json!({"paid_by": "bank_transfer"})).await;
        row.done();
        let row = world.row().await;
        assert_eq!((row.plan_name.as_str(), row.paid_through), ("Yearly", shown.new_expiry));
    }
}
