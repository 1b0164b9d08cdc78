//! What arrives at the webhook addresses, and what does not count.

use latchkey_shared::api::stripe::StripeCheck;
use latchkey_store::entity::stripe_endpoint;
use latchkey_stripe_fake::WebhookFate;
use sea_orm::EntityTrait as _;
use serde_json::{Value, json};

use super::{Shop, in_both_shops, world::KEY};

fn event(id: &str, kind: &str, object: &Value) -> String {
    json!({"id": id, "object": "event", "type": kind, "created": 1_700_000_000, "livemode": false,
        "api_version": "2026-09-30.endive", "data": {"object": object}})
    .to_string()
}

async fn endpoint(shop: &Shop) -> stripe_endpoint::Model {
    stripe_endpoint::Entity::find().one(shop.app.state.store.read()).await.unwrap().unwrap()
}

/// The signing secret that Stripe told when the endpoint was made.
async fn secret(shop: &Shop) -> String {
    let endpoint = endpoint(shop).await;
    latchkey::billing::endpoints::secrets(&shop.app.state, &endpoint).await.unwrap().remove(0)
}

in_both_shops! {
    async fn each_event_three_times_and_out_of_order_is_one_key_and_one_message(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        shop.fake.chaos(|chaos| {
            chaos.webhooks.duplicates = 2;
            chaos.webhooks.shuffle = true;
        });
        let started = shop.start(&mut ann, &shop.monthly.clone()).await;
        shop.pay(&started, WebhookFate::Prompt);
        shop.settle().await;
        assert_eq!(shop.keys().await.len(), 1);
        assert_eq!(shop.key_mails().await, 1);
        assert!(shop.events().await.iter().all(|event| event.status != "pending"));
        let updates = shop.fake.objects("event").iter().filter(|event| event["type"] == "customer.subscription.updated").count();
        assert!(updates <= 2, "the write-back's own event leads to no further one: {updates}");
    }

    async fn workers_beside_each_other_and_beside_the_success_page(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let started = shop.start(&mut ann, &shop.monthly.clone()).await;
        shop.pay(&started, WebhookFate::Prompt);
        shop.fake.deliveries_settled().await;
        shop.app.state.clock.advance(1_000);
        latchkey::billing::worker::hand_over(&shop.app.state).await.unwrap();
        let path = format!("/api/v1/portal/checkouts/{}", started.checkout);
        let run = || latchkey::billing::work::run_next(&shop.app.state);
        let (one, two, three, page) = tokio::join!(run(), run(), run(), ann.portal.get(&path));
        for outcome in [one, two, three] {
            outcome.unwrap();
        }
        page.done();
        shop.settle().await;
        assert_eq!(shop.keys().await.len(), 1);
        assert_eq!(shop.key_mails().await, 1);
    }

    async fn forged_old_and_foreign_events(shop: Shop) {
        let endpoint = endpoint(&shop).await;
        let path = format!("/webhooks/stripe/{}", endpoint.slug);
        let good = secret(&shop).await;
        let payload = event("evt_forged", "customer.subscription.updated", &json!({"id": "sub_x"}));
        assert_eq!(shop.deliver(&path, &payload, &["whsec_wrong"], 0).await.error(400), "malformed");
        assert_eq!(shop.deliver(&path, &payload, &[&good], 301).await.error(400), "malformed", "a replay");
        assert_eq!(shop.deliver(&path, &payload, &[&good], -301).await.error(400), "malformed", "from the future");
        assert_eq!(shop.deliver("/webhooks/stripe/nobody", &payload, &[&good], 0).await.error(404), "not_found");
        assert_eq!(shop.deliver(&path, "[1]", &[&good], 0).await.error(400), "malformed");
        let giant = event("evt_giant", "invoice.paid", &json!({"pad": "x".repeat(1_100_000)}));
        assert_eq!(shop.deliver(&path, &giant, &[&good], 0).await.error(413), "too_large");
        assert_eq!(shop.app.anon().post(&path, json!({})).await.error(400), "malformed", "no signature at all");
        assert_eq!(shop.events().await.len(), 0, "nothing of it was stored");

        let odd = event("evt_odd", "payout.paid", &json!({"id": "po_1"}));
        assert_eq!(shop.deliver(&path, &odd, &[&good], 0).await.status.as_u16(), 204);
        let live = payload.replace("\"livemode\":false", "\"livemode\":true").replace("evt_forged", "evt_live");
        assert_eq!(shop.deliver(&path, &live, &[&good], 0).await.status.as_u16(), 204);
        let nobody = event("evt_nobody", "invoice.paid", &json!({"id": "in_1"}));
        assert_eq!(shop.deliver("/webhooks/stripe", &nobody, &["whsec_other", &good], 0).await.status.as_u16(), 204);
        let unknown = event("evt_unknown", "customer.subscription.updated", &json!({"id": "sub_not_there"}));
        for _ in 0..2 {
            assert_eq!(shop.deliver("/webhooks/stripe", &unknown, &[&good], 0).await.status.as_u16(), 204);
        }
        shop.settle().await;
        let mut statuses: Vec<_> =
            shop.events().await.into_iter().map(|event| (event.event_id, event.status)).collect();
        statuses.sort();
        let expected = [("evt_live", "ignored"), ("evt_nobody", "ignored"), ("evt_odd", "ignored"), ("evt_unknown", "done")];
        assert_eq!(statuses, expected.map(|(id, status)| (id.to_owned(), status.to_owned())));
    }

    async fn the_address_that_vendors_bring_along(shop: Shop) {
        let good = secret(&shop).await;
        let old = json!({"id": "evt_old", "object": "event", "type": "invoice.payment_succeeded", "created": 1_500_000_000,
            "livemode": false, "api_version": "2018-09-06",
            "data": {"object": {"id": "in_1", "subscription": "sub_1", "customer": "cus_1"}}}).to_string();
        let path = "/api/subscription/StripeUrl?id=4711";
        assert_eq!(shop.deliver(path, &old, &["whsec_wrong"], 86_400).await.error(400), "malformed");
        assert_eq!(shop.deliver(path, &old, &[&good], 86_400).await.status.as_u16(), 204);
        let stored = shop.events().await.remove(0);
        assert_eq!(stored.stripe_subscription.as_deref(), Some("sub_1"));
    }

    async fn a_rolled_secret_and_the_one_before_it(mut shop: Shop) {
        let before = secret(&shop).await;
        let form = json!({"secret_key": KEY, "provision_webhook": false, "webhook_secret": "whsec_new"});
        shop.staff.put("/api/v1/stripe/account", form).await.done();
        let payload = |id: &str| event(id, "payout.paid", &json!({"id": "po_1"}));
        for (id, secret) in [("evt_1", before.as_str()), ("evt_2", "whsec_new")] {
            assert_eq!(shop.deliver("/webhooks/stripe", &payload(id), &[secret], 0).await.status.as_u16(), 204);
        }
        shop.deliver("/webhooks/stripe", &payload("evt_3"), &["whsec_neither"], 0).await.error(400);
    }

    async fn a_lost_endpoint_is_made_anew(mut shop: Shop) {
        let before = endpoint(&shop).await.stripe_id.unwrap();
        let url = format!("{}/v1/webhook_endpoints/{before}", shop.app.state.config.stripe_api_base);
        reqwest::Client::new().delete(url).bearer_auth(KEY).send().await.unwrap();
        shop.app.state.stripe.forget_what_is_known();
        let check: StripeCheck = shop.staff.get("/api/v1/stripe").await.ok();
        assert_eq!(check.webhook.problems.len(), 1, "{:?}", check.webhook.problems);
        let check: StripeCheck = shop.staff.post("/api/v1/stripe/webhook", json!({})).await.ok();
        assert_eq!(check.webhook.problems, Vec::<String>::new());
        assert_ne!(check.webhook.endpoint.unwrap().stripe_id.unwrap(), before);
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        assert!(!shop.events().await.is_empty());
    }
}

#[tokio::test]
async fn until_stripe_is_connected_webhooks_are_turned_away() {
    let shop = Shop::closed(false).await.unwrap();
    let payload = event("evt_1", "invoice.paid", &json!({"id": "in_1"}));
    let answer = shop.deliver("/webhooks/stripe", &payload, &["whsec_any"], 0).await;
    assert_eq!(answer.error(503), "stripe_not_configured");
}
