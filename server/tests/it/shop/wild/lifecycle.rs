//! Renewals, late money, and what must not come back to life.

use latchkey_shared::{api::attention::Attention, attention::AttentionCode, status::SubscriptionStatus};
use serde_json::json;

use crate::shop::{Shop, in_both_shops, world::KEY};

in_both_shops! {
    /// 6: a late event brings a cancelled subscription back.
    async fn an_event_from_before_the_end_revives_nothing(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let paid = shop.fake.objects("event").into_iter().find(|event| event["type"] == "invoice.paid").unwrap();
        let id = shop.stripe_subscription()["id"].as_str().unwrap().to_owned();
        let url = format!("{}/v1/subscriptions/{id}", shop.app.state.config.stripe_api_base);
        reqwest::Client::new().delete(url).bearer_auth(KEY).send().await.unwrap().error_for_status().unwrap();
        shop.settle().await;
        let ended = shop.keys().await.remove(0);
        assert!(ended.blocked);
        let (path, secret) = shop.endpoint().await;
        for (index, kind) in ["invoice.paid", "customer.subscription.updated", "customer.subscription.created"].into_iter().enumerate() {
            let mut late = paid.clone();
            late["id"] = json!(format!("evt_late_{index}"));
            late["type"] = json!(kind);
            if kind != "invoice.paid" {
                late["data"]["object"] = json!({"id": id, "object": "subscription", "status": "active"});
            }
            assert_eq!(shop.deliver(&path, &late.to_string(), &[&secret], 0).await.status.as_u16(), 204);
            shop.settle().await;
            assert_eq!(shop.keys().await, std::slice::from_ref(&ended), "{kind}");
        }
        assert_eq!(shop.home(&mut ann).await.subscriptions[0].status, SubscriptionStatus::Cancelled);
    }

    /// 7: somebody pays an open invoice of a subscription that is over.
    async fn money_that_comes_after_the_end_is_seen_and_switches_nothing_on(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let customer = shop.fake.objects("customer")[0]["id"].as_str().unwrap().to_owned();
        shop.fake.chaos(|chaos| chaos.declines.insert(customer.clone(), "insufficient_funds".to_owned()));
        shop.wait_days(32).await;
        let open = shop.fake.objects("invoice").into_iter().find(|invoice| invoice["status"] == "open").unwrap();
        let id = shop.stripe_subscription()["id"].as_str().unwrap().to_owned();
        let url = format!("{}/v1/subscriptions/{id}", shop.app.state.config.stripe_api_base);
        reqwest::Client::new().delete(url).bearer_auth(KEY).send().await.unwrap().error_for_status().unwrap();
        shop.settle().await;
        shop.wait_days(1).await;
        let ended = shop.keys().await.remove(0);
        assert!(ended.blocked);
        assert_eq!(shop.attention().await, []);

        shop.fake.chaos(|chaos| chaos.declines.clear());
        shop.at_stripe(&format!("/v1/invoices/{}/pay", open["id"].as_str().unwrap()), &[]).await;
        shop.settle().await;
        assert_eq!(shop.keys().await, std::slice::from_ref(&ended), "nothing is switched on");
        assert_eq!(shop.attention().await, [AttentionCode::LatePaymentAfterEnd]);
        let row = shop.attention_rows().await.remove(0);
        assert_eq!((row.amount, row.currency.as_deref()), (Some(900), Some("EUR")), "the late payment alone");
        let mut staff = shop.app.staff(latchkey_shared::permission::Role::Admin).await;
        let path = format!("/api/v1/attention/{}/refund-and-cancel", row.id);
        let shown: Attention = staff.post(&path, json!({"reason": "Too late"})).await.ok();
        assert!(shown.row.resolved.is_some());
        shop.settle().await;
        let refunds = shop.fake.objects("refund");
        assert_eq!((refunds.len(), &refunds[0]["amount"]), (1, &json!(900)), "the first month was used");
        assert_eq!(shop.attention().await, [], "and it does not come back");
    }

    /// 19: a renewal that failed is treated as if the customer had left.
    async fn past_due_keeps_what_was_paid_for(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let before = shop.keys().await.remove(0);
        let customer = shop.fake.objects("customer")[0]["id"].as_str().unwrap().to_owned();
        shop.fake.chaos(|chaos| chaos.declines.insert(customer.clone(), "insufficient_funds".to_owned()));
        shop.wait_days(32).await;
        assert_eq!(shop.stripe_subscription()["status"], json!("past_due"));
        let after = shop.keys().await.remove(0);
        assert_eq!((after.expires_at, after.blocked), (before.expires_at, false));
        ann.portal = shop.app.portal(ann.id).await;
        assert_eq!(shop.home(&mut ann).await.subscriptions[0].status, SubscriptionStatus::PastDue);
        // Stripe tries again on the third day, and this time it works.
        shop.fake.chaos(|chaos| chaos.declines.clear());
        shop.wait_days(4).await;
        let after = shop.keys().await.remove(0);
        assert!(after.expires_at > before.expires_at && !after.blocked);
        assert_eq!(shop.home(&mut ann).await.subscriptions[0].status, SubscriptionStatus::Active);
    }

    /// 20: at a renewal the period moves an hour before the money is asked for.
    async fn a_period_that_moved_is_not_a_period_that_is_paid(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let before = shop.keys().await.remove(0);
        let customer = shop.fake.objects("customer")[0]["id"].as_str().unwrap().to_owned();
        let end = shop.stripe_subscription()["items"]["data"][0]["current_period_end"].as_i64().unwrap();
        let until_end = end - shop.app.state.clock.now() / 1_000;
        shop.fake.chaos(|chaos| chaos.declines.insert(customer.clone(), "insufficient_funds".to_owned()));
        shop.fake.advance(until_end + 1_800);
        shop.settle().await;
        let told = shop.stripe_subscription();
        assert_eq!(told["status"], json!("active"));
        assert!(told["items"]["data"][0]["current_period_end"].as_i64().unwrap() > end, "the period has moved on");
        let half_an_hour_later = shop.keys().await.remove(0);
        assert_eq!(half_an_hour_later.expires_at, before.expires_at, "nothing is paid yet");
        ann.portal = shop.app.portal(ann.id).await;
        let shown = shop.home(&mut ann).await.subscriptions.remove(0);
        assert_eq!(shown.paid_through.unwrap().millis(), end * 1_000);
        shop.fake.chaos(|chaos| chaos.declines.clear());
        shop.fake.advance(3_600);
        shop.settle().await;
        assert!(shop.keys().await[0].expires_at > before.expires_at, "now it is");
    }
}
