//! Several Stripe accounts: each has its own key, endpoint, catalogue and customers, and the same ids in two of them are
//! two things.

use latchkey::billing::reconcile::{self, Sweep};
use latchkey_shared::{
    api::{
        common::List,
        inbox::{StripeEndpoints, StripeEvent},
        portal::{Billing, Plans},
        reconcile::SweepRuns,
        stripe::{StripeAccounts, StripeCheck},
        transactions::{Transaction, TransactionRow},
    },
    reconcile::SweepKind,
};
use latchkey_store::entity::{audit, stripe_event, subscription};
use latchkey_stripe_fake::{FakeStripe, WebhookFate};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde_json::{Value, json};

use super::{
    Shop, in_both_shops,
    world::{GOOD_CARD, KEY},
};

const OTHER_KEY: &str = "sk_test_other_0123456789";

/// A shop with a second Stripe account beside the first one. Both are reached at one address, as at Stripe: whose
/// account it is, only the key says.
pub struct Beside {
    pub shop: Shop,
    pub other: FakeStripe,
    /// The number of the second account here.
    pub account: i64,
    /// Path and secret of the second account's endpoint.
    pub endpoint: String,
    pub secret: String,
}

impl Beside {
    pub async fn open(postgres: bool) -> Option<Self> {
        let mut shop = Shop::open(postgres).await?;
        let other = shop.fake.add_account(OTHER_KEY);
        Some(Self::connect(&mut shop, other).await.with(shop))
    }

    /// Connects the second account; its endpoint is made by hand.
    async fn connect(shop: &mut Shop, other: FakeStripe) -> Parts {
        let form = json!({"secret_key": OTHER_KEY, "provision_webhook": false});
        let check: StripeCheck = shop.staff.post("/api/v1/stripe/accounts", form).await.ok();
        let account = check.account.unwrap().number.0;
        let path = format!("/api/v1/stripe/endpoints?account={account}");
        let listed: StripeEndpoints = shop.staff.get(&path).await.ok();
        assert_eq!((listed.endpoints.len(), listed.endpoints[0].secrets), (1, 0));
        let endpoint =
            listed.endpoints[0].url.strip_prefix(&shop.app.state.config.public_url).unwrap().to_owned();
        let secret = "whsec_of_the_other_account".to_owned();
        let path = format!("/api/v1/stripe/endpoints/{}/secret", listed.endpoints[0].id);
        shop.staff.put(&path, json!({"secret": secret})).await.done();
        Parts { other, account, endpoint, secret }
    }

    /// Tells the second account's endpoint of something that happened there.
    async fn deliver(&self, event: &str, kind: &str, object: &str) {
        let payload = json!({"id": event, "object": "event", "type": kind, "livemode": false,
            "created": self.shop.app.state.clock.now() / 1_000, "data": {"object": {"id": object}}});
        let answer = self.shop.deliver(&self.endpoint, &payload.to_string(), &[&self.secret], 0).await;
        assert_eq!(answer.status.as_u16(), 204);
        self.shop.settle().await;
    }
}

struct Parts {
    other: FakeStripe,
    account: i64,
    endpoint: String,
    secret: String,
}

impl Parts {
    fn with(self, shop: Shop) -> Beside {
        let Self { other, account, endpoint, secret } = self;
        Beside { shop, other, account, endpoint, secret }
    }
}

