//! Products: adding, listing, changing; the key pair they name.

use latchkey::{catalog::stripe_sync, licensing::signing, state::AppState};
use latchkey_shared::{
    api::{
        catalog::{Product, ProductRow},
        common::List,
    },
    permission::Role,
    product_kind::ProductKind,
};
use latchkey_store::{
    entity::{product, signing_key, stripe_account, stripe_price, stripe_product},
    signing_keys,
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::{NotSet, Set},
    ConnectionTrait, EntityTrait as _, PaginatorTrait as _,
};
use serde_json::{Value, json};

use super::keys::by_hand;
use crate::on_both_databases;

fn form_of(product: &Product) -> Value {
    json!({
        "name": product.name, "description": product.description, "kind": product.kind, "active": product.active,
        "grace_days": product.grace_days, "feature_names": product.feature_names, "version": product.version,
    })
}

fn names(list: &List<ProductRow>) -> Vec<&str> {
    list.items.iter().map(|row| row.name.as_str()).collect()
}

/// A Stripe account in test mode.
pub async fn stripe_account<C: ConnectionTrait>(connection: &C, now: i64) -> i64 {
    let account = stripe_account::ActiveModel {
        id: NotSet,
        stripe_id: Set("acct_1".to_owned()),
        name: Set("Vendor".to_owned()),
        live: Set(false),
        key_hint: Set("…1234".to_owned()),
        restricted: Set(false),
        catalog_synced_at: Set(Some(now)),
        created_at: Set(now),
        updated_at: Set(now),
    };
    account.insert(connection).await.unwrap().id
}

