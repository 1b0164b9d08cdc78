//! What a refund of all that was paid, a dispute, and a refund that fails do to the licence.

use latchkey_shared::{
    api::transactions::{Transaction, TransactionRow},
    attention::AttentionCode,
    ids::TransactionId,
    transaction::{RefundThen, TransactionState as State},
};
use serde_json::{Value, json};

use super::{Shop, in_both_shops};

impl Shop {
    async fn set_full_refund(&mut self, what: &str) {
        self.staff.put("/api/v1/settings/refunds", json!({"full_refund": what})).await.done();
    }

    /// Ann has paid 9 EUR; answers the charge.
    async fn charged(&mut self) -> String {
        let mut ann = self.buyer("Ann").await;
        let monthly = self.monthly.clone();
        self.sell(&mut ann, &monthly).await;
        self.fake.objects("charge")[0]["id"].as_str().unwrap().to_owned()
    }

    async fn give_back_at_stripe(&self, charge: &str) -> String {
        let made = self.at_stripe("/v1/refunds", &[("charge", charge)]).await;
        self.settle().await;
        made["id"].as_str().unwrap().to_owned()
    }

    /// The same event once more.
    async fn told_again(&mut self) {
        let told = self.events().await.into_iter().rfind(|event| event.kind == "charge.refunded").unwrap();
        let again = format!("/api/v1/stripe/events/{}/run-again", told.event_id);
        self.staff.post(&again, json!({})).await.done();
        self.settle().await;
    }

    async fn blocked_by(&self) -> Option<String> {
        let key = self.keys().await.remove(0);
        assert_eq!(key.blocked, key.block_source.is_some());
        key.block_source
    }

    async fn entry_of(&mut self, kind: &str) -> TransactionRow {
        let list: Value =
            self.staff.get(&format!("/api/v1/transactions?filter=type%20%3D%20{kind}")).await.ok();
        serde_json::from_value(list["items"][0].clone()).unwrap()
    }

    async fn shown(&mut self, id: TransactionId) -> Transaction {
        self.staff.get(&format!("/api/v1/transactions/{id}")).await.ok()
    }
}

in_both_shops! {
    async fn nothing_by_itself_and_a_person_decides(mut shop: Shop) {
        let charge = shop.charged().await;
        shop.give_back_at_stripe(&charge).await;
        assert_eq!(shop.attention().await, [AttentionCode::RefundToDecide]);
        assert_eq!(shop.blocked_by().await, None);
        // What is before a person is not decided by another rule afterwards.
        shop.set_full_refund("block").await;
        shop.told_again().await;
        assert_eq!((shop.attention().await, shop.blocked_by().await), (vec![AttentionCode::RefundToDecide], None));
        let refund = shop.fake.objects("refund")[0]["id"].as_str().unwrap().to_owned();
        shop.fake.fail_refund(&refund, "lost_or_stolen_card").unwrap();
        shop.settle().await;
        assert_eq!(shop.attention().await, [AttentionCode::RefundFailed], "there is nothing left to decide");
    }

    async fn its_keys_are_blocked_and_no_sync_lifts_that(mut shop: Shop) {
        shop.set_full_refund("block").await;
        let charge = shop.charged().await;
        let payment = shop.entry_of("payment").await;
        assert_eq!(shop.shown(payment.id).await.full_refund, RefundThen::Block);
        shop.at_stripe("/v1/refunds", &[("charge", &charge), ("amount", "100")]).await;
        shop.settle().await;
        assert_eq!(shop.blocked_by().await, None, "a part is no whole");
        shop.give_back_at_stripe(&charge).await;
        assert_eq!(shop.attention().await, [], "the vendor has decided");
        assert_eq!(shop.blocked_by().await.as_deref(), Some("refund"));
        assert_eq!(shop.stripe_subscription()["status"], "active");
        let sync = format!("/api/v1/subscriptions/{}/sync", payment.subscription.unwrap());
        shop.staff.post(&sync, json!({})).await.done();
        assert_eq!(shop.blocked_by().await.as_deref(), Some("refund"));

        // Staff relent; told of the same refund again, nothing is blocked again.
        let key = shop.keys().await[0].id;
        shop.staff.post(&format!("/api/v1/keys/{key}/block"), json!({"blocked": false})).await.done();
        shop.told_again().await;
        assert_eq!(shop.blocked_by().await, None);
    }

    async fn the_subscription_ends(mut shop: Shop) {
        shop.set_full_refund("end").await;
        let charge = shop.charged().await;
        shop.give_back_at_stripe(&charge).await;
        assert_eq!(shop.stripe_subscription()["status"], "canceled");
        assert_eq!(shop.blocked_by().await.as_deref(), Some("billing"));
        assert_eq!(shop.attention().await, []);
    }

    async fn a_dispute_blocks_until_it_is_won(mut shop: Shop) {
        shop.set_full_refund("end").await;
        let charge = shop.charged().await;
        let dispute = shop.fake.open_dispute(&charge, "fraudulent").unwrap();
        shop.settle().await;
        assert_eq!(shop.attention().await, [AttentionCode::DisputeOpened], "somebody must answer the bank");
        assert_eq!(shop.blocked_by().await.as_deref(), Some("refund"));
        assert_eq!(shop.stripe_subscription()["status"], "active", "nothing that cannot be taken back");
        shop.fake.close_dispute(&dispute, "won").unwrap();
        shop.settle().await;
        assert_eq!((shop.blocked_by().await, shop.attention().await), (None, vec![]));

        let lost = shop.fake.open_dispute(&charge, "fraudulent").unwrap();
        shop.fake.close_dispute(&lost, "lost").unwrap();
        shop.settle().await;
        assert_eq!(shop.stripe_subscription()["status"], "canceled");
        assert_eq!(shop.attention().await, []);
    }

    async fn a_refund_that_fails_is_put_back_and_before_staff(mut shop: Shop) {
        shop.set_full_refund("block").await;
        let charge = shop.charged().await;
        let refund = shop.give_back_at_stripe(&charge).await;
        assert_eq!(shop.entry_of("refund").await.state, State::Done);
        shop.fake.fail_refund(&refund, "expired_or_canceled_card").unwrap();
        shop.settle().await;
        assert_eq!(shop.entry_of("refund").await.state, State::Failed);
        assert_eq!(shop.blocked_by().await, None, "the customer has not got the money");
        let row = shop.attention_rows().await.remove(0);
        assert_eq!((row.code.as_str(), row.amount), ("refund_failed", Some(900)));
        assert!(row.detail.contains("expired or canceled card"), "{}", row.detail);
        let payment = shop.entry_of("payment").await;
        assert_eq!(shop.shown(payment.id).await.refundable.unwrap().minor, 900, "it can be given back again");

        // A second too late, or it is the same second at Stripe.
        shop.fake.advance(5);
        let form = json!({"amount": 900, "reason": "requested_by_customer", "then": "block"});
        shop.staff.post(&format!("/api/v1/transactions/{}/refund", payment.id), form).await.done();
        shop.settle().await;
        assert_eq!(shop.attention().await, [], "another one took its place");
        assert_eq!(shop.blocked_by().await.as_deref(), Some("staff"), "in the name of whoever asked");
    }
}