/// Everything of one account in another: the same ids, and another customer behind them.
fn copy(from: &FakeStripe, to: &FakeStripe, customer: i64) {
    let account = |fake: &FakeStripe| fake.objects("account")[0]["id"].as_str().unwrap().to_owned();
    let mut text = from.snapshot().to_string().replace(&account(from), &account(to));
    let whose = from.objects("customer")[0]["metadata"]["skm_customer_id"].as_str().unwrap().to_owned();
    let says = |id: &str| format!(r#""skm_customer_id":"{id}""#);
    text = text.replace(&says(&whose), &says(&customer.to_string()));
    let mut snapshot: Value = serde_json::from_str(&text).unwrap();
    let objects = snapshot["objects"].as_array_mut().unwrap();
    objects.retain(|object| object["object"] != "webhook_endpoint");
    for object in objects {
        if object["object"] == "price" {
            object["metadata"]["skm"] = json!(r#"{"F2":true}"#);
        }
        if object["object"] == "subscription" {
            let metadata = object["metadata"].as_object_mut().unwrap();
            metadata.retain(|name, _| name == "skm_customer_id");
            metadata.insert("skm_temp_var".to_owned(), json!("This parameter will be replaced."));
        }
    }
    snapshot["deliveries"] = json!([]);
    to.restore(snapshot).unwrap();
}

async fn payments(shop: &mut Shop) -> Vec<TransactionRow> {
    let list: List<TransactionRow> =
        shop.staff.get("/api/v1/transactions?sort=id&filter=type%20%3D%20payment").await.ok();
    list.items
}

in_both_shops! {
    async fn the_same_ids_in_two_accounts_do_not_mix(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let mut bob = shop.buyer("Bob").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let other = shop.fake.add_account(OTHER_KEY);
        copy(&shop.fake, &other, bob.id.0);
        let parts = Beside::connect(&mut shop, other).await;
        let mut beside = parts.with(shop);
        let id = beside.shop.stripe_subscription()["id"].as_str().unwrap().to_owned();
        let event = beside.shop.events().await.remove(0).event_id;

        // The same event, the same subscription, the same invoice: of another account they are others.
        beside.deliver(&event, "customer.subscription.created", &id).await;
        let rows = subscription::Entity::find().order_by_asc(subscription::Column::Id);
        let rows = rows.all(beside.shop.app.state.store.read()).await.unwrap();
        let whose: Vec<_> = rows.iter().map(|row| (row.customer_id, row.stripe_id.as_deref())).collect();
        assert_eq!(whose, [(ann.id.0, Some(id.as_str())), (bob.id.0, Some(id.as_str()))]);
        assert_eq!(rows[1].account_id, Some(beside.account));
        let keys = beside.shop.keys().await;
        assert_eq!(keys.len(), 2);
        assert_eq!((keys[0].customer_id, keys[0].f2), (Some(ann.id.0), false));
        assert_eq!((keys[1].customer_id, keys[1].f2), (Some(bob.id.0), true));
        let told = |fake: &FakeStripe| fake.object(&id).unwrap()["metadata"]["skm_key_globalid"].clone();
        assert_eq!(told(&beside.shop.fake), json!(keys[0].id.to_string()));
        assert_eq!(told(&beside.other), json!(keys[1].id.to_string()));
        let stored = stripe_event::Entity::find().filter(stripe_event::Column::EventId.eq(&event));
        assert_eq!(stored.all(beside.shop.app.state.store.read()).await.unwrap().len(), 2);
        let first: StripeEvent = beside.shop.staff.get(&format!("/api/v1/stripe/events/{event}")).await.ok();
        let path = format!("/api/v1/stripe/events/{event}?account={}", beside.account);
        let second: StripeEvent = beside.shop.staff.get(&path).await.ok();
        assert!(first.payload != second.payload, "each account shows its own");

        // Both payments are somebody's, and money goes back in the account where it was paid.
        beside.shop.app.state.clock.advance(1_000);
        reconcile::run_now(&beside.shop.app.state, Sweep::Payments).await.unwrap();
        let paid = payments(&mut beside.shop).await;
        let whose: Vec<_> = paid.iter().map(|row| row.customer).collect();
        assert_eq!((whose.len(), whose.contains(&ann.id), whose.contains(&bob.id)), (2, true, true));
        let bobs = paid.iter().find(|row| row.customer == bob.id).unwrap();
        let form = json!({"amount": 900, "reason": "requested_by_customer", "then": "keep"});
        let _: Transaction =
            beside.shop.staff.post(&format!("/api/v1/transactions/{}/refund", bobs.id), form).await.ok();
        beside.shop.settle().await;
        assert_eq!((beside.shop.fake.objects("refund").len(), beside.other.objects("refund").len()), (0, 1));

        // Each customer's page asks their own account, and ends their own subscription.
        let billing: Billing = bob.portal.get("/api/v1/portal/billing").await.ok();
        assert_eq!(billing.invoices.len(), 1);
        let path = format!("/api/v1/portal/subscriptions/{}/cancel", rows[1].id);
        bob.portal.post(&path, json!({})).await.done();
        beside.shop.settle().await;
        let ends = |fake: &FakeStripe| fake.object(&id).unwrap()["cancel_at_period_end"].clone();
        assert_eq!((ends(&beside.shop.fake), ends(&beside.other)), (json!(false), json!(true)));
        assert_eq!(ann.portal.post(&path, json!({})).await.error(404), "not_found");

        reconcile::run_now(&beside.shop.app.state, Sweep::Full).await.unwrap();
        beside.shop.settle().await;
        assert_eq!(beside.shop.keys().await, keys, "and comparing everything finds nothing to do");
        let runs: SweepRuns = beside.shop.staff.get("/api/v1/stripe/reconcile").await.ok();
        let full = runs.runs.iter().find(|run| run.sweep == SweepKind::Full).unwrap();
        assert_eq!(full.words.matches("Compared 1 subscription with Stripe").count(), 2, "{}", full.words);
    }

    async fn a_further_account_comes_and_goes(mut shop: Shop) {
        let other = shop.fake.add_account(OTHER_KEY);
        let accounts: StripeAccounts = shop.staff.get("/api/v1/stripe/accounts").await.ok();
        assert_eq!(accounts.accounts.len(), 1);
        let form = json!({"secret_key": KEY, "provision_webhook": false});
        assert_eq!(shop.staff.post("/api/v1/stripe/accounts", form).await.error(409), "stripe_account_known");
        let form = json!({"secret_key": "pk_test_0123456789", "provision_webhook": false});
        shop.staff.post("/api/v1/stripe/accounts", form).await.field("secret_key");
        let hidden = "rk_test_hidden_0123456789";
        let unknown = shop.fake.add_account(hidden);
        unknown.deny(hidden, "rak_accounts_kyc_basic_read");
        let form = json!({"secret_key": hidden, "provision_webhook": false});
        shop.staff.post("/api/v1/stripe/accounts", form).await.field("secret_key");

        let form = json!({"secret_key": OTHER_KEY, "provision_webhook": true});
        let check: StripeCheck = shop.staff.post("/api/v1/stripe/accounts", form).await.ok();
        let account = check.account.unwrap();
        assert!(!account.first && !account.live);
        let number = account.number;
        assert_eq!((shop.fake.objects("webhook_endpoint").len(), other.objects("webhook_endpoint").len()), (1, 1));
        let urls = [&shop.fake, &other].map(|fake| fake.objects("webhook_endpoint")[0]["url"].clone());
        assert!(urls[0] != urls[1], "each account has an address of its own");

        let at = |path: &str| format!("/api/v1/stripe{path}?account={number}");
        shop.staff.patch(&at("/account"), json!({"name": " "})).await.field("name");
        let named: StripeAccounts = shop.staff.patch(&at("/account"), json!({"name": "America"})).await.ok();
        assert_eq!(named.accounts[1].name, "America");
        shop.staff.put(&at("/account"), json!({"secret_key": OTHER_KEY, "provision_webhook": false})).await.done();
        let check: StripeCheck = shop.staff.get(&at("")).await.ok();
        assert_eq!(check.account.unwrap().name, "America", "a name that staff gave it stays");
        let first: StripeCheck = shop.staff.get("/api/v1/stripe").await.ok();
        assert!(first.account.unwrap().first);
        assert_eq!(shop.staff.get("/api/v1/stripe?account=99").await.error(404), "not_found");

        let form = json!({"name": "Over there", "currency": "USD", "account": number, "all_products": true, "active": true});
        let webshop: Value = shop.staff.post("/api/v1/webshops", form).await.ok();
        let refused = shop.staff.delete(&at("/account")).await;
        assert!(refused.text.contains("1 webshop"), "{}", refused.text);
        assert_eq!(refused.error(409), "stripe_account_in_use");
        let form = json!({"name": "Over there", "currency": "USD", "account": null, "all_products": true, "active": false,
            "version": webshop["version"]});
        shop.staff.put(&format!("/api/v1/webshops/{}", webshop["id"]), form).await.done();
        assert_eq!(shop.staff.delete(&at("/account")).await.status.as_u16(), 204);
        assert_eq!(other.objects("webhook_endpoint").len(), 0, "nothing is sent to an address that is gone");
        let left: StripeAccounts = shop.staff.get("/api/v1/stripe/accounts").await.ok();
        assert_eq!(left.accounts.len(), 1);
        assert_eq!(shop.staff.post(&at("/sync"), json!({})).await.error(503), "stripe_not_connected");

        let form = json!({"secret_key": OTHER_KEY, "provision_webhook": true});
        let again: StripeCheck = shop.staff.post("/api/v1/stripe/accounts", form).await.ok();
        assert_eq!(again.account.unwrap().number, number, "it goes on where it was");
        let entries = audit::Entity::find().filter(audit::Column::SubjectId.eq(number.0));
        let entries = entries.filter(audit::Column::SubjectKind.eq("stripe_account"));
        let written = entries.all(shop.app.state.store.read()).await.unwrap();
        for action in ["stripe_connected", "stripe_account_renamed", "stripe_webhook_made", "stripe_disconnected"] {
            assert!(written.iter().any(|entry| entry.action == action), "{action}");
        }
    }
}

in_both_shops! {
    async fn a_key_that_is_refused_does_not_keep_the_other_account_from_being_swept(mut beside: Beside) {
        let shop = &mut beside.shop;
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        beside.other.deny(OTHER_KEY, "rak_subscription_read");
        reconcile::run_now(&shop.app.state, Sweep::Full).await.unwrap();
        let runs: SweepRuns = shop.staff.get("/api/v1/stripe/reconcile").await.ok();
        let full = runs.runs.iter().find(|run| run.sweep == SweepKind::Full).unwrap();
        assert!(full.words.contains("Compared 1 subscription with Stripe"), "{}", full.words);
        assert!(full.words.contains("lacks the permission rak_subscription_read"), "{}", full.words);
    }

    async fn a_purchase_gives_way_in_the_account_where_it_was_begun(mut beside: Beside) {
        let (other, account) = (beside.other.clone(), beside.account);
        let shop = &mut beside.shop;
        let product = other.seed_product("Editor there", &[("skm_product_id", &shop.product.to_string())]);
        let price = other.seed_price(&product, "usd", 1_200, "month", &[("skm", r#"{"F2":true}"#)]);
        shop.staff.post(&format!("/api/v1/stripe/sync?account={account}"), json!({})).await.done();
        let form = json!({"name": "Over there", "currency": "USD", "account": account, "all_products": true, "active": true});
        let webshop: Value = shop.staff.post("/api/v1/webshops", form).await.ok();
        let mut ann = shop.buyer("Ann").await;
        let begun = shop.start(&mut ann, &shop.monthly.clone()).await;
        let bind = format!("/api/v1/customers/{}/webshop", ann.id);
        shop.staff.put(&bind, json!({"webshop": webshop["id"]})).await.done();
        let plans: Plans = ann.portal.get("/api/v1/portal/plans").await.ok();
        let offered: Vec<_> = plans.products.iter().flat_map(|group| &group.plans).collect();
        assert_eq!((offered.len(), offered[0].stripe_price.as_deref()), (1, Some(price.as_str())));
        let started = shop.start(&mut ann, &price).await;
        let session = begun.url.rsplit('/').next().unwrap();
        assert_eq!(shop.fake.object(session).unwrap()["status"], "expired");
        let session = started.url.rsplit('/').next().unwrap().to_owned();
        other.complete_checkout(&session, GOOD_CARD, WebhookFate::Lost).unwrap();
        shop.app.state.clock.advance(1_000);
        let progress = shop.progress(&mut ann, &started).await;
        assert_eq!(progress.licences.len(), 1);
        assert_eq!((shop.fake.objects("subscription").len(), other.objects("subscription").len()), (0, 1));
    }
}
