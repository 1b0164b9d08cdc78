//! Many licence keys at once: made, changed, and written as CSV.

use latchkey_shared::{
    api::web_api::{AddKeys, ChangeKeys, KeysChanged, KeysMade},
    ids::ProductId,
    time::Timestamp,
};
use latchkey_store::{Access, customers, entity::licence_key, key_list, products};

use super::{
    change::{self, Change},
    create::{self, Owner},
    edit,
    issue::NewKey,
    view,
};
use crate::{
    audit::Origin,
    csv_cells,
    error::{AppError, AppResult},
    filters,
    state::AppState,
};

/// Keys that a file holds at most.
const MOST: u64 = 50_000;

/// Makes several keys of a product, all alike.
pub async fn add(app: &AppState, origin: &Origin, product: ProductId, form: AddKeys) -> AppResult<KeysMade> {
    let (count, form) = (form.count, form.key);
    let owner = match form.customer {
        Some(id) => Owner::Customer(id),
        None => Owner::Nobody,
    };
    let new = NewKey {
        features: edit::eight(&form.features),
        max_machines: form.max_machines,
        trial_activation: form.trial_activation,
        notes: form.notes.trim().to_owned(),
        ..NewKey::plain(product, if origin.source == "api" { "api" } else { "staff" })
    };
    let made = create::keys(app, origin, new, owner, form.period_days, count).await?;
    Ok(KeysMade { keys: made.keys.into_iter().map(|key| key.key_text).collect() })
}

/// Blocks, unblocks or extends keys, each by itself: what was done stays done where one of them is refused.
pub async fn change(app: &AppState, origin: &Origin, form: ChangeKeys) -> AppResult<KeysChanged> {
    let mut changed = 0;
    for key in form.keys {
        let mut different = false;
        if form.extend_days > 0 {
            different |= change::apply(app, origin, key, Change::Extend(form.extend_days)).await?;
        }
        if let Some(blocked) = form.blocked {
            different |= change::apply(app, origin, key, Change::Block(blocked)).await?;
        }
        changed += i64::from(different);
    }
    Ok(KeysChanged { changed })
}

/// The keys that match a filter, as CSV; 422 where there are more than fit.
pub async fn csv(app: &AppState, access: Access, filter: &str) -> AppResult<String> {
    let predicate = filters::predicate(app, filter, key_list::FIELDS).await?;
    let connection = app.store.read();
    let keys = key_list::matching(connection, access, &predicate, app.clock.now(), MOST + 1).await?;
    if keys.len() as u64 > MOST {
        return Err(AppError::field("filter", "More than 50,000 keys match. Narrow the filter."));
    }
    let owners = customers::by_ids(connection, keys.iter().filter_map(|key| key.customer_id)).await?;
    let sold = products::by_id(connection, keys.iter().map(|key| key.product_id)).await?;
    let mut text = "global_id,product,product_name,id,key,customer,customer_name,created,expires,blocked,\
                    f1,f2,f3,f4,f5,f6,f7,f8,max_machines,notes\r\n"
        .to_owned();
    for key in &keys {
        let owner = key.customer_id.and_then(|id| owners.get(&id)).map(|owner| owner.name.as_str());
        let product = sold.get(&key.product_id).map(|product| product.name.as_str());
        let cells = cells(key, product.unwrap_or_default(), owner.unwrap_or_default());
        text.push_str(&csv_cells::line(cells));
    }
    Ok(text)
}

fn cells(key: &licence_key::Model, product: &str, owner: &str) -> Vec<String> {
    let time = |at: i64| Timestamp::from_millis(at).to_string();
    let mut cells = vec![
        key.id.to_string(),
        key.product_id.to_string(),
        product.to_owned(),
        key.number.to_string(),
        key.key_text.clone(),
        key.customer_id.map(|id| id.to_string()).unwrap_or_default(),
        owner.to_owned(),
        time(key.created_at),
        key.expires_at.map(time).unwrap_or_default(),
        key.blocked.to_string(),
    ];
    cells.extend(view::features(key).iter().map(bool::to_string));
    cells.push(key.max_machines.to_string());
    cells.push(key.notes.clone());
    cells
}
