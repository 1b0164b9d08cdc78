//! Giving back what came by bank transfer or in cash.

use latchkey_shared::{
    api::transactions::Transaction, permission::Role, status::SubscriptionStatus,
    transaction::TransactionState,
};
use serde_json::{Value, json};

use super::world::World;
use crate::on_both_databases;

async fn payment(world: &mut World) -> i64 {
    let found: Value = world.staff.get("/api/v1/transactions?filter=type%20%3D%20payment").await.ok();
    found["items"][0]["id"].as_i64().unwrap()
}

fn refund(amount: i64, then: &str) -> Value {
    json!({"amount": amount, "reason": "requested_by_customer", "note": "Wrong product.", "then": then,
        "reference": "SEPA 77"})
}

on_both_databases! {
    async fn a_part_is_written_down_at_once_and_the_rest_is_left(app: TestApp) {
        let mut world = World::new(app).await;
        let id = payment(&mut world).await;
        let address = format!("/api/v1/transactions/{id}");
        let paid: Transaction = world.staff.get(&address).await.ok();
        assert!(paid.refund_by_hand);
        assert_eq!(paid.refundable.map(|left| left.minor), Some(3_000));

        let back = format!("{address}/refund");
        assert_eq!(world.staff.post(&back, refund(3_001, "keep")).await.error(422), "invalid", "more than was paid");
        let mut support = world.app.staff(Role::Support).await;
        assert_eq!(support.post(&back, refund(1, "keep")).await.status.as_u16(), 403, "only with MoneyWrite");
        let paid: Transaction = world.staff.post(&back, refund(1_000, "keep")).await.ok();
        assert_eq!(paid.refundable.map(|left| left.minor), Some(2_000));
        assert_eq!(paid.row.given_back.map(|back| back.minor), Some(1_000));
        let written = &paid.related[0];
        assert_eq!((written.state, written.gross.unwrap().minor), (TransactionState::Done, -1_000));
        assert_eq!((written.reference.as_str(), written.method.as_str()), ("SEPA 77", "bank_transfer"));
        assert_eq!(world.row().await.status, SubscriptionStatus::Active);
        assert!(!world.keys().await[0].blocked);

        let paid: Transaction = world.staff.post(&back, refund(2_000, "block")).await.ok();
        assert_eq!((paid.refundable, paid.related.len()), (None, 2));
        assert!(world.keys().await[0].blocked);
        assert_eq!(world.row().await.status, SubscriptionStatus::Active, "blocking ends nothing");
        assert_eq!(world.staff.post(&back, refund(1, "keep")).await.error(409), "already_refunded");
        assert_eq!(world.staff.post(&format!("/api/v1/transactions/{}/refund", paid.related[0].id), refund(1, "keep")).await
            .error(409), "not_refundable");
    }

    async fn the_end_comes_at_once_and_nothing_goes_to_the_balance(app: TestApp) {
        let mut world = World::new(app).await;
        let id = payment(&mut world).await;
        let back = format!("/api/v1/transactions/{id}/refund");
        let paid: Transaction = world.staff.post(&back, refund(3_000, "end")).await.ok();
        assert_eq!(paid.refundable, None);
        let row = world.row().await;
        assert_eq!(row.status, SubscriptionStatus::Cancelled);
        assert!(world.balance().await.totals.is_empty(), "given back once, not twice");
        let key = &world.keys().await[0];
        assert!(key.expires_at.unwrap() <= world.app.state.clock.now(), "the key ended too");
        assert_eq!(world.history().await, ["subscription_started", "subscription_cancelled"]);
        assert_eq!(world.staff.post(&back, refund(1, "end")).await.error(409), "already_refunded");
    }
}
