//! Webshops: who can buy what, in which currency.

use latchkey_shared::api::{
    catalog::Product,
    changes::ChangeOptions,
    common::List,
    customers::{Customer, CustomerRow},
    portal::Plans,
    webshops::{Webshop, Webshops},
};
use latchkey_store::entity::audit;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::{Value, json};

use super::{Shop, in_both_shops, world::Buyer};

fn form(name: &str) -> Value {
    json!({"name": name, "currency": "EUR", "account": null, "all_products": true, "products": [], "active": true})
}

async fn bind(shop: &mut Shop, buyer: &Buyer, webshop: &Webshop) -> Customer {
    shop.staff
        .put(&format!("/api/v1/customers/{}/webshop", buyer.id), json!({"webshop": webshop.id}))
        .await
        .ok()
}

async fn offered(buyer: &mut Buyer) -> Plans {
    buyer.portal.get("/api/v1/portal/plans").await.ok()
}

fn prices(plans: &Plans) -> Vec<(&str, &str)> {
    let all = plans.products.iter().flat_map(|group| &group.plans);
    all.map(|plan| (plan.product_name.as_str(), plan.price.currency.code())).collect()
}

/// Another product beside Editor, both in dollars too.
async fn more(shop: &mut Shop) -> i64 {
    let viewer: Product = shop.staff.post("/api/v1/products", json!({"name": "Viewer"})).await.ok();
    let id = viewer.id.to_string();
    let product = shop.fake.seed_product("Viewer", &[("skm_product_id", &id)]);
    shop.fake.seed_price(&product, "eur", 300, "month", &[("skm", "{}")]);
    shop.fake.seed_price(&product, "usd", 400, "month", &[("skm", "{}")]);
    let editor = shop.stripe_product.clone();
    shop.fake.seed_price(&editor, "usd", 1_000, "month", &[("skm", "{}")]);
    shop.staff.post("/api/v1/stripe/sync", json!({})).await.done();
    viewer.id.0
}

