//! A served stand-in, a client for it, and an endpoint that keeps its webhooks.

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use latchkey_stripe::{
    Event, Invoice, Raw, StripeClient, StripeOptions, Subscription,
    params::{
        CreateCheckoutSession, CreateWebhookEndpoint, CustomerParams, LineItemParams, SubscriptionData,
    },
    webhook,
};
use latchkey_stripe_fake::{FakeClock, FakeStripe, WebhookFate, serve};
use serde_json::Value;
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU16, AtomicU64, Ordering},
};
use tokio::net::TcpListener;

pub const DAY: i64 = 86_400;
pub const HOUR: i64 = 3_600;
/// When every test begins.
pub const START: i64 = 1_790_000_000;
pub const KEY: &str = "sk_test_rig";
pub const GOOD_CARD: &str = "4242 4242 4242 4242";

pub struct Rig {
    pub fake: FakeStripe,
    pub client: StripeClient,
    pub base: String,
    pub http: reqwest::Client,
    counter: AtomicU64,
}

/// Starts a stand-in whose clock stands still.
pub async fn rig() -> Rig {
    let fake = FakeStripe::new(FakeClock::manual(START * 1000));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(serve(listener, fake.clone(), std::future::pending()));
    let base = format!("http://127.0.0.1:{port}");
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    Rig { client: client(&base, KEY), fake, base, http, counter: AtomicU64::new(0) }
}

/// A client that does not try again.
pub fn client(base: &str, key: &str) -> StripeClient {
    let mut options = StripeOptions::new(base, key);
    options.requests_per_second = 10_000;
    options.max_retries = 0;
    StripeClient::new(options).unwrap()
}

impl Rig {
    pub fn key(&self) -> String {
        format!("key-{}", self.counter.fetch_add(1, Ordering::Relaxed))
    }

    pub fn price(&self, amount: i64, interval: &str) -> String {
        let product = self.fake.seed_product("Editor", &[("skm_product_id", "1")]);
        self.fake.seed_price(&product, "eur", amount, interval, &[("skm", "{}")])
    }

    pub async fn customer(&self) -> String {
        let params = CustomerParams { email: Some("ada@example.com".into()), ..CustomerParams::default() };
        self.client.create_customer(&params, &self.key()).await.unwrap().id.clone()
    }

    pub fn session_params(customer: &str, price: &str) -> CreateCheckoutSession {
        CreateCheckoutSession {
            mode: "subscription".into(),
            customer: Some(customer.into()),
            line_items: vec![LineItemParams { price: price.into(), quantity: Some(1) }],
            success_url: Some("http://127.0.0.1:1/done?cs={CHECKOUT_SESSION_ID}".into()),
            cancel_url: Some("http://127.0.0.1:1/plans".into()),
            subscription_data: Some(SubscriptionData {
                metadata: [("skm_temp_var".to_owned(), "placeholder".to_owned())].into(),
                ..SubscriptionData::default()
            }),
            ..CreateCheckoutSession::default()
        }
    }

    pub async fn session(&self, customer: &str, price: &str) -> String {
        let params = Self::session_params(customer, price);
        self.client.create_checkout_session(&params, &self.key()).await.unwrap().id.clone()
    }

    /// Buys and returns the subscription's id.
    pub async fn buy(&self, customer: &str, price: &str) -> String {
        self.buy_with(customer, price, GOOD_CARD).await
    }

    pub async fn buy_with(&self, customer: &str, price: &str, card: &str) -> String {
        let session = self.session(customer, price).await;
        self.fake.complete_checkout(&session, card, WebhookFate::Prompt).unwrap();
        self.client
            .checkout_session(&session, &[])
            .await
            .unwrap()
            .subscription
            .as_ref()
            .unwrap()
            .id()
            .to_owned()
    }

    pub async fn subscription(&self, id: &str) -> Raw<Subscription> {
        self.client.subscription(id, &[]).await.unwrap()
    }

    /// The newest invoice of a subscription.
    pub async fn latest_invoice(&self, id: &str) -> Raw<Invoice> {
        let subscription = self.subscription(id).await;
        self.client.invoice(subscription.latest_invoice.as_ref().unwrap().id(), &[]).await.unwrap()
    }

    /// Types of all events, oldest first.
    pub fn events(&self) -> Vec<String> {
        let events = self.fake.objects("event").into_iter().rev();
        events.map(|event| event["type"].as_str().unwrap().to_owned()).collect()
    }

    /// The newest event of a type.
    pub fn newest_event(&self, kind: &str) -> Event {
        let event = self.fake.objects("event").into_iter().find(|event| event["type"] == kind);
        Event::from_value(event.unwrap_or_else(|| panic!("no {kind}")))
    }

    /// A raw call; answers status, headers and body.
    pub async fn raw(
        &self,
        method: &str,
        path: &str,
        body: &str,
        headers: &[(&str, &str)],
    ) -> (u16, HeaderMap, Value) {
        let mut request = self
            .http
            .request(method.parse().unwrap(), format!("{}{path}", self.base))
            .header("Authorization", format!("Bearer {KEY}"))
            .body(body.to_owned());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.headers().clone(), answer.json().await.unwrap())
    }

    /// An endpoint for these events; a version or the account's.
    pub async fn endpoint(&self, events: &[&str], version: Option<&str>) -> Endpoint {
        let endpoint = Endpoint::start().await;
        let mut params = CreateWebhookEndpoint::new(&endpoint.url, events);
        if let Some(version) = version {
            params.api_version = version.to_owned();
        }
        let made = self.client.create_webhook_endpoint(&params, &self.key()).await.unwrap();
        Endpoint { id: made.id.clone(), secret: made.secret.clone().unwrap(), ..endpoint }
    }
}

/// Payload and signature header.
pub type Received = (Vec<u8>, String);

/// Keeps the webhooks that arrive.
#[derive(Clone)]
pub struct Endpoint {
    pub id: String,
    pub secret: String,
    url: String,
    received: Arc<Mutex<Vec<Received>>>,
    status: Arc<AtomicU16>,
}

impl Endpoint {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let endpoint = Self {
            id: String::new(),
            secret: String::new(),
            url,
            received: Arc::default(),
            status: Arc::new(AtomicU16::new(200)),
        };
        let router = Router::new().route("/hook", post(receive)).with_state(endpoint.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        endpoint
    }

    /// What to answer from now on.
    pub fn answer_with(&self, status: u16) {
        self.status.store(status, Ordering::Relaxed);
    }

    /// What arrived: payload and signature header.
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// What arrived with a good signature.
    pub fn verified(&self, now: i64) -> Vec<Event> {
        let received = self.received();
        let verified =
            received.iter().map(|(body, header)| webhook::verify(body, header, &[&self.secret], now, 300));
        verified.collect::<Result<_, _>>().unwrap()
    }
}

async fn receive(State(endpoint): State<Endpoint>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let signature = headers["stripe-signature"].to_str().unwrap().to_owned();
    endpoint.received.lock().unwrap().push((body.to_vec(), signature));
    StatusCode::from_u16(endpoint.status.load(Ordering::Relaxed)).unwrap()
}
