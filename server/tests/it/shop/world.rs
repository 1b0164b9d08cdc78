use std::net::SocketAddr;

use latchkey::{billing, clock::Clock, config::ServeArgs};
use latchkey_shared::{
    api::{
        catalog::Product,
        customers::Customer,
        portal::{CheckoutProgress, CheckoutStarted, Home, Plans},
    },
    attention::AttentionCode,
    ids::CustomerId,
    permission::Role,
};
use latchkey_store::entity::{attention, communication, licence_key, stripe_endpoint, stripe_event};
use latchkey_stripe_fake::{FakeClock, FakeStripe, WebhookFate};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinHandle};

use crate::util::{Answer, Caller, TestApp};

pub const KEY: &str = "sk_test_shop_0123456789";
pub const GOOD_CARD: &str = "4242424242424242";

/// A vendor who sells one product in two plans, with Stripe connected and the catalogue read. Nothing runs in
/// the background unless a test says so: [`Shop::settle`] does what is due.
pub struct Shop {
    pub app: TestApp,
    pub fake: FakeStripe,
    pub staff: Caller,
    pub product: i64,
    pub stripe_product: String,
    pub monthly: String,
    pub yearly: String,
    tasks: Vec<JoinHandle<()>>,
}

/// Somebody who buys.
pub struct Buyer {
    pub id: CustomerId,
    pub portal: Caller,
}

impl Drop for Shop {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

impl Shop {
    pub async fn open(postgres: bool) -> Option<Self> {
        let mut shop = Self::closed(postgres).await?;
        shop.connect().await;
        Some(shop)
    }

    /// Connects Stripe and makes the webhook endpoint.
    pub async fn connect(&mut self) {
        let form = json!({"secret_key": KEY, "provision_webhook": true});
        self.staff.put("/api/v1/stripe/account", form).await.done();
    }

    /// Everything is there, but Stripe is not connected yet.
    pub async fn closed(postgres: bool) -> Option<Self> {
        Self::with_settings(postgres, |_| {}).await
    }

    /// Not connected either, with settings of the test's own.
    pub async fn with_settings(postgres: bool, change: impl FnOnce(&mut ServeArgs)) -> Option<Self> {
        let fake = FakeStripe::new(FakeClock::real());
        let stripe = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", stripe.local_addr().unwrap());
        let serving = fake.clone();
        let stripe = tokio::spawn(async move {
            latchkey_stripe_fake::serve(stripe, serving, std::future::pending()).await.unwrap();
        });

        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let time = fake.clock();
        let app = TestApp::in_time(postgres, Clock::following(move || time.now_ms()), |args| {
            args.public_url = Some(format!("http://{address}"));
            args.stripe_api_base = base;
            change(args);
        })
        .await?;
        let service = app.router.clone().into_make_service_with_connect_info::<SocketAddr>();
        let web = tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });

        let mut staff = app.staff(Role::Admin).await;
        let answer = staff.post("/api/v1/products", json!({"name": "Editor"})).await;
        let product = answer.ok::<Product>();
        let id = product.id.0;
        let names = ["Teams", "", "Export", "", "", "", "", ""];
        let form = json!({"name": "Editor", "description": "", "active": true, "grace_days": 5,
            "feature_names": names, "version": product.version});
        staff.patch(&format!("/api/v1/products/{id}"), form).await.done();

