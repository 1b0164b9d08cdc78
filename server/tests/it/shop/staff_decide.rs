//! What Latchkey could not heal: in front of staff, with the buttons that mend it.

use latchkey::billing::reconcile::{self, Sweep};
use latchkey_shared::{
    api::{
        attention::{Attention, AttentionRow},
        common::List,
        inbox::{StripeEndpoints, StripeEvent, StripeEventRow},
    },
    attention::{AttentionAction, AttentionCode},
    inbox::EventStatus,
    permission::Role,
};
use latchkey_store::entity::{audit, communication};
use latchkey_stripe_fake::{SeedCustomer, SeedSubscription, WebhookFate};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::{Value, json};

use super::{Shop, in_both_shops, world::Buyer};

/// Ann has paid, and the price does not say for what.
async fn paid_without_key(shop: &mut Shop) -> (Buyer, i64) {
    let mut ann = shop.buyer("Ann").await;
    let started = shop.start(&mut ann, &shop.monthly.clone()).await;
    shop.at_stripe(&format!("/v1/prices/{}", shop.monthly), &[("metadata[skm]", "{broken")]).await;
    shop.pay(&started, WebhookFate::Prompt);
    shop.settle().await;
    assert_eq!(shop.attention().await, [AttentionCode::BadPriceMetadata]);
    let id = shop.attention_rows().await[0].id;
    (ann, id)
}

async fn act(shop: &mut Shop, id: i64, action: &str, form: Value) -> Attention {
    let shown = shop.staff.post(&format!("/api/v1/attention/{id}/{action}"), form).await.ok();
    shop.settle().await;
    shown
}

fn no_features() -> Value {
    json!([false, false, true, false, false, false, false, false])
}

