//! Billing, measured in one process with the Stripe stand-in beside it: how quickly events are taken in, what
//! converging one subscription costs beyond Stripe's own time, and what looking through all of them costs. Prints
//! rows for `make bench` as JSON.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a measurement")]
#![allow(clippy::cast_precision_loss, reason = "counts far below 2^52")]

mod sweep;

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
    middleware,
};
use http_body_util::BodyExt as _;
use latchkey::{
    billing::{accounts, work},
    clock::Clock,
    config::{Config, DatabaseArgs, ServeArgs},
    identity::tokens,
    router, server,
    state::AppState,
};
use latchkey_store::{
    entity::{licence_key, stripe_endpoint},
    stripe_events,
    sync_jobs::Target,
};
use latchkey_stripe_fake::{FakeClock, FakeStripe, SeedCustomer, SeedSubscription};
use sea_orm::{ActiveValue::Set, EntityTrait as _, PaginatorTrait as _};
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinSet};
use tower::ServiceExt as _;

const KEY: &str = "sk_test_bench_0123456789";
const EVENTS: usize = 4_000;
const AT_ONCE: usize = 8;
const SUBSCRIPTIONS: usize = 60;
const STRIPE_ANSWERS_IN: Duration = Duration::from_millis(50);

#[tokio::main]
async fn main() {
    // Cargo also runs this file when it only wants to know that it can.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let bench = Bench::open().await;
    let mut rows = bench.intake().await;
    rows.extend(bench.converging().await);
    rows.extend(sweep::of_everything(&bench).await);
    println!("{}", Value::Array(rows));
}

struct Bench {
    app: AppState,
    router: Router,
    fake: FakeStripe,
    token: String,
    price: String,
    /// Calls that Stripe's stand-in has answered.
    calls: Arc<AtomicUsize>,
    _folder: tempfile::TempDir,
}

impl Bench {
    async fn open() -> Self {
        let fake = FakeStripe::new(FakeClock::real());
        let calls = Arc::new(AtomicUsize::new(0));
        let stripe = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", stripe.local_addr().unwrap());
        fake.set_origin(&base);
        let counted = calls.clone();
        let count = middleware::from_fn(move |request, next: middleware::Next| {
            counted.fetch_add(1, Ordering::Relaxed);
            next.run(request)
        });
        let answering = latchkey_stripe_fake::router(fake.clone()).layer(count);
        tokio::spawn(async move { axum::serve(stripe, answering).await.unwrap() });

        let folder = tempfile::tempdir().unwrap();
        let database = DatabaseArgs {
            database: format!("sqlite://{}", folder.path().join("bench.db").display()),
            secret_key_file: folder.path().join("bench.key"),
        };
        let mut args = ServeArgs::for_command(database.clone());
        args.public_url = Some("http://127.0.0.1:1".to_owned());
        args.stripe_api_base = base;
        let config = Config::new(&args, SocketAddr::from(([127, 0, 0, 1], 1)), false).unwrap();
        let app = server::open(&database, config, Clock::default()).await.unwrap();
        let transaction = app.store.begin().await.unwrap();
        let token = tokens::create(&transaction, app.clock.now(), "bench", &["*"]).await.unwrap();
        transaction.commit().await.unwrap();
        let router = router::build(app.clone());
        let mut bench = Self { app, router, fake, token, price: String::new(), calls, _folder: folder };
        bench.sell_something().await;
        bench
    }

