//! Many licence keys at once: found, made, changed, and written as CSV.

use latchkey_shared::{
    api::key_bulk::{AddKeys, ChangeKeys, KeyIds, KeysChanged, KeysMade, KeysQuery, MadeKey, SkippedKeys},
    csv,
    ids::{KeyGlobalId, ProductId},
    time::Timestamp,
};
use latchkey_store::{Access, customers, entity::licence_key, key_list, keys as store, products};

use super::{
    change::{self, Change},
    create::{self, Owner},
    edit,
    issue::NewKey,
    view,
};
use crate::{
    audit::Origin,
    error::{AppError, AppResult},
    filters,
    state::AppState,
};

/// Keys that a file holds, and that are named, at most.
const MOST: u64 = 50_000;

/// Makes several keys of a product, all alike.
pub async fn add(app: &AppState, origin: &Origin, product: ProductId, form: AddKeys) -> AppResult<KeysMade> {
    let (count, form) = (form.count, form.key);
    edit::check_trial(&form)?;
    let owner = match form.customer {
        Some(id) => Owner::Customer(id),
        None => Owner::Nobody,
    };
    let new = NewKey {
        features: edit::eight(&form.features),
        max_machines: form.max_machines,
        trial_activation: form.trial_activation,
        notes: form.notes.trim().to_owned(),
        allowed_machines: edit::machine_codes(&form.allowed_machines),
        ..NewKey::plain(product, if origin.source == "api" { "api" } else { "staff" })
    };
    let made = create::keys(app, origin, new, owner, form.period_days, count).await?;
    let described = |key: licence_key::Model| MadeKey {
        global_id: KeyGlobalId(key.id),
        id: key.number,
        key: key.key_text,
        expires: key.expires_at.map(Timestamp::from_millis),
    };
    Ok(KeysMade { product, keys: made.keys.into_iter().map(described).collect() })
}

/// Blocks, unblocks or extends keys, each by itself: one that is refused keeps none of the others from it.
pub async fn change(app: &AppState, origin: &Origin, form: ChangeKeys) -> AppResult<KeysChanged> {
    let mut changes = Vec::new();
    if form.extend_days > 0 {
        changes.push((Change::Extend(form.extend_days), "A key that never expires cannot be extended."));
    }
    if let Some(until) = form.extend_until {
        changes.push((Change::ExtendUntil(until), "It lasts until then anyway."));
    }
    if let Some(blocked) = form.blocked {
        let so_already = if blocked { "It is blocked already." } else { "It is not blocked." };
        changes.push((Change::Block(blocked), so_already));
    }
    let texts = store::texts(app.store.read(), form.keys.iter().map(|key| key.0)).await?;
    let mut outcome = KeysChanged::default();
    for key in form.keys {
        let mut different = false;
        let mut why = String::new();
        for (change, so_already) in &changes {
            match change::apply(app, origin, key, change.clone(), form.reason.trim()).await {
                Ok(true) => different = true,
                Ok(false) => (*so_already).clone_into(&mut why),
                Err(error) => why = refusal(error)?,
            }
        }
        if different {
            outcome.changed += 1;
        } else {
            let text = texts.get(&key.0).cloned().unwrap_or_else(|| key.to_string());
            skip(&mut outcome.skipped, why, text);
        }
    }
    Ok(outcome)
}

/// What a refusal says about the key; what is not about the key ends the whole.
fn refusal(error: AppError) -> AppResult<String> {
    if error.status().is_server_error() {
        return Err(error);
    }
    let of_fields = error.field_errors().values().next().cloned();
    Ok(of_fields.unwrap_or_else(|| error.message().to_owned()))
}

fn skip(skipped: &mut Vec<SkippedKeys>, why: String, key: String) {
    match skipped.iter_mut().find(|group| group.why == why) {
        Some(group) => group.keys.push(key),
        None => skipped.push(SkippedKeys { why, keys: vec![key] }),
    }
}

/// The ids of the keys that match; 422 where there are too many.
pub async fn ids(app: &AppState, access: Access, query: &KeysQuery) -> AppResult<KeyIds> {
    let keys = matching(app, access, query).await?;
    Ok(KeyIds { keys: keys.into_iter().map(|key| KeyGlobalId(key.id)).collect() })
}

async fn matching(app: &AppState, access: Access, query: &KeysQuery) -> AppResult<Vec<licence_key::Model>> {
    let predicate = filters::predicate(app, &query.filter, key_list::FIELDS).await?;
    let product = query.product.map(ProductId);
    let now = app.clock.now();
    let keys = key_list::matching(app.store.read(), access, product, &predicate, now, MOST + 1).await?;
    if keys.len() as u64 > MOST {
        return Err(AppError::field("filter", "More than 50,000 keys match. Narrow the filter."));
    }
    Ok(keys)
}

/// The keys that match, as CSV; 422 where there are more than fit.
pub async fn csv(app: &AppState, access: Access, query: &KeysQuery) -> AppResult<String> {
    let keys = matching(app, access, query).await?;
    let connection = app.store.read();
    let owners = customers::by_ids(connection, keys.iter().filter_map(|key| key.customer_id)).await?;
    let sold = products::by_id(connection, keys.iter().map(|key| key.product_id)).await?;
    let mut text = "global_id,product,product_name,id,key,customer,customer_name,created,expires,blocked,\
                    f1,f2,f3,f4,f5,f6,f7,f8,max_machines,notes\r\n"
        .to_owned();
    for key in &keys {
        let owner = key.customer_id.and_then(|id| owners.get(&id)).map(|owner| owner.name.as_str());
        let product = sold.get(&key.product_id).map(|product| product.name.as_str());
        text.push_str(&csv::line(cells(key, product.unwrap_or_default(), owner.unwrap_or_default())));
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