in_both_shops! {
    async fn there_is_one_that_sells_everything_as_before(mut shop: Shop) {
        more(&mut shop).await;
        let all: Webshops = shop.staff.get("/api/v1/webshops").await.ok();
        let [only] = &all.webshops[..] else { panic!("{all:#?}") };
        assert!(only.default && only.active && only.all_products && only.currency.is_none());
        assert_eq!(only.plans, 5);
        let mut ann = shop.buyer("Ann").await;
        assert_eq!(prices(&offered(&mut ann).await).len(), 5);
        let shown: Customer = shop.staff.get(&format!("/api/v1/customers/{}", ann.id)).await.ok();
        assert_eq!(shown.webshop, None, "there is nothing to choose from");
    }

    async fn a_customer_sees_and_buys_what_their_webshop_sells(mut shop: Shop) {
        let viewer = more(&mut shop).await;
        let mut wanted = form("Dollars");
        wanted["currency"] = json!("USD");
        wanted["all_products"] = json!(false);
        shop.staff.post("/api/v1/webshops", wanted.clone()).await.field("products");
        wanted["products"] = json!([viewer, 4711]);
        shop.staff.post("/api/v1/webshops", wanted.clone()).await.field("products");
        wanted["products"] = json!([viewer]);
        let dollars: Webshop = shop.staff.post("/api/v1/webshops", wanted.clone()).await.ok();
        assert_eq!((dollars.plans, dollars.customers, dollars.default), (1, 0, false));
        shop.staff.post("/api/v1/webshops", wanted.clone()).await.field("name");

        let mut ann = shop.buyer("Ann").await;
        let euros = shop.plan(&mut ann, &shop.monthly.clone()).await;
        let shown = bind(&mut shop, &ann, &dollars).await;
        assert_eq!(shown.webshop.unwrap().name, "Dollars");
        assert_eq!(prices(&offered(&mut ann).await), [("Viewer", "USD")]);
        let refused = ann.portal.post("/api/v1/portal/checkouts", json!({"plan": euros})).await;
        assert_eq!(refused.error(409), "not_offered");
        let plan = offered(&mut ann).await.products[0].plans[0].clone();
        let price = plan.stripe_price.unwrap();
        assert_eq!(shop.sell(&mut ann, &price).await.licences.len(), 1);

        let listed: List<CustomerRow> = shop.staff.get(&format!("/api/v1/customers?filter=webshop%20%3D%20{}", dollars.id)).await.ok();
        assert_eq!(listed.items.iter().map(|row| row.id).collect::<Vec<_>>(), [ann.id]);
        let entry = audit::Entity::find().filter(audit::Column::Action.eq("customer_webshop_changed"));
        assert_eq!(entry.all(shop.app.state.store.read()).await.unwrap().len(), 1);
        shop.staff.put(&format!("/api/v1/customers/{}/webshop", ann.id), json!({"webshop": 99})).await.field("webshop");

        // Switched off, nothing is sold; what was bought stays.
        wanted["active"] = json!(false);
        wanted["version"] = json!(dollars.version + 1);
        assert_eq!(shop.staff.put(&format!("/api/v1/webshops/{}", dollars.id), wanted.clone()).await.error(409), "changed_meanwhile");
        wanted["version"] = json!(dollars.version);
        let off: Webshop = shop.staff.put(&format!("/api/v1/webshops/{}", dollars.id), wanted).await.ok();
        assert_eq!((off.active, off.plans, off.customers), (false, 0, 1));
        let plans = offered(&mut ann).await;
        assert!(plans.products.is_empty() && plans.unavailable.is_some());
        assert_eq!(shop.home(&mut ann).await.licences.len(), 1);
    }

    async fn customers_change_to_what_their_webshop_sells_only(mut shop: Shop) {
        more(&mut shop).await;
        shop.staff.put("/api/v1/settings/self-service", json!({"upgrade": true, "downgrade": true, "cancel": true})).await.done();
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let id = shop.home(&mut ann).await.subscriptions[0].id;
        let path = format!("/api/v1/portal/subscriptions/{id}/changes");
        let before: ChangeOptions = ann.portal.get(&path).await.ok();
        let names = |options: &ChangeOptions| {
            let mut names: Vec<String> = options.plans.iter().map(|option| option.plan.product_name.clone()).collect();
            names.sort();
            names
        };
        assert_eq!(names(&before), ["Editor", "Editor", "Viewer"]);
        let viewer = before.plans.iter().find(|option| option.plan.product_name == "Viewer").unwrap().plan.id;
        let mut wanted = form("Only Editor");
        wanted["all_products"] = json!(false);
        wanted["products"] = json!([shop.product]);
        let narrow: Webshop = shop.staff.post("/api/v1/webshops", wanted).await.ok();
        bind(&mut shop, &ann, &narrow).await;
        let after: ChangeOptions = ann.portal.get(&path).await.ok();
        assert_eq!(names(&after), ["Editor", "Editor"]);
        let ask = json!({"action": "change", "when": "now", "items": [{"plan": viewer, "quantity": 1}]});
        assert_eq!(ann.portal.post(&format!("{path}/preview"), ask).await.error(409), "plan_withdrawn");
        let staff: ChangeOptions = shop.staff.get(&format!("/api/v1/subscriptions/{id}/changes")).await.ok();
        assert_eq!(names(&staff), ["Editor", "Editor", "Viewer"], "staff may still do it for them");
    }

    async fn a_webshop_is_paid_into_an_account_that_is_connected(mut shop: Shop) {
        let mut wanted = form("Elsewhere");
        wanted["account"] = json!(7);
        shop.staff.post("/api/v1/webshops", wanted).await.field("account");
        assert_eq!(shop.staff.get("/api/v1/webshops/99").await.error(404), "not_found");
    }
}
