//! The command palette's search.

use latchkey::licensing::issue;
use latchkey_shared::{
    api::dashboard::{HitKind, SearchHit, SearchResults},
    permission::Role,
};
use latchkey_store::entity::{stripe_customer, subscription_item};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    EntityTrait as _,
};

use super::{
    keys::{by_hand, customer, key, pay_for, product},
    products::stripe_account,
};
use crate::{on_both_databases, util::Caller};

async fn search(caller: &mut Caller, text: &str) -> Vec<SearchHit> {
    let text = text.replace(' ', "%20").replace('#', "%23");
    caller.get(&format!("/api/v1/search?q={text}")).await.ok::<SearchResults>().hits
}

fn hrefs(hits: &[SearchHit]) -> Vec<&str> {
    hits.iter().map(|hit| hit.href.as_str()).collect()
}

on_both_databases! {
    async fn names_keys_and_ids_are_found(app: TestApp) {
        let mut admin = app.staff(Role::Admin).await;
        let product = product(&mut admin, "Studio").await;
        let bob = customer(&mut admin, "Bob Builder").await;
        let mut form = by_hand(30);
        form["customer"] = serde_json::json!(bob);
        let made = key(&mut admin, product, form).await;
        let contract = pay_for(&app, bob, &made, app.state.clock.now() + 1_000_000).await;
        let (of_bob, of_key) = (format!("/Customers/{bob}"), format!("/Keys/{}", made.row.global_id));
        let (of_contract, of_product) = (format!("/Subscriptions/{contract}"), format!("/Products/{product}"));

        let by_name = search(&mut admin, "builder").await;
        assert_eq!(hrefs(&by_name), [&of_bob, &of_key, &of_contract]);
        assert_eq!((by_name[0].title.as_str(), by_name[0].kind), ("Bob Builder", HitKind::Customer));
        assert_eq!(by_name[1].title, made.row.key);
        assert!(by_name[1].detail.contains("Studio") && by_name[1].detail.contains("Bob Builder"));
        assert_eq!(by_name[2].detail, "Bob Builder · Active");

        assert_eq!(hrefs(&search(&mut admin, "stud").await), [&of_product]);
        let by_key = search(&mut admin, &made.row.key.to_lowercase()).await;
        assert_eq!(by_key[0].href, of_key);
        let by_stripe = search(&mut admin, &format!("sub_{}", made.row.global_id)).await;
        assert_eq!(by_stripe[0].href, of_contract, "the subscription itself before what hangs on it");
        assert!(hrefs(&by_stripe).contains(&of_key.as_str()));
        assert!(search(&mut admin, "").await.is_empty());
        assert!(search(&mut admin, "nothing has this name").await.is_empty());
    }

    async fn every_id_of_stripe_leads_to_what_it_belongs_to(app: TestApp) {
        let mut admin = app.staff(Role::Admin).await;
        let product = product(&mut admin, "Studio").await;
        let bob = customer(&mut admin, "Bob").await;
        let mut form = by_hand(30);
        form["customer"] = serde_json::json!(bob);
        let made = key(&mut admin, product, form).await;
        let contract = pay_for(&app, bob, &made, app.state.clock.now() + 1_000_000).await;
        let transaction = app.state.store.begin().await.unwrap();
        let row = stripe_customer::ActiveModel {
            account_id: Set(stripe_account(&transaction, 1).await),
            stripe_id: Set("cus_Bob".to_owned()),
            customer_id: Set(bob.0),
            created_at: Set(1),
        };
        stripe_customer::Entity::insert(row).exec_without_returning(&transaction).await.unwrap();
        let item = subscription_item::ActiveModel {
            id: NotSet,
            subscription_id: Set(contract),
            stripe_id: Set(Some("si_1".to_owned())),
            stripe_price: Set(None),
            plan_id: Set(None),
            product_id: Set(Some(product.0)),
            product_name: Set("Studio".to_owned()),
            plan_name: Set("Monthly".to_owned()),
            quantity: Set(1),
            currency: Set("EUR".to_owned()),
            amount: Set(900),
            interval_unit: Set(Some("month".to_owned())),
            interval_count: Set(1),
            period_end: Set(None),
        };
        subscription_item::Entity::insert(item).exec_without_returning(&transaction).await.unwrap();
        issue::set_stripe_item(&transaction, 1, made.row.global_id.0, "si_1").await.unwrap();
        transaction.commit().await.unwrap();
        let (of_bob, of_key) = (format!("/Customers/{bob}"), format!("/Keys/{}", made.row.global_id));
        let of_contract = format!("/Subscriptions/{contract}");
        assert_eq!(hrefs(&search(&mut admin, "cus_Bob").await), [&of_bob, &of_key, &of_contract]);
        let by_item = search(&mut admin, "si_1").await;
        assert_eq!(hrefs(&by_item), [&of_key, &of_contract]);
        assert_eq!(by_item[1].title, "Studio · Monthly");
        assert!(search(&mut admin, "cus_Nobody").await.is_empty());
    }

    async fn an_exact_id_comes_before_everything_else(app: TestApp) {
        let mut admin = app.staff(Role::Admin).await;
        let bob = customer(&mut admin, "Bob").await;
        for number in 0..8 {
            customer(&mut admin, &format!("{bob} shop {number}")).await;
        }
        let product = product(&mut admin, &format!("{bob} year")).await;
        assert_eq!(product.0, bob.0, "both are the first of their kind");
        let hits = search(&mut admin, &bob.to_string()).await;
        assert_eq!(hrefs(&hits)[..2], [format!("/Customers/{bob}"), format!("/Products/{product}")]);
        assert_eq!(hits.iter().filter(|hit| hit.kind == HitKind::Customer).count(), 5);
        let hits = search(&mut admin, &format!("#{bob}")).await;
        assert_eq!(hits[0].href, format!("/Customers/{bob}"));
        assert!(hits.len() <= 20);
    }

    async fn everybody_finds_what_they_may_see(app: TestApp) {
        let mut admin = app.staff(Role::Admin).await;
        let product = product(&mut admin, "Bobsleigh").await;
        let bob = customer(&mut admin, "Bob").await;
        let mut form = by_hand(0);
        form["customer"] = serde_json::json!(bob);
        key(&mut admin, product, form).await;
        let kinds = |hits: Vec<SearchHit>| hits.into_iter().map(|hit| hit.kind).collect::<Vec<_>>();
        assert_eq!(kinds(search(&mut admin, "bob").await), [HitKind::Customer, HitKind::Key, HitKind::Product]);
        let mut of_products = app.token(&["products_read"]).await;
        assert_eq!(kinds(search(&mut of_products, "bob").await), [HitKind::Product]);
        let mut of_keys = app.token(&["keys_read"]).await;
        assert_eq!(kinds(search(&mut of_keys, "bob").await), [HitKind::Key]);
        app.anon().get("/api/v1/search?q=bob").await.error(401);
        app.portal(bob).await.get("/api/v1/search?q=bob").await.error(401);
        admin.get("/api/v1/search").await.error(400);
        admin.get(&format!("/api/v1/search?q={}", "x".repeat(201))).await.field("q");
    }
}
