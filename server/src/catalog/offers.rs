//! What is offered to a customer.

use latchkey_shared::{
    api::{
        catalog::Plan,
        portal::{PlanGroup, Plans},
    },
    ids::{CustomerId, ProductId},
};
use latchkey_store::{entity::plan, plans as store, subscriptions};

use crate::{catalog::view, error::AppResult, state::AppState, webshops::shop::Shop};

/// Products with the plans that a customer may buy in their webshop, by product.
pub async fn for_customer(app: &AppState, customer: CustomerId) -> AppResult<Plans> {
    let connection = app.store.read();
    let shop = Shop::of_customer(app, customer).await?;
    if !shop.is_open() {
        let words = "Nothing can be bought here right now. Ask the vendor, or come back later.";
        return Ok(Plans { products: Vec::new(), unavailable: Some(words.to_owned()) });
    }
    let offered = store::offered(connection).await?;
    let offered: Vec<plan::Model> = offered.into_iter().filter(|plan| shop.offers(plan)).collect();
    let offered = view::plans(app, offered).await?;
    let mut groups = Vec::new();
    for product in store::all_products(connection).await? {
        let plans: Vec<_> =
            offered.iter().filter(|plan| plan.product == ProductId(product.id)).cloned().collect();
        if plans.is_empty() || !product.active {
            continue;
        }
        let live = subscriptions::live_for_product(connection, customer, product.id).await?;
        let live: Vec<i64> = live.into_iter().map(|row| row.id).collect();
        let bought = subscriptions::items(connection, &live).await?;
        let is_theirs = |plan: &Plan| bought.iter().any(|item| item.plan_id == Some(plan.id.0));
        groups.push(PlanGroup {
            product: ProductId(product.id),
            subscribed: !live.is_empty(),
            yours: plans.iter().filter(|plan| is_theirs(plan)).map(|plan| plan.id).collect(),
            name: product.name,
            description: product.description,
            plans,
        });
    }
    let unavailable = groups.is_empty().then(|| "There are no plans to choose from yet.".to_owned());
    Ok(Plans { products: groups, unavailable })
}
