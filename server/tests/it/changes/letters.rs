//! What customers are told of as it happens: an end that somebody wants, a renewal that did not come about.

use latchkey_shared::api::message_templates::Reminders;
use latchkey_store::entity::communication;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde_json::{Value, json};

use super::world::{World, plan_form};
use crate::{on_both_databases, util::TestApp};

async fn world(app: TestApp) -> World {
    let world = World::new(app).await;
    // Who signs in is written to where the customer has no address.
    world.app.portal(world.customer).await;
    world
}

async fn messages(world: &World, kind: &str) -> Vec<communication::Model> {
    communication::Entity::find()
        .filter(communication::Column::Kind.eq(kind))
        .order_by_asc(communication::Column::Id)
        .all(world.app.state.store.read())
        .await
        .unwrap()
}

fn cancel(when: &str) -> Value {
    json!({"action": "cancel", "when": when})
}

on_both_databases! {
    async fn an_end_for_later_and_one_at_once_are_confirmed(app: TestApp) {
        let mut world = world(app).await;
        let end = world.row().await.paid_through.unwrap().utc_date().to_string();
        world.carry_out(cancel("period_end"), json!({})).await;
        let told = messages(&world, "cancelled").await;
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].subject, "Your subscription to Studio is cancelled");
        assert!(told[0].text.contains(&format!("on {end}")), "{}", told[0].text);
        assert_eq!(told[0].customer_id, Some(world.customer.0));
        let words = json!({"subject": "Gone {when}", "text": "{until}"});
        world.staff.put("/api/v1/message-templates/cancelled", words).await.done();
        world.carry_out(cancel("now"), json!({})).await;
        let told = messages(&world, "cancelled").await;
        assert_eq!((told.len(), told[1].subject.as_str()), (2, "Gone today"));
    }

    async fn who_cancels_themselves_is_told_too_and_the_vendor_can_keep_silent(app: TestApp) {
        let mut world = world(app).await;
        let rules = json!({"upgrade": false, "downgrade": false, "cancel": true});
        world.staff.put("/api/v1/settings/self-service", rules).await.done();
        let mut portal = world.app.portal(world.customer).await;
        portal.post(&format!("/api/v1/portal/subscriptions/{}/cancel", world.id), json!({})).await.done();
        assert_eq!(messages(&world, "cancelled").await.len(), 1);
        world.staff.post(&world.address("/undo"), json!({})).await.done();
        let off = json!({"enabled": false, "days": ""});
        let rules: Reminders = world.staff.put("/api/v1/reminders/cancelled", off).await.ok();
        assert!(rules.reminders.iter().any(|rule| rule.kind.as_str() == "cancelled" && !rule.enabled));
        world.carry_out(cancel("now"), json!({})).await;
        assert_eq!(messages(&world, "cancelled").await.len(), 1);
        let on: Reminders = world.staff.put("/api/v1/reminders/cancelled", json!({"enabled": true, "days": ""})).await.ok();
        assert!(on.reminders.iter().any(|rule| rule.kind.as_str() == "cancelled" && rule.enabled), "without days");
    }

    async fn a_renewal_that_the_balance_does_not_cover_is_told_of_once(app: TestApp) {
        let mut world = world(app).await;
        let address = format!("/api/v1/subscriptions/{}/auto-renew", world.id);
        world.staff.put(&address, json!({"on": true})).await.done();
        let end = world.row().await.paid_through.unwrap().utc_date().to_string();
        world.wait_days(32).await;
        world.wait_days(1).await;
        let told = messages(&world, "renewal_missed").await;
        assert_eq!(told.len(), 1, "once");
        assert_eq!(told[0].subject, "Your subscription to Studio could not be renewed");
        for part in [end.as_str(), "does not cover the 30.00 EUR"] {
            assert!(told[0].text.contains(part), "{part}: {}", told[0].text);
        }
    }

    async fn a_plan_that_is_gone_is_told_of_with_the_reason(app: TestApp) {
        let mut world = world(app).await;
        let address = format!("/api/v1/subscriptions/{}/auto-renew", world.id);
        world.staff.put(&address, json!({"on": true})).await.done();
        let credit = json!({"amount": {"minor": 9_000, "currency": "EUR"}, "reason": "Paid in advance"});
        world.staff.post(&format!("/api/v1/customers/{}/balance", world.customer), credit).await.done();
        let mut gone = plan_form("Small", 3_000, "month", 1);
        gone["offered"] = json!(false);
        gone["prices"] = json!([{"minor": 3_000, "currency": "USD"}]);
        world.staff.put(&format!("/api/v1/offline-plans/{}", world.small), gone).await.done();
        world.wait_days(32).await;
        let told = messages(&world, "renewal_missed").await;
        assert_eq!(told.len(), 1);
        assert!(!told[0].text.contains("did not work: \n"), "{}", told[0].text);
    }
}