    async fn sell_something(&mut self) {
        let product = self.send("POST", "/api/v1/products", &json!({"name": "Editor"})).await;
        let id = product["id"].to_string();
        let at_stripe = self.fake.seed_product("Editor", &[("skm_product_id", &id)]);
        let skm = [("skm", r#"{"F3":true,"MaxNoOfMachines":2}"#)];
        self.price = self.fake.seed_price(&at_stripe, "eur", 900, "month", &skm);
        let account = json!({"secret_key": KEY, "provision_webhook": true});
        self.send("PUT", "/api/v1/stripe/account", &account).await;
    }

    async fn send(&self, method: &str, path: &str, body: &Value) -> Value {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", format!("Bearer {}", self.token))
            .header("content-type", "application/json")
            .body(Body::from(body.to_string()))
            .unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let status = answer.status();
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        assert!(status.is_success(), "{method} {path}: {status} {}", String::from_utf8_lossy(&body));
        serde_json::from_slice(&body).unwrap_or_default()
    }

    /// Webhooks per second, stored durably, against transactions of one row through the same pool.
    async fn intake(&self) -> Vec<Value> {
        let row = stripe_endpoint::Entity::find().one(self.app.store.read()).await.unwrap().unwrap();
        let secrets = latchkey::billing::endpoints::secrets(&self.app, &row).await.unwrap();
        let path = format!("/webhooks/stripe/{}", row.slug);
        let began = Instant::now();
        let one_row = self.at_once(|app, number| async move {
            let transaction = app.store.begin().await.unwrap();
            stripe_events::store(&transaction, stored(&app, number)).await.unwrap();
            transaction.commit().await.unwrap();
        });
        one_row.await;
        let limit = EVENTS as f64 / began.elapsed().as_secs_f64();

        let (began, cpu) = (Instant::now(), cpu_seconds());
        let deliveries = self.at_once(|_, number| {
            let payload = event(&format!("evt_taken_{number}")).to_string();
            let secrets: Vec<&str> = secrets.iter().map(String::as_str).collect();
            let at = self.app.clock.now() / 1_000;
            let signature = latchkey_stripe::webhook::sign(payload.as_bytes(), &secrets, at);
            let request =
                Request::post(&path).header("stripe-signature", signature).body(Body::from(payload));
            let router = self.router.clone();
            async move {
                let answer = router.oneshot(request.unwrap()).await.unwrap();
                assert_eq!(answer.status(), StatusCode::NO_CONTENT);
            }
        });
        deliveries.await;
        let rate = EVENTS as f64 / began.elapsed().as_secs_f64();
        let cpu_each = (cpu_seconds() - cpu) * 1e6 / EVENTS as f64;
        vec![
            json!({"what": "webhook intake, durable", "value": rate, "unit": "events/s",
                "against": format!("one-row transactions: {limit:.0}/s"), "ratio": rate / limit,
                "target": "≥ 0.7 ×", "met": rate / limit >= 0.7}),
            json!({"what": "CPU per webhook (signing it included)", "value": cpu_each, "unit": "µs"}),
        ]
    }

    /// Runs `EVENTS` pieces of work, `AT_ONCE` of them at a time.
    async fn at_once<F, W>(&self, mut piece: F)
    where
        F: FnMut(AppState, usize) -> W,
        W: Future<Output = ()> + Send + 'static,
    {
        let mut running = JoinSet::new();
        for number in 0..EVENTS {
            if running.len() == AT_ONCE {
                running.join_next().await.unwrap().unwrap();
            }
            running.spawn(piece(self.app.clone(), number));
        }
        while let Some(done) = running.join_next().await {
            done.unwrap();
        }
    }

    /// What `sync_subscription` takes beside waiting for Stripe, from a paid subscription to its key.
    async fn converging(&self) -> Vec<Value> {
        let connected = accounts::connected(&self.app, None).await.unwrap();
        let mut targets = Vec::new();
        for number in 0..SUBSCRIPTIONS {
            let form = json!({"name": format!("Buyer {number}"), "email": format!("b{number}@buyer.test")});
            let customer = self.send("POST", "/api/v1/customers", &form).await;
            let id = customer["id"].to_string();
            let buyer = self.fake.seed_customer(&SeedCustomer {
                metadata: &[("skm_customer_id", &id)],
                ..SeedCustomer::default()
            });
            let items = [(self.price.as_str(), 1)];
            let subscription = self.fake.seed_subscription(&SeedSubscription {
                customer: &buyer,
                items: &items,
                ..SeedSubscription::default()
            });
            targets.push(Target::subscription(connected.account.id, &subscription));
        }
        self.fake.chaos(|chaos| chaos.latency_ms = STRIPE_ANSWERS_IN.as_millis().try_into().unwrap());
        let round_trip = self.round_trip(&connected.client, &targets[0].stripe_id).await;
        let mut own = Vec::new();
        let mut calls = 0;
        for target in &targets {
            let (before, began) = (self.calls.load(Ordering::Relaxed), Instant::now());
            work::converge_now(&self.app, target).await.unwrap();
            let took = began.elapsed().as_secs_f64() * 1e3;
            calls = self.calls.load(Ordering::Relaxed) - before;
            own.push(took - calls as f64 * round_trip);
        }
        let keys = licence_key::Entity::find().count(self.app.store.read()).await.unwrap();
        assert_eq!(keys, SUBSCRIPTIONS as u64, "each has its key");
        own.sort_by(f64::total_cmp);
        let median = own[own.len() / 2];
        let commit = self.commit_ms().await;
        vec![
            json!({"what": "sync_subscription until the key is there, its own time", "value": median, "unit": "ms",
            "against": format!("{calls} calls of {round_trip:.0} ms to Stripe; a commit: {commit:.1} ms"),
            "target": "≤ 10 ms and a commit", "met": median <= 10.0 + commit}),
        ]
    }

    /// Milliseconds of one call to Stripe from here.
    async fn round_trip(&self, client: &latchkey_stripe::StripeClient, subscription: &str) -> f64 {
        let mut times = Vec::new();
        for _ in 0..9 {
            let began = Instant::now();
            client.subscription(subscription, &[]).await.unwrap();
            times.push(began.elapsed().as_secs_f64() * 1e3);
        }
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    }

    /// Milliseconds of one durable transaction, alone.
    async fn commit_ms(&self) -> f64 {
        let began = Instant::now();
        let rounds = 200;
        for number in 0..rounds {
            let transaction = self.app.store.begin().await.unwrap();
            stripe_events::store(&transaction, stored(&self.app, EVENTS + number)).await.unwrap();
            transaction.commit().await.unwrap();
        }
        began.elapsed().as_secs_f64() * 1e3 / rounds as f64
    }
}

/// An event of the size that Stripe sends for an invoice.
fn event(id: &str) -> Value {
    json!({"id": id, "object": "event", "type": "invoice.paid", "created": 1_700_000_000, "livemode": false,
        "api_version": "2026-09-30.endive",
        "data": {"object": {"id": "in_1", "object": "invoice", "customer": "cus_1", "pad": "x".repeat(6_000)}}})
}

fn stored(app: &AppState, number: usize) -> latchkey_store::entity::stripe_event::ActiveModel {
    let now = app.clock.now();
    let payload = event(&format!("evt_row_{number}"));
    latchkey_store::entity::stripe_event::ActiveModel {
        account_id: Set(1),
        event_id: Set(format!("evt_row_{number}")),
        kind: Set("payout.paid".to_owned()),
        api_version: Set(None),
        live: Set(false),
        object_id: Set(None),
        stripe_customer: Set(None),
        stripe_subscription: Set(None),
        payload: Set(payload.to_string()),
        status: Set(stripe_events::IGNORED.to_owned()),
        attempts: Set(0),
        last_error: Set(None),
        stripe_created_at: Set(now),
        received_at: Set(now),
        next_at: Set(now),
        lease_until: Set(None),
    }
}

/// Processor time of this process so far: user and system, in hundredths of a second as Linux counts it.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let after_name = stat.rsplit(')').next().unwrap();
    let ticks: f64 =
        after_name.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<f64>().unwrap()).sum();
    ticks / 100.0
}