/// An account whose only price, 9.00 a month, belongs to that product.
async fn mirror_a_price(app: &AppState, product: i64) {
    let now = app.clock.now();
    let transaction = app.store.begin().await.unwrap();
    let account = stripe_account(&transaction, now).await;
    let mirrored = stripe_product::ActiveModel {
        account_id: Set(account),
        stripe_id: Set("prod_1".to_owned()),
        name: Set("Studio".to_owned()),
        description: Set(String::new()),
        active: Set(true),
        skm_product_id: Set(Some(product.to_string())),
        deleted: Set(false),
        fetched_at: Set(now),
    };
    mirrored.insert(&transaction).await.unwrap();
    let price = stripe_price::ActiveModel {
        account_id: Set(account),
        stripe_id: Set("price_1".to_owned()),
        stripe_product: Set("prod_1".to_owned()),
        nickname: Set(String::new()),
        active: Set(true),
        currency: Set("eur".to_owned()),
        unit_amount: Set(Some(900)),
        interval_unit: Set(Some("month".to_owned())),
        interval_count: Set(1),
        usage_type: Set("licensed".to_owned()),
        billing_scheme: Set("per_unit".to_owned()),
        trial_days: Set(0),
        skm: Set(Some(r#"{"F3":true,"MaxNoOfMachines":1}"#.to_owned())),
        fetched_at: Set(now),
    };
    price.insert(&transaction).await.unwrap();
    stripe_sync::make_plans(&transaction, account, now).await.unwrap();
    transaction.commit().await.unwrap();
}

on_both_databases! {
    async fn a_product_is_added_shown_and_changed(app: TestApp) {
        let mut admin = app.staff(Role::Admin).await;
        let added = admin.post("/api/v1/products", json!({"name": " Studio ", "description": "Cuts films."})).await;
        assert_eq!(added.status.as_u16(), 201);
        let product: Product = added.ok();
        let path = format!("/api/v1/products/{}", product.id);
        assert_eq!(added.headers["location"], path.as_str());
        assert_eq!((product.name.as_str(), product.active, product.version), ("Studio", true, 1));
        assert_eq!(product.feature_names, vec![""; 8]);
        assert_eq!(admin.get(&path).await.ok::<Product>(), product);

        let mut form = form_of(&product);
        form["name"] = json!("Studio Pro");
        form["active"] = json!(false);
        form["grace_days"] = json!(7);
        form["feature_names"] = json!(["Export", " Teams ", "", "", "", "", "", ""]);
        let changed: Product = admin.patch(&path, form.clone()).await.ok();
        assert_eq!((changed.name.as_str(), changed.active, changed.grace_days), ("Studio Pro", false, 7));
        assert_eq!(changed.feature_names[..3], ["Export", "Teams", ""]);
        assert_eq!(changed.version, 2);
        assert_eq!(admin.patch(&path, form).await.error(409), "changed_meanwhile");
        assert_eq!(admin.get(&path).await.ok::<Product>(), changed);
    }

    async fn a_product_is_a_base_or_an_extra(app: TestApp) {
        let mut admin = app.staff(Role::Admin).await;
        let voices: Product = admin.post("/api/v1/products", json!({"name": "Voices", "kind": "extra"})).await.ok();
        assert_eq!(voices.kind, ProductKind::Extra);
        let mut form = form_of(&voices);
        form["kind"] = json!("base");
        let base: Product = admin.patch(&format!("/api/v1/products/{}", voices.id), form).await.ok();
        let mut silent = form_of(&base);
        silent.as_object_mut().unwrap().remove("kind");
        let same: Product = admin.patch(&format!("/api/v1/products/{}", voices.id), silent).await.ok();
        assert_eq!((base.kind, same.kind), (ProductKind::Base, ProductKind::Base));
        let wrong = json!({"name": "Voices", "kind": "bundle"});
        admin.post("/api/v1/products", wrong).await.field("kind");
    }

    async fn the_list_is_filtered_searched_and_sorted(app: TestApp) {
        let mut admin = app.staff(Role::Admin).await;
        let mut ids = Vec::new();
        for name in ["Banana", "Apple", "Cherry 1"] {
            let product: Product = admin.post("/api/v1/products", json!({"name": name})).await.ok();
            ids.push(product.id);
        }
        let list: List<ProductRow> = admin.get("/api/v1/products").await.ok();
        assert_eq!(names(&list), ["Apple", "Banana", "Cherry 1"]);
        assert_eq!(list.meta.total, 3);
        let newest: List<ProductRow> = admin.get("/api/v1/products?sort=-id&limit=2").await.ok();
        assert_eq!(names(&newest), ["Cherry 1", "Apple"]);
        let found: List<ProductRow> = admin.get("/api/v1/products?filter=nan").await.ok();
        assert_eq!(names(&found), ["Banana"]);
        let by_id: List<ProductRow> = admin.get(&format!("/api/v1/products?filter={}", ids[0])).await.ok();
        assert_eq!(names(&by_id)[0], "Banana", "the exact id comes first");
        let by_field: List<ProductRow> = admin.get(&format!("/api/v1/products?filter=Id%3D{}", ids[1])).await.ok();
        assert_eq!(names(&by_field), ["Apple"]);
        let archived: List<ProductRow> = admin.get("/api/v1/products?filter=active%20%3D%20false").await.ok();
        assert_eq!(archived.items, []);
        admin.get("/api/v1/products?filter=colour%20%3D%20red").await.field("filter");
        admin.get("/api/v1/products?sort=colour").await.field("sort");
    }

    async fn rows_count_what_hangs_on_a_product(app: TestApp) {
        let mut admin = app.staff(Role::Admin).await;
        let product: Product = admin.post("/api/v1/products", json!({"name": "Studio"})).await.ok();
        let keys = format!("/api/v1/products/{}/keys", product.id);
        for days in [0, 30, 30] {
            admin.post(&keys, by_hand(days)).await.done();
        }
        let blocked = admin.post(&keys, by_hand(0)).await.json()["row"]["global_id"].clone();
        admin.post(&format!("/api/v1/keys/{blocked}/block"), json!({"blocked": true})).await.done();
        app.state.clock.advance(31 * 86_400_000);
        let mut admin = app.staff(Role::Admin).await;
        let list: List<ProductRow> = admin.get("/api/v1/products").await.ok();
        assert_eq!((list.items[0].plans, list.items[0].keys, list.items[0].active_keys), (0, 4, 1));
        let shown: Product = admin.get(&format!("/api/v1/products/{}", product.id)).await.ok();
        assert_eq!(shown.keys, 4);
    }

    async fn what_is_archived_is_not_offered(app: TestApp) {
        let mut admin = app.staff(Role::Admin).await;
        let product: Product = admin.post("/api/v1/products", json!({"name": "Studio"})).await.ok();
        mirror_a_price(&app.state, product.id.0).await;
        let path = format!("/api/v1/products/{}", product.id);
        let shown: Product = admin.get(&path).await.ok();
        assert_eq!(shown.plans.len(), 1);
        let plan = &shown.plans[0];
        assert_eq!((plan.offered, plan.price.minor, plan.product_name.as_str()), (true, 900, "Studio"));
        assert_eq!(plan.includes, ["Feature F3", "1 machine"]);
        assert_eq!(plan.stripe_url.as_deref(), Some("https://dashboard.stripe.com/test/prices/price_1"));
        let list: List<ProductRow> = admin.get("/api/v1/products").await.ok();
        assert_eq!(list.items[0].plans, 1);

        let mut form = form_of(&product);
        form["active"] = json!(false);
        let archived: Product = admin.patch(&path, form.clone()).await.ok();
        assert_eq!((archived.plans.len(), archived.plans[0].offered), (1, false));
        form["active"] = json!(true);
        form["version"] = json!(archived.version);
        let back: Product = admin.patch(&path, form).await.ok();
        assert!(back.plans[0].offered);
    }

    async fn bad_input_is_answered_beside_its_field(app: TestApp) {
        let mut admin = app.staff(Role::Admin).await;
        admin.post("/api/v1/products", json!({"name": "  "})).await.field("name");
        admin.post("/api/v1/products", json!({"name": "x".repeat(101)})).await.field("name");
        admin.post("/api/v1/products", json!({"name": "a\nb"})).await.field("name");
        let product: Product = admin.post("/api/v1/products", json!({"name": "Studio"})).await.ok();
        let path = format!("/api/v1/products/{}", product.id);
        let with = |field: &str, value: Value| {
            let mut form = form_of(&product);
            form[field] = value;
            form
        };
        admin.patch(&path, with("grace_days", json!(366))).await.field("grace_days");
        admin.patch(&path, with("grace_days", json!(-1))).await.field("grace_days");
        admin.patch(&path, with("feature_names", json!(["only one"]))).await.field("feature_names");
        admin.patch("/api/v1/products/999", form_of(&product)).await.error(404);
        admin.get("/api/v1/products/999").await.error(404);
        admin.get("/api/v1/products/999/keys").await.error(404);
        assert_eq!(product::Entity::find().count(app.state.store.read()).await.unwrap(), 1);
    }

    async fn roles_may_what_their_permissions_say(app: TestApp) {
        let mut admin = app.staff(Role::Admin).await;
        let product: Product = admin.post("/api/v1/products", json!({"name": "Studio"})).await.ok();
        let path = format!("/api/v1/products/{}", product.id);
        for role in [Role::Support, Role::Viewer] {
            let mut caller = app.staff(role).await;
            caller.get("/api/v1/products").await.done();
            caller.get(&path).await.done();
            assert_eq!(caller.post("/api/v1/products", json!({"name": "Mine"})).await.error(403), "forbidden");
            assert_eq!(caller.patch(&path, form_of(&product)).await.error(403), "forbidden");
        }
        let mut keys_only = app.token(&["keys_read"]).await;
        keys_only.get("/api/v1/products").await.error(403);
        keys_only.get(&format!("{path}/keys")).await.done();
        app.anon().get("/api/v1/products").await.error(401);
    }

    async fn there_is_one_signing_pair_however_many_start(app: TestApp) {
        let first = signing::default_pair(app.state.store.read()).await.unwrap();
        assert!(first.public_xml.starts_with("<RSAKeyValue><Modulus>"), "{}", first.public_xml);
        let private = app.state.sealer.get(app.state.store.read(), &format!("signing/{}", first.id)).await.unwrap();
        assert!(private.is_some());

        signing_key::Entity::delete_many().exec(app.state.store.writer()).await.unwrap();
        let (a, b) = tokio::join!(signing::ensure(&app.state), signing::ensure(&app.state));
        a.unwrap();
        b.unwrap();
        assert_eq!(signing_key::Entity::find().count(app.state.store.read()).await.unwrap(), 1);
        let second = signing_keys::default_pair(app.state.store.read()).await.unwrap().unwrap();
        assert_ne!(second.public_xml, first.public_xml);

        let mut admin = app.staff(Role::Admin).await;
        let product: Product = admin.post("/api/v1/products", json!({"name": "Studio"})).await.ok();
        let row = product::Entity::find_by_id(product.id.0).one(app.state.store.read()).await.unwrap().unwrap();
        assert_eq!(row.signing_key_id, second.id);
    }
}
