//! Where the made-up vendor sells: a webshop in euros that has everything, and one in dollars that has one product.

use latchkey_shared::{
    api::webshops::SetWebshop,
    ids::{CustomerId, ProductId, WebshopId},
    money::Currency,
};
use latchkey_store::{customers, webshops as store};

use crate::{
    audit::Origin,
    error::{AppError, AppResult},
    state::AppState,
    webshops,
};

/// Who buys in dollars; has bought nothing yet.
const IN_DOLLARS: &str = "kofi@highlife.example";

pub async fn make(app: &AppState, origin: &Origin, products: &[(ProductId, String)]) -> AppResult<()> {
    let main = webshops::find(app.store.read(), store::DEFAULT).await?;
    // Prices in dollars would stand beside each other there.
    let euros = SetWebshop {
        name: main.name,
        currency: Some(Currency::EUR),
        all_products: true,
        active: true,
        version: main.version,
        ..SetWebshop::default()
    };
    webshops::edit(app, origin, store::DEFAULT, &euros).await?;
    let [_, (synth, _), ..] = products else { return Ok(()) };
    let dollars = SetWebshop {
        name: "Overseas webshop".to_owned(),
        currency: Some(Currency::USD),
        products: vec![*synth],
        active: true,
        ..SetWebshop::default()
    };
    let overseas = webshops::add(app, origin, &dollars).await?;
    let buyer = customers::with_email(app.store.read(), IN_DOLLARS).await?.into_iter().next();
    let buyer = buyer.ok_or_else(|| AppError::internal("the demo has nobody who buys in dollars"))?;
    webshops::bind(app, origin, CustomerId(buyer.id), WebshopId(overseas.id)).await?;
    Ok(())
}
