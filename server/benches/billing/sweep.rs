//! What the sweep over all subscriptions costs when nothing differs, as nearly always.

use std::{
    sync::{Arc, OnceLock, atomic::Ordering},
    time::Instant,
};

use latchkey::billing::{
    accounts,
    reconcile::{self, Ages, Cause, Sweep},
    work,
};
use latchkey_store::{
    entity::{subscription, subscription_item, sweep_run},
    sync_jobs::Target,
};
use latchkey_stripe_fake::{SeedCustomer, SeedSubscription};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::NotSet, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _,
};
use serde_json::{Value, json};

use super::Bench;

/// Rows that are put in at once.
const CHUNK: usize = 500;

/// Calls, time and memory of one sweep over 100,000 subscriptions (5,000 where `BENCH_SIZE` is `small`).
pub async fn of_everything(bench: &Bench) -> Vec<Value> {
    let small = std::env::var("BENCH_SIZE").is_ok_and(|size| size == "small");
    let count = if small { 5_000 } else { 100_000 };
    bench.fake.chaos(|chaos| chaos.latency_ms = 0);
    let before = usize::try_from(mirrored(bench).await).unwrap();
    mirror(bench, count - before).await;

    let (calls, began) = (bench.calls.load(Ordering::Relaxed), Instant::now());
    // What the first tenth takes is taken once: caches, the allocator's own.
    let warm = Arc::new(OnceLock::new());
    let told = {
        let (warm, tenth) = (warm.clone(), i64::try_from(count / 10).unwrap());
        Arc::new(move |run: &sweep_run::Model| {
            if run.looked_at >= tenth {
                warm.get_or_init(resident_mib);
            }
        })
    };
    let ran = reconcile::run_with(&bench.app, Sweep::Full, Cause::Button, Ages::Respect, told).await;
    let run = ran.unwrap().unwrap();
    let seconds = began.elapsed().as_secs_f64();
    let grown = resident_mib() - warm.get().unwrap();
    assert_eq!((run.looked_at, run.found), (i64::try_from(count).unwrap(), 0), "{}", run.words);
    let calls = bench.calls.load(Ordering::Relaxed) - calls;
    let what = format!("sweep over {count} subscriptions");
    vec![
        json!({"what": what, "value": seconds, "unit": "s",
            "against": format!("{calls} calls to Stripe, 0.2 s apart so that buyers go first")}),
        json!({"what": format!("{what}: growth of memory after its first tenth"), "value": grown,
            "unit": "MiB", "target": "flat", "met": grown <= 8.0}),
    ]
}

async fn mirrored(bench: &Bench) -> u64 {
    use sea_orm::PaginatorTrait as _;
    subscription::Entity::find().count(bench.app.store.read()).await.unwrap()
}

/// So many more subscriptions, at Stripe and mirrored alike: one is converged, the others are its copies.
async fn mirror(bench: &Bench, more: usize) {
    let customer =
        bench.send("POST", "/api/v1/customers", &json!({"name": "Many", "email": "m@buyer.test"})).await;
    let id = customer["id"].to_string();
    let buyer = bench
        .fake
        .seed_customer(&SeedCustomer { metadata: &[("skm_customer_id", &id)], ..SeedCustomer::default() });
    let items = [(bench.price.as_str(), 1)];
    let created = Some(bench.app.clock.now() / 1_000 - 86_400);
    let seed = SeedSubscription { customer: &buyer, items: &items, created, ..SeedSubscription::default() };
    let all: Vec<String> = (0..more).map(|_| bench.fake.seed_subscription(&seed)).collect();

    let account = accounts::connected(&bench.app, None).await.unwrap().account.id;
    work::converge_now(&bench.app, &Target::subscription(account, &all[0])).await.unwrap();
    let read = bench.app.store.read();
    let of_first = subscription::Entity::find().filter(subscription::Column::StripeId.eq(all[0].as_str()));
    let first = of_first.one(read).await.unwrap().unwrap();
    let its_item =
        subscription_item::Entity::find().filter(subscription_item::Column::SubscriptionId.eq(first.id));
    let its_item = its_item.one(read).await.unwrap().unwrap();
    for chunk in all[1..].chunks(CHUNK) {
        let transaction = bench.app.store.begin().await.unwrap();
        for id in chunk {
            let mut row = subscription::Model { stripe_id: Some(id.clone()), ..first.clone() }
                .into_active_model()
                .reset_all();
            row.id = NotSet;
            let row = row.insert(&transaction).await.unwrap();
            let object = bench.fake.object(id).unwrap();
            let item_id = object["items"]["data"][0]["id"].as_str().map(str::to_owned);
            let item =
                subscription_item::Model { stripe_id: item_id, subscription_id: row.id, ..its_item.clone() };
            let mut item = item.into_active_model().reset_all();
            item.id = NotSet;
            item.insert(&transaction).await.unwrap();
        }
        transaction.commit().await.unwrap();
    }
}

/// Memory of this process, Stripe's stand-in included, which holds what it holds.
fn resident_mib() -> f64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
    let pages: f64 = statm.split_whitespace().nth(1).unwrap().parse().unwrap();
    pages * 4_096.0 / (1024.0 * 1024.0)
}