in_both_shops! {
    async fn the_list_says_why_since_when_and_how_much(mut shop: Shop) {
        let (ann, id) = paid_without_key(&mut shop).await;
        let list: List<AttentionRow> = shop.staff.get("/api/v1/attention?filter=state%20%3D%20open").await.ok();
        let row = &list.items[0];
        assert_eq!((row.id, row.code, row.customer), (id, AttentionCode::BadPriceMetadata, Some(ann.id)));
        assert_eq!((row.customer_name.as_deref(), row.at_stake.unwrap().minor), (Some("Ann"), 900));
        assert!(row.detail.contains(&shop.monthly) && row.detail.contains("JSON"), "{}", row.detail);
        assert!(row.stripe_url.as_ref().unwrap().starts_with("https://dashboard.stripe.com/test/subscriptions/sub_"));
        let (fetched, next) = (row.since.millis(), row.next_try.unwrap().millis());
        assert!((120_000..180_000).contains(&(next - fetched)), "it waits for a key, and is looked at again");
        let of_subscription = format!("subscription.id%20%3D%20{}", row.subscription.unwrap());
        for filter in ["code%20%3D%20bad_price_metadata", "customer%20%3D%201", &of_subscription, &row.stripe_id.clone().unwrap()] {
            let found: List<AttentionRow> = shop.staff.get(&format!("/api/v1/attention?filter={filter}")).await.ok();
            assert_eq!(found.items.len(), 1, "{filter}");
        }
        let resolved: List<AttentionRow> = shop.staff.get("/api/v1/attention?filter=state%20%3D%20resolved").await.ok();
        assert_eq!(resolved.items, []);
        let session: Value = shop.staff.get("/api/v1/session").await.ok();
        assert_eq!(session["staff"]["attention"], json!(1), "the badge in the menu");
        let shown: Attention = shop.staff.get(&format!("/api/v1/attention/{id}")).await.ok();
        assert_eq!(shown.actions[0], AttentionAction::Retry);
        assert_eq!(shown.product.map(|id| id.0), Some(shop.product));
        assert!(shown.tried[0].text.starts_with("Latchkey looked"), "{:?}", shown.tried);
        assert_eq!(shop.staff.get("/api/v1/attention/4711").await.error(404), "not_found");
    }

    async fn issue_key_now(mut shop: Shop) {
        let (mut ann, id) = paid_without_key(&mut shop).await;
        let path = format!("/api/v1/attention/{id}/issue-key");
        shop.staff.post(&path, json!({"features": [true], "max_machines": 3})).await.field("features");
        shop.staff.post(&path, json!({"product": 4711, "features": no_features(), "max_machines": 3})).await.field("product");
        let form = json!({"features": no_features(), "max_machines": 3, "reason": "The price is being mended"});
        let shown = act(&mut shop, id, "issue-key", form.clone()).await;
        assert_eq!((shown.row.resolution.as_deref(), shown.keys.len()), (Some("issue_key"), 1));
        assert_eq!(shown.actions, []);
        assert!(shown.tried.iter().any(|tried| tried.by.is_some() && tried.text.contains("issued by hand")), "{shown:#?}");
        let key = shop.keys().await.remove(0);
        assert_eq!((key.f3, key.max_machines, shop.key_mails().await), (true, 3, 1));
        let end = shop.stripe_subscription()["items"]["data"][0]["current_period_end"].as_i64().unwrap() * 1_000;
        assert_eq!(key.expires_at, Some(end + 5 * 86_400_000), "in step with what is paid for");
        let told = shop.stripe_subscription()["metadata"].clone();
        assert_eq!(told["skm_key_globalid"], json!(key.id.to_string()));
        assert!(told.get("skm_temp_var").is_none());
        assert_eq!(shop.home(&mut ann).await.licences.len(), 1);
        assert_eq!(shop.staff.post(&path, form).await.error(409), "already_resolved");
        reconcile::run_now(&shop.app.state, Sweep::Full).await.unwrap();
        shop.settle().await;
        assert_eq!((shop.keys().await.len(), shop.attention().await.len()), (1, 0), "and it stays so");
    }

    async fn link_an_existing_key(mut shop: Shop) {
        let (ann, id) = paid_without_key(&mut shop).await;
        let bob = shop.buyer("Bob").await;
        let mut keys = Vec::new();
        for owner in [json!(bob.id), Value::Null] {
            let form = json!({"customer": owner, "period_days": 0, "features": no_features(), "max_machines": 1,
                "trial_activation": false, "notes": ""});
            let made: Value = shop.staff.post(&format!("/api/v1/products/{}/keys", shop.product), form).await.ok();
            keys.push(made["row"]["global_id"].as_i64().unwrap());
        }
        let path = format!("/api/v1/attention/{id}/link-key");
        let refused = shop.staff.post(&path, json!({"key": keys[0]})).await.field("key");
        assert!(refused.contains("another customer"), "{refused}");
        shop.staff.post(&path, json!({"key": 4711})).await.field("key");
        let shown = act(&mut shop, id, "link-key", json!({"key": keys[1]})).await;
        assert_eq!(shown.row.resolution.as_deref(), Some("link_key"));
        let key = shop.keys().await.into_iter().find(|key| key.id == keys[1]).unwrap();
        assert_eq!((key.customer_id, key.expires_at.is_some()), (Some(ann.id.0), true));
        assert_eq!(shop.stripe_subscription()["metadata"]["skm_key_globalid"], json!(keys[1].to_string()));
        assert_eq!(shop.keys().await.len(), 2);
    }

    async fn a_conflict_is_ended_either_way(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let ours = shop.keys().await.remove(0);
        let sub = format!("/v1/subscriptions/{}", shop.stripe_subscription()["id"].as_str().unwrap());
        shop.at_stripe(&sub, &[("metadata[skm_key_id]", "77")]).await;
        shop.settle().await;
        let id = shop.attention_rows().await[0].id;
        let shown = act(&mut shop, id, "send-key", json!({})).await;
        assert_eq!((shown.row.resolved, shop.key_mails().await), (None, 2));
        let shown = act(&mut shop, id, "keep-ours", json!({"reason": "A typing error"})).await;
        assert_eq!(shown.row.resolution.as_deref(), Some("keep_ours"));
        assert_eq!(shop.stripe_subscription()["metadata"]["skm_key_id"], json!(ours.number.to_string()));
        // What was decided once holds for that number only.
        shop.at_stripe(&sub, &[("metadata[skm_key_id]", "78")]).await;
        shop.settle().await;
        assert_eq!(shop.attention().await, [AttentionCode::KeyConflict]);
        assert_eq!(shop.stripe_subscription()["metadata"]["skm_key_id"], json!("78"));

        let form = json!({"customer": ann.id, "period_days": 0, "features": no_features(), "max_machines": 1,
            "trial_activation": false, "notes": ""});
        let made: Value = shop.staff.post(&format!("/api/v1/products/{}/keys", shop.product), form).await.ok();
        let theirs = made["row"]["global_id"].as_i64().unwrap();
        let id = shop.attention_rows().await[0].id;
        let shown = act(&mut shop, id, "link-key", json!({"key": theirs})).await;
        assert_eq!(shown.row.resolution.as_deref(), Some("link_key"));
        assert_eq!(shop.stripe_subscription()["metadata"]["skm_key_globalid"], json!(theirs.to_string()));
        let keys = shop.keys().await;
        assert!(keys[0].blocked && !keys[1].blocked, "the one that was issued ends");
    }

    async fn refund_and_cancel(mut shop: Shop) {
        let (mut ann, id) = paid_without_key(&mut shop).await;
        let mut support = shop.app.staff(Role::Support).await;
        let path = format!("/api/v1/attention/{id}/refund-and-cancel");
        assert_eq!(support.post(&path, json!({})).await.error(403), "forbidden");
        // Stripe does the first half and then is away: the row stays, and the next try does the rest.
        let fault = latchkey_stripe_fake::ApiFault {
            kind: latchkey_stripe_fake::FaultKind::ServerError, call: "POST /v1/refunds".to_owned(), times: 4,
        };
        shop.fake.chaos(|chaos| chaos.api = [fault].into());
        assert_eq!(shop.staff.post(&path, json!({})).await.error(502), "stripe_failed");
        assert_eq!(shop.attention_rows().await[0].id, id);
        let shown = act(&mut shop, id, "refund-and-cancel", json!({"reason": "Sold by mistake"})).await;
        assert_eq!(shown.row.resolution.as_deref(), Some("refund_and_cancel"));
        assert_eq!(shop.stripe_subscription()["status"], json!("canceled"));
        let refunds = shop.fake.objects("refund");
        assert_eq!((refunds.len(), &refunds[0]["amount"]), (1, &json!(900)));
        assert!(!shop.home(&mut ann).await.subscriptions[0].key_pending);
        assert_eq!(shop.attention().await, [], "whoever got the money back is owed nothing");
        let history = audit::Entity::find().filter(audit::Column::Action.eq("attention_handled"));
        let history = history.all(shop.app.state.store.read()).await.unwrap();
        assert_eq!((history.len(), history[0].reason.as_str()), (1, "Sold by mistake"));
        assert_eq!(history[0].customer_id, Some(ann.id.0));
    }

    async fn payments_that_are_taken_back_are_shown(mut shop: Shop) {
        let (mut ann, mut bob) = (shop.buyer("Ann").await, shop.buyer("Bob").await);
        for buyer in [&mut ann, &mut bob] {
            shop.sell(buyer, &shop.monthly.clone()).await;
        }
        let charges: Vec<String> =
            shop.fake.objects("charge").iter().map(|charge| charge["id"].as_str().unwrap().to_owned()).collect();
        shop.at_stripe("/v1/refunds", &[("charge", &charges[0]), ("amount", "100")]).await;
        shop.settle().await;
        assert_eq!(shop.attention().await, [], "a part of it says nothing about the subscription");
        shop.at_stripe("/v1/refunds", &[("charge", &charges[0])]).await;
        shop.settle().await;
        assert_eq!(shop.attention().await, [AttentionCode::RefundToDecide]);
        let row = shop.attention_rows().await.remove(0);
        assert_eq!((row.customer_id, row.amount), (Some(bob.id.0), Some(900)), "the newest charge is Bob's");
        let shown = act(&mut shop, row.id, "block-key", json!({"reason": "Money is back"})).await;
        assert_eq!(shown.row.resolution.as_deref(), Some("block_key"));
        let blocked: Vec<_> = shop.keys().await.into_iter().map(|key| (key.customer_id, key.blocked)).collect();
        assert_eq!(blocked, [(Some(ann.id.0), false), (Some(bob.id.0), true)]);

        let dispute = shop.fake.open_dispute(&charges[1], "product_not_received").unwrap();
        shop.settle().await;
        assert_eq!(shop.attention().await, [AttentionCode::DisputeOpened]);
        let row = shop.attention_rows().await.remove(0);
        assert!(row.detail.contains("product not received"), "{}", row.detail);
        shop.fake.close_dispute(&dispute, "lost").unwrap();
        shop.settle().await;
        assert_eq!(shop.attention().await, [AttentionCode::DisputeLost], "one takes the other's place");
        let row = shop.attention_rows().await.remove(0);
        act(&mut shop, row.id, "ignore", json!({"reason": "Seen"})).await;
        let second = shop.fake.open_dispute(&charges[1], "fraudulent").unwrap();
        shop.settle().await;
        shop.fake.close_dispute(&second, "won").unwrap();
        shop.settle().await;
        assert_eq!(shop.attention().await, [], "the money stays");
    }

    async fn whose_subscription_it_is_and_what_is_none_of_ours(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let stranger = shop.fake.seed_customer(&SeedCustomer { name: "X", email: "x@x.test", ..SeedCustomer::default() });
        let other = shop.fake.seed_product("Something else", &[]);
        let foreign = shop.fake.seed_price(&other, "eur", 100, "month", &[]);
        for price in [&shop.monthly, &foreign] {
            let items: &[(&str, i64)] = &[(price, 1)];
            shop.fake.seed_subscription(&SeedSubscription { customer: &stranger, items, ..SeedSubscription::default() });
        }
        reconcile::run_now(&shop.app.state, Sweep::Full).await.unwrap();
        shop.settle().await;
        let rows = shop.attention_rows().await;
        let find = |code: &str| rows.iter().find(|row| row.code == code).unwrap().id;
        let (unknown, elses) = (find("unknown_customer"), find("foreign_subscription"));
        let detail = &rows.iter().find(|row| row.id == unknown).unwrap().detail;
        assert_eq!(*detail, format!("X, x@x.test, Stripe customer {stranger}."), "whom to look for");
        let issue = format!("/api/v1/attention/{elses}/issue-key");
        let form = json!({"product": shop.product, "features": no_features(), "max_machines": 0});
        assert_eq!(shop.staff.post(&issue, form).await.error(409), "customer_unknown");
        let path = format!("/api/v1/attention/{unknown}/link-customer");
        shop.staff.post(&path, json!({"customer": 4711})).await.field("customer");
        let shown = act(&mut shop, unknown, "link-customer", json!({"customer": ann.id})).await;
        assert_eq!(shown.row.resolution.as_deref(), Some("link_customer"));
        assert_eq!(shop.home(&mut ann).await.licences.len(), 1);
        assert_eq!(shop.fake.object(&stranger).unwrap()["metadata"]["skm_customer_id"], json!(ann.id.to_string()));

        let shown = act(&mut shop, elses, "ignore", json!({"reason": "Another program's"})).await;
        assert_eq!(shown.row.resolution.as_deref(), Some("ignored"));
        reconcile::run_now(&shop.app.state, Sweep::Full).await.unwrap();
        shop.settle().await;
        assert_eq!(shop.attention().await, [], "what was set aside stays so");
        assert_eq!(shop.staff.post(&format!("/api/v1/attention/{elses}/retry"), json!({})).await.error(409), "already_resolved");
    }

    async fn try_again_and_what_does_not_fit(mut shop: Shop) {
        let (_, id) = paid_without_key(&mut shop).await;
        let path = |action: &str| format!("/api/v1/attention/{id}/{action}");
        assert_eq!(shop.staff.post(&path("keep-ours"), json!({})).await.error(409), "not_possible");
        let shown: Attention = shop.staff.post(&path("retry"), json!({})).await.ok();
        assert_eq!(shown.row.resolved, None, "the cause is still there");
        shop.at_stripe(&format!("/v1/prices/{}", shop.monthly), &[("metadata[skm]", r#"{"F1":true}"#)]).await;
        let shown: Attention = shop.staff.post(&path("retry"), json!({"reason": "Mended"})).await.ok();
        assert_eq!(shown.row.resolution.as_deref(), Some("retry"));
        assert_eq!(shop.keys().await.len(), 1);
    }

    async fn staff_are_written_to_once_about_all_that_is_new(mut shop: Shop) {
        shop.app.staff(Role::Support).await;
        shop.app.staff(Role::Viewer).await;
        paid_without_key(&mut shop).await;
        let letters = || async {
            communication::Entity::find()
                .filter(communication::Column::Kind.eq("needs_attention"))
                .all(shop.app.state.store.read())
                .await
                .unwrap()
        };
        assert_eq!(letters().await.len(), 0, "a minute for what heals by itself");
        shop.fake.advance(61);
        shop.settle().await;
        let sent = letters().await;
        let to: Vec<_> = sent.iter().map(|letter| letter.recipient.as_str()).collect();
        assert_eq!(to, ["admin@vendor.test", "support@vendor.test"], "who can do something about it");
        assert!(sent[0].text.contains("the price does not say what to issue"), "{}", sent[0].text);
        assert!(sent[0].text.contains("/Attention"), "{}", sent[0].text);
        shop.fake.advance(3_600);
        reconcile::run_now(&shop.app.state, Sweep::Full).await.unwrap();
        shop.settle().await;
        assert_eq!(letters().await.len(), 2, "about the same thing once");
    }

    async fn the_inbox_shows_events_and_runs_them_again(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let all: List<StripeEventRow> = shop.staff.get("/api/v1/stripe/events?limit=3").await.ok();
        assert_eq!(all.items.len(), 3);
        assert!(all.meta.total > 3);
        let next = all.meta.next.clone().unwrap();
        let more: List<StripeEventRow> = shop.staff.get(&format!("/api/v1/stripe/events?limit=100&cursor={next}")).await.ok();
        assert_eq!(i64::try_from(more.items.len()).unwrap(), all.meta.total - 3);
        assert!(more.items.iter().all(|row| all.items.iter().all(|before| before.id != row.id)));
        let paid: List<StripeEventRow> = shop.staff.get("/api/v1/stripe/events?filter=kind%20%3D%20invoice.paid").await.ok();
        assert_eq!(paid.items.len(), 1);
        let event = &paid.items[0];
        assert_eq!(event.status, EventStatus::Done);
        let path = format!("/api/v1/stripe/events/{}", event.id);
        let shown: StripeEvent = shop.staff.get(&path).await.ok();
        assert!(shown.payload.contains('\n') && shown.payload.contains("invoice.paid"));
        assert!(shown.outcome.starts_with("Fetched from Stripe: subscription sub_"), "{}", shown.outcome);
        let again: StripeEvent = shop.staff.post(&format!("{path}/run-again"), json!({})).await.ok();
        assert_eq!((again.row.status, again.row.attempts), (EventStatus::Pending, 0));
        shop.settle().await;
        let shown: StripeEvent = shop.staff.get(&path).await.ok();
        assert_eq!(shown.row.status, EventStatus::Done);
        assert_eq!((shop.keys().await.len(), shop.key_mails().await), (1, 1));
        assert_eq!(shop.staff.get("/api/v1/stripe/events/evt_none").await.error(404), "not_found");
        shop.staff.get("/api/v1/stripe/events?cursor=nonsense").await.field("cursor");
    }

    async fn endpoints_beside_the_one_latchkey_made(mut shop: Shop) {
        let added: StripeEndpoints = shop.staff.post("/api/v1/stripe/endpoints", json!({})).await.ok();
        let (first, second) = (&added.endpoints[0], &added.endpoints[1]);
        assert!(first.default && first.stripe_id.is_some() && first.secrets == 1 && first.secret_since.is_some());
        assert_eq!((second.default, second.secrets, second.secret_since), (false, 0, None));
        let path = second.url.strip_prefix(&shop.app.state.config.public_url).unwrap().to_owned();
        let payload = json!({"id": "evt_1", "object": "event", "type": "payout.paid", "livemode": false, "created": 1,
            "data": {"object": {"id": "po_1"}}}).to_string();
        assert_eq!(shop.deliver(&path, &payload, &["whsec_second"], 0).await.error(503), "stripe_not_configured");
        let secret = format!("/api/v1/stripe/endpoints/{}/secret", second.id);
        shop.staff.put(&secret, json!({"secret": "sk_test_0123456789"})).await.field("secret");
        shop.staff.put(&secret, json!({"secret": "whsec_second"})).await.done();
        assert_eq!(shop.deliver(&path, &payload, &["whsec_second"], 0).await.status.as_u16(), 204);
        let default = format!("/api/v1/stripe/endpoints/{}", first.id);
        assert_eq!(shop.staff.delete(&default).await.error(409), "default_endpoint");
        let left: StripeEndpoints = shop.staff.delete(&format!("/api/v1/stripe/endpoints/{}", second.id)).await.ok();
        assert_eq!(left.endpoints.len(), 1);
        assert_eq!(shop.deliver(&path, &payload, &["whsec_second"], 0).await.error(404), "not_found");
    }
}
