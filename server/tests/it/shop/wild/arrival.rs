//! Events that arrive in the wrong order, several times, late, or not at all; and what is answered.

use latchkey_stripe_fake::WebhookFate;
use serde_json::{Value, json};

use crate::shop::{Shop, in_both_shops};

/// The events of a purchase as Stripe would deliver them, none of which was.
async fn burst(shop: &mut Shop) -> Vec<String> {
    let mut ann = shop.buyer("Ann").await;
    let started = shop.start(&mut ann, &shop.monthly.clone()).await;
    let before = shop.fake.objects("event").len();
    shop.pay(&started, WebhookFate::Lost);
    let events = shop.fake.objects("event");
    let known = |event: &&Value| latchkey::billing::signals::is_known(event["type"].as_str().unwrap());
    let new = events.len() - before;
    events.iter().take(new).filter(known).map(Value::to_string).collect()
}

/// The order number `number` of `things`, by the factorial number system.
fn permutation(mut things: Vec<String>, mut number: usize) -> Vec<String> {
    let mut ordered = Vec::new();
    while !things.is_empty() {
        let at = number % things.len();
        number /= things.len();
        ordered.push(things.remove(at));
    }
    ordered
}

in_both_shops! {
    /// 1: `updated` before `created`, and a stale `created` that overwrites what is newer.
    async fn the_burst_of_a_purchase_in_any_order_ends_in_the_same(mut shop: Shop) {
        let burst = burst(&mut shop).await;
        assert!(burst.len() >= 3, "{burst:?}");
        let (path, secret) = shop.endpoint().await;
        let orders: usize = (1..=burst.len()).product();
        let mut first = None;
        for number in 0..orders.min(24) {
            // Every order anew: what came before is told once more under other ids, as stale events are.
            for (index, event) in permutation(burst.clone(), number).iter().enumerate() {
                let mut event: Value = serde_json::from_str(event).unwrap();
                event["id"] = json!(format!("evt_{number}_{index}"));
                let answer = shop.deliver(&path, &event.to_string(), &[&secret], 0).await;
                assert_eq!(answer.status.as_u16(), 204);
                if index % 2 == 0 {
                    latchkey::billing::run_due(&shop.app.state).await.unwrap();
                }
            }
            shop.settle().await;
            let keys = shop.keys().await;
            assert_eq!((keys.len(), shop.key_mails().await), (1, 1), "order {number}");
            let (key, told) = (keys[0].clone(), shop.stripe_subscription()["metadata"].clone());
            let same = first.get_or_insert_with(|| (key.clone(), told.clone()));
            assert_eq!(*same, (key, told), "order {number}");
        }
    }

    /// 2: each event three times at the same moment.
    async fn delivered_three_times_at_once_is_one_key_and_one_message(mut shop: Shop) {
        let burst = burst(&mut shop).await;
        let (path, secret) = shop.endpoint().await;
        let shop = &shop;
        let secrets = [secret.as_str()];
        let thrice = burst.iter().flat_map(|event| [event; 3]);
        let deliveries = thrice.map(|event| shop.deliver(&path, event, &secrets, 0));
        for answer in futures::future::join_all(deliveries).await {
            assert_eq!(answer.status.as_u16(), 204);
        }
        assert_eq!(shop.events().await.len(), burst.len());
        let due = || latchkey::billing::run_due(&shop.app.state);
        let (one, two, three) = tokio::join!(due(), due(), due());
        for done in [one, two, three] {
            done.unwrap();
        }
        shop.settle().await;
        assert_eq!((shop.keys().await.len(), shop.key_mails().await), (1, 1));
    }

    /// 11: of several signatures only the last one was looked at, so that rolling the secret broke everything.
    async fn either_signature_and_either_secret_will_do(shop: Shop) {
        let (path, secret) = shop.endpoint().await;
        let payload = |id: &str| json!({"id": id, "object": "event", "type": "payout.paid", "livemode": false,
            "created": 1_700_000_000, "data": {"object": {"id": "po_1"}}}).to_string();
        for (id, secrets) in [("evt_1", [secret.as_str(), "whsec_old"]), ("evt_2", ["whsec_old", secret.as_str()])] {
            assert_eq!(shop.deliver(&path, &payload(id), &secrets, 0).await.status.as_u16(), 204, "{id}");
        }
        let rolled = shop.fake.objects("webhook_endpoint")[0]["id"].as_str().unwrap().to_owned();
        let new = shop.fake.roll_secret(&rolled).unwrap();
        let mut staff = shop.staff.clone();
        let form = json!({"secret": new});
        let listed: latchkey_shared::api::inbox::StripeEndpoints = staff.get("/api/v1/stripe/endpoints").await.ok();
        let id = listed.endpoints[0].id;
        let listed: latchkey_shared::api::inbox::StripeEndpoints =
            staff.put(&format!("/api/v1/stripe/endpoints/{id}/secret"), form).await.ok();
        assert_eq!(listed.endpoints[0].secrets, 2, "the one before goes on for a while");
        for (id, secrets) in [("evt_3", vec![new.as_str()]), ("evt_4", vec![secret.as_str()]), ("evt_5", vec![new.as_str(), secret.as_str()])] {
            assert_eq!(shop.deliver(&path, &payload(id), &secrets, 0).await.status.as_u16(), 204, "{id}");
        }
        shop.deliver(&path, &payload("evt_6"), &["whsec_neither"], 0).await.error(400);
    }

    /// 12: a signature without an age can be replayed for ever.
    async fn a_delivery_of_five_minutes_ago_is_refused(shop: Shop) {
        let (path, secret) = shop.endpoint().await;
        let payload = json!({"id": "evt_1", "object": "event", "type": "invoice.paid", "livemode": false,
            "created": 1_700_000_000, "data": {"object": {"id": "in_1", "subscription": "sub_1"}}}).to_string();
        for age in [301, -301, 86_400] {
            assert_eq!(shop.deliver(&path, &payload, &[&secret], age).await.error(400), "malformed", "{age}");
        }
        for age in [298, -298] {
            assert_eq!(shop.deliver(&path, &payload, &[&secret], age).await.status.as_u16(), 204, "{age}");
        }
        assert_eq!(shop.events().await.len(), 1, "and within them it is stored once");
    }

    /// 13: answering 4xx to what is unknown, until Stripe switches the endpoint off.
    async fn what_is_unknown_or_foreign_is_taken_and_set_aside(mut shop: Shop) {
        let (path, secret) = shop.endpoint().await;
        let event = |id: &str, kind: &str, live: bool, object: Value| json!({"id": id, "object": "event", "type": kind,
            "livemode": live, "created": 1_700_000_000, "data": {"object": object}}).to_string();
        for payload in [
            event("evt_type", "a.type.of.tomorrow", false, json!({"id": "x_1"})),
            event("evt_mode", "invoice.paid", true, json!({"id": "in_1", "subscription": "sub_1"})),
            event("evt_bare", "customer.subscription.updated", false, json!(null)),
            event("evt_other", "customer.subscription.updated", false, json!({"id": "sub_of_somebody_else"})),
            event("evt_manual", "invoice.paid", false, json!({"id": "in_2", "customer": "cus_1"})),
            json!({"id": "evt_thin", "object": "v2.core.event", "type": "v1.billing.meter.error_report_triggered",
                "created": "2026-11-21T10:00:00Z", "livemode": false}).to_string(),
        ] {
            assert_eq!(shop.deliver(&path, &payload, &[&secret], 0).await.status.as_u16(), 204, "{payload}");
        }
        shop.settle().await;
        let left: Vec<_> = shop.events().await.into_iter().filter(|event| event.status == "pending").collect();
        assert!(left.is_empty(), "{left:#?}");
        assert_eq!(shop.attention().await, []);
        let check: latchkey_shared::api::stripe::StripeCheck = shop.staff.get("/api/v1/stripe").await.ok();
        assert_eq!((check.webhook.pending, check.webhook.failed), (0, 0));
    }

    /// Bad input: a payload that was cut off, with the signature of the whole and with its own.
    async fn a_truncated_delivery_stores_nothing(shop: Shop) {
        let (path, secret) = shop.endpoint().await;
        let whole = json!({"id": "evt_cut", "object": "event", "type": "invoice.paid", "livemode": false,
            "created": 1_700_000_000, "data": {"object": {"id": "in_1"}}}).to_string();
        let cut = &whole[..whole.len() / 2];
        let at = shop.app.state.clock.now() / 1_000;
        for signed in [whole.as_str(), cut] {
            let header = latchkey_stripe::webhook::sign(signed.as_bytes(), &[&secret], at);
            let mut stripe = shop.app.anon().with_header("stripe-signature", &header);
            let answer = stripe.send_bytes(axum::http::Method::POST, &path, Some("application/json"), cut.into()).await;
            assert_eq!(answer.error(400), "malformed");
        }
        assert!(shop.events().await.is_empty());
    }
}
