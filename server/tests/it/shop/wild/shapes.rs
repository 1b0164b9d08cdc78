//! Stripe's shapes before and after its versions, and what is not where one would look for it.

use latchkey_shared::api::portal::{CheckoutStep, PortalSubscription};
use latchkey_stripe_fake::WebhookFate;
use serde_json::json;

use crate::shop::{Shop, in_both_shops};

in_both_shops! {
    /// 8 and 9: the period left the subscription for its items; `subscription`, `payment_intent` and `paid` left the
    /// invoice.
    async fn events_of_both_shapes_lead_to_the_same(mut shop: Shop) {
        let (mut ann, mut bob) = (shop.buyer("Ann").await, shop.buyer("Bob").await);
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let new = &shop.fake.objects("subscription")[0];
        assert!(new.get("current_period_end").is_none(), "the stand-in speaks the new shape");
        let invoice = &shop.fake.objects("invoice")[0];
        assert!(invoice.get("subscription").is_none() && invoice.get("paid").is_none());
        shop.fake.chaos(|chaos| chaos.webhooks.old_shape = true);
        shop.sell(&mut bob, &shop.monthly.clone()).await;
        let old = shop.events().await.into_iter().rfind(|event| event.kind == "invoice.paid").unwrap();
        assert_eq!(old.api_version.as_deref(), Some("2024-06-20"));
        let payload: serde_json::Value = serde_json::from_str(&old.payload).unwrap();
        assert!(payload["data"]["object"]["subscription"].is_string(), "{payload:#}");
        let keys = shop.keys().await;
        assert_eq!(keys.len(), 2);
        let apart = (keys[0].expires_at.unwrap() - keys[1].expires_at.unwrap()).abs();
        assert!(apart < 120_000, "both end a month from now: {apart}");
        for buyer in [&mut ann, &mut bob] {
            assert!(shop.home(buyer).await.subscriptions[0].paid_through.is_some());
        }
        // A renewal, told in the old shape.
        shop.wait_days(32).await;
        let renewed = shop.keys().await;
        assert!(renewed.iter().zip(&keys).all(|(after, before)| after.expires_at > before.expires_at));
    }

    /// 10: an end planned in Stripe's portal is a date, not the flag.
    async fn an_end_planned_at_stripe_is_seen_and_can_be_taken_back(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let told = shop.stripe_subscription();
        let path = format!("/v1/subscriptions/{}", told["id"].as_str().unwrap());
        let end = told["items"]["data"][0]["current_period_end"].as_i64().unwrap();
        shop.at_stripe(&path, &[("cancel_at", &end.to_string())]).await;
        assert_eq!(shop.stripe_subscription()["cancel_at_period_end"], json!(false), "the flag says nothing");
        shop.settle().await;
        let ending = shop.home(&mut ann).await.subscriptions.remove(0);
        assert_eq!(ending.cancels_at.map(latchkey_shared::time::Timestamp::millis), Some(end * 1_000));
        assert!(ending.can_keep && ending.next_payment.is_none());
        let path = format!("/api/v1/portal/subscriptions/{}/keep", ending.id);
        let kept: PortalSubscription = ann.portal.post(&path, json!({})).await.ok();
        assert_eq!((kept.cancels_at, kept.can_cancel), (None, true));
        assert!(shop.stripe_subscription()["cancel_at"].is_null());
    }

    /// 18: the metadata of a session never reach the subscription; those of `subscription_data` do.
    async fn the_contract_is_on_the_subscription_from_its_first_moment(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let started = shop.start(&mut ann, &shop.monthly.clone()).await;
        let session = &shop.fake.objects("checkout.session")[0];
        assert_eq!(session["metadata"], json!({}), "nothing that matters is put there");
        shop.pay(&started, WebhookFate::Lost);
        let metadata = &shop.stripe_subscription()["metadata"];
        assert_eq!(
            metadata["skm_temp_var"],
            json!("This parameter will replaced with 'skm_key_id'. If you see this after refreshing the page, it means \
                   no key was created for the customer but they were still charged."),
            "word for word what vendors know"
        );
        assert_eq!(metadata["skm_customer_id"], json!(ann.id.to_string()));
        assert_eq!(metadata["skm_checkout_id"], json!(started.checkout));
        let customer = &shop.fake.objects("customer")[0];
        assert_eq!(customer["metadata"], json!({"skm_customer_id": ann.id.to_string()}));
        shop.app.state.clock.advance(1_000);
        assert_eq!(shop.progress(&mut ann, &started).await.step, CheckoutStep::Ready);
        shop.settle().await;
        let metadata = shop.stripe_subscription()["metadata"].clone();
        let key = shop.keys().await.remove(0);
        assert_eq!(metadata["skm_key_id"], json!(key.number.to_string()));
        assert_eq!(metadata["skm_key_globalid"], json!(key.id.to_string()));
        assert!(metadata.get("skm_temp_var").is_none());
    }

    /// 21: a related object inside a payload is as it was, not as it is.
    async fn what_a_payload_embeds_is_not_believed(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let told = shop.stripe_subscription();
        let (path, secret) = shop.endpoint().await;
        let mut lie = told.clone();
        lie["status"] = json!("canceled");
        lie["ended_at"] = json!(1);
        lie["metadata"] = json!({"skm_key_id": "4711"});
        let payload = json!({"id": "evt_lie", "object": "event", "type": "invoice.paid", "livemode": false,
            "created": shop.app.state.clock.now() / 1_000, "data": {"object": {"id": "in_x", "subscription": lie}}}).to_string();
        assert_eq!(shop.deliver(&path, &payload, &[&secret], 0).await.status.as_u16(), 204);
        shop.settle().await;
        let key = shop.keys().await.remove(0);
        assert!(!key.blocked);
        assert_eq!(shop.attention().await, []);
        assert_eq!(shop.home(&mut ann).await.subscriptions[0].ended, None);
        let event = shop.events().await.into_iter().find(|event| event.event_id == "evt_lie").unwrap();
        assert_eq!((event.status.as_str(), event.stripe_subscription.as_deref()), ("done", told["id"].as_str()));
    }
}