        let stripe_product = fake.seed_product("Editor at Stripe", &[("skm_product_id", &id.to_string())]);
        let skm = [("skm", r#"{"F3":true,"MaxNoOfMachines":2}"#)];
        let monthly = fake.seed_price(&stripe_product, "eur", 900, "month", &skm);
        let skm = [("skm", r#"{"F1":true,"F3":true,"MaxNoOfMachines":5}"#)];
        let yearly = fake.seed_price(&stripe_product, "eur", 9_000, "year", &skm);
        Some(Self {
            app,
            fake,
            staff,
            product: id,
            stripe_product,
            monthly,
            yearly,
            tasks: vec![stripe, web],
        })
    }

    /// Does everything that is due, webhooks under way included, until nothing is left.
    pub async fn settle(&self) {
        loop {
            self.fake.deliveries_settled().await;
            let done = Box::pin(billing::run_due(&self.app.state)).await.unwrap();
            self.fake.deliveries_settled().await;
            if done == 0 && Box::pin(billing::run_due(&self.app.state)).await.unwrap() == 0 {
                return;
            }
        }
    }

    /// Lets time pass for both, and does what falls due.
    pub async fn wait_days(&self, days: i64) {
        self.fake.advance(days * 86_400);
        self.settle().await;
    }

    pub async fn buyer(&mut self, name: &str) -> Buyer {
        let form = json!({"name": name, "email": format!("{}@buyer.test", name.to_lowercase()), "company": "",
            "phone": "", "country": "", "notes": "", "external_id": "", "enable_association": false});
        let customer: Customer = self.staff.post("/api/v1/customers", form).await.ok();
        Buyer { id: customer.id, portal: self.app.portal(customer.id).await }
    }

    /// The number here of the plan that mirrors a Stripe price.
    pub async fn plan(&self, buyer: &mut Buyer, price: &str) -> i64 {
        let plans: Plans = buyer.portal.get("/api/v1/portal/plans").await.ok();
        let all = plans.products.iter().flat_map(|group| &group.plans);
        all.into_iter()
            .find(|plan| plan.stripe_price.as_deref() == Some(price))
            .expect("the plan is offered")
            .id
            .0
    }

    pub async fn start(&self, buyer: &mut Buyer, price: &str) -> CheckoutStarted {
        let plan = self.plan(buyer, price).await;
        buyer.portal.post("/api/v1/portal/checkouts", json!({"plan": plan})).await.ok()
    }

    /// Pays on Stripe's page.
    pub fn pay(&self, started: &CheckoutStarted, fate: WebhookFate) {
        let session = started.url.rsplit('/').next().unwrap();
        self.fake.complete_checkout(session, GOOD_CARD, fate).unwrap();
    }

    /// A whole purchase by webhook, the returning customer's page included.
    pub async fn sell(&self, buyer: &mut Buyer, price: &str) -> CheckoutProgress {
        let started = self.start(buyer, price).await;
        self.pay(&started, WebhookFate::Prompt);
        self.settle().await;
        self.progress(buyer, &started).await
    }

    pub async fn progress(&self, buyer: &mut Buyer, started: &CheckoutStarted) -> CheckoutProgress {
        buyer.portal.get(&format!("/api/v1/portal/checkouts/{}", started.checkout)).await.ok()
    }

    pub async fn home(&self, buyer: &mut Buyer) -> Home {
        buyer.portal.get("/api/v1/portal/home").await.ok()
    }

    /// The only subscription at Stripe.
    pub fn stripe_subscription(&self) -> Value {
        let mut all = self.fake.objects("subscription");
        assert_eq!(all.len(), 1, "{all:#?}");
        all.remove(0)
    }

    pub async fn keys(&self) -> Vec<licence_key::Model> {
        licence_key::Entity::find()
            .order_by_asc(licence_key::Column::Id)
            .all(self.app.state.store.read())
            .await
            .unwrap()
    }

    /// How many messages with keys were written.
    pub async fn key_mails(&self) -> usize {
        let mails = communication::Entity::find().filter(communication::Column::Kind.eq("key_issued"));
        mails.all(self.app.state.store.read()).await.unwrap().len()
    }

    pub async fn newest_message(&self) -> communication::Model {
        let newest = communication::Entity::find().order_by_desc(communication::Column::Id);
        newest.one(self.app.state.store.read()).await.unwrap().unwrap()
    }

    /// The codes that wait for a person.
    pub async fn attention(&self) -> Vec<AttentionCode> {
        self.attention_rows().await.iter().map(|row| AttentionCode::parse(&row.code).unwrap()).collect()
    }

    /// What waits for a person.
    pub async fn attention_rows(&self) -> Vec<attention::Model> {
        attention::Entity::find()
            .filter(attention::Column::ResolvedAt.is_null())
            .order_by_asc(attention::Column::Id)
            .all(self.app.state.store.read())
            .await
            .unwrap()
    }

    /// Path and signing secret of the endpoint that Latchkey made.
    pub async fn endpoint(&self) -> (String, String) {
        let row = stripe_endpoint::Entity::find().one(self.app.state.store.read()).await.unwrap().unwrap();
        let secret = billing::endpoints::secrets(&self.app.state, &row).await.unwrap().remove(0);
        (format!("/webhooks/stripe/{}", row.slug), secret)
    }

    pub async fn events(&self) -> Vec<stripe_event::Model> {
        stripe_event::Entity::find().all(self.app.state.store.read()).await.unwrap()
    }

    /// Changes something at Stripe as the vendor's dashboard would.
    pub async fn at_stripe(&self, path: &str, form: &[(&str, &str)]) -> Value {
        let url = format!("{}{path}", self.app.state.config.stripe_api_base);
        let answer = reqwest::Client::new().post(url).bearer_auth(KEY).form(form).send().await.unwrap();
        let status = answer.status();
        let body: Value = answer.json().await.unwrap();
        assert!(status.is_success(), "{body:#}");
        body
    }

    /// Sends a payload to a webhook address, signed with these secrets as of `age` seconds ago.
    pub async fn deliver(&self, path: &str, payload: &str, secrets: &[&str], age: i64) -> Answer {
        let at = self.app.state.clock.now() / 1_000 - age;
        let header = latchkey_stripe::webhook::sign(payload.as_bytes(), secrets, at);
        let mut stripe = self.app.anon().with_header("stripe-signature", &header);
        stripe.send_bytes(axum::http::Method::POST, path, Some("application/json"), payload.into()).await
    }
}
