use latchkey::{backup, demo::crowd};
use latchkey_shared::permission::Role;
use latchkey_store::{
    entity::{customer, licence_key, subscription, subscription_key},
    numbers, tables,
};
use sea_orm::{EntityTrait as _, PaginatorTrait as _};

use crate::{on_both_databases, util::TestApp};

/// Whom and what a seed makes up, without what differs by the database's key pair.
async fn made(app: &TestApp, seed: u64) -> Vec<String> {
    tables::empty(&app.state.store).await.unwrap();
    latchkey::licensing::signing::ensure(&app.state).await.unwrap();
    crowd::make(&app.state, 120, seed, |_| {}).await.unwrap();
    let mut file = Vec::new();
    backup::back_up(&app.state.store, 0, &mut file, |_, _| {}).await.unwrap();
    let text = String::from_utf8(file).unwrap();
    let from = text.find("{\"table\":\"customer\"").unwrap();
    text[from..].lines().map(str::to_owned).collect()
}

on_both_databases! {
    async fn the_same_seed_makes_the_same_customers(app: TestApp) {
        let first = made(&app, 7).await;
        assert_eq!(made(&app, 7).await, first);
        assert_ne!(made(&app, 8).await, first);
    }

    async fn made_up_rows_fit_together(app: TestApp) {
        let mut told = Vec::new();
        crowd::make(&app.state, 2_500, 3, |written| told.push(written)).await.unwrap();
        assert_eq!(told, [2_000, 2_500]);
        let store = app.state.store.read();
        assert_eq!(numbers::customers(store).await.unwrap(), 2_500);
        let keys = licence_key::Entity::find().count(store).await.unwrap();
        let contracts = subscription::Entity::find().count(store).await.unwrap();
        assert!(keys > 2_000);
        assert_eq!((keys, keys), (contracts, subscription_key::Entity::find().count(store).await.unwrap()));
        let headlines: std::collections::BTreeSet<String> =
            customer::Entity::find().all(store).await.unwrap().into_iter().map(|row| row.headline).collect();
        for expected in ["active", "trial", "paused", "expired", "cancelled", "disabled", "none"] {
            assert!(headlines.contains(expected), "nobody is {expected}: {headlines:?}");
        }
        // The next key made by hand goes on where the made-up ones end.
        let mut owner = app.staff(Role::Owner).await;
        let form = serde_json::json!({"customer": 1, "period_days": 30, "features": [true, false, false, false,
            false, false, false, false], "max_machines": 1, "trial_activation": false, "notes": ""});
        let key = owner.post("/api/v1/products/1/keys", form).await;
        assert_eq!(key.status, 201, "{}", key.text);
        let key = key.json();
        assert!(key["row"]["id"].as_i64().unwrap() > 1);
        assert_eq!(key["row"]["global_id"].as_u64().unwrap(), keys + 1);
    }
}
