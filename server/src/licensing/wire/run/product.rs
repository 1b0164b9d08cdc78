//! `GetProducts` and `GetKeys`.

use latchkey_shared::ids::ProductId;
use latchkey_store::{
    data,
    entity::product,
    key_list::{self, WireOrder},
    products,
};
use serde_json::{Value, json};

use crate::{
    filters,
    licensing::{
        licence, order,
        wire::{
            Answer, Call, Failure, WireResult,
            failure::BAD_PARAMETERS,
            licence::{Notes, iso, object, seconds},
            table::product as table,
        },
        words,
    },
};

/// Keys on a page.
const PAGE: i64 = 99;

pub async fn get_products(call: &Call, _: table::GetProducts) -> WireResult {
    let connection = call.app().store.read();
    let mut list = Vec::new();
    for row in products::all(connection).await? {
        if call.access().allows_product(ProductId(row.id)) {
            let objects = data::list(connection, 1, Some(row.id), "").await?;
            list.push(described(&row, &objects));
        }
    }
    Ok(Answer::done().with("products", list))
}

fn described(row: &product::Model, objects: &[latchkey_store::entity::data_object::Model]) -> Value {
    let names = words::feature_names(&row.feature_names);
    // Where a product names no features that limit the time, every key that has an expiry is limited by it, and F1
    // stands for that. F2 stands for a trial.
    let limiting = if row.limiting_features == 0 { 1 } else { row.limiting_features };
    let mut features = serde_json::Map::new();
    for (index, name) in names.iter().enumerate() {
        let kind = match index {
            _ if limiting & (1 << index) != 0 => 1,
            1 => 2,
            _ => 0,
        };
        features.insert(format!("f{}", index + 1), json!({"name": name, "type": kind}));
    }
    features.insert("allLicensesTimeLimited".to_owned(), (row.limiting_features == 0).into());
    features.insert("blockExpiredLicenses".to_owned(), row.blocks_expired.into());
    let objects = objects.iter().map(
        |it| json!({"id": it.id, "name": it.name, "stringValue": it.string_value, "intValue": it.int_value}),
    );
    json!({
        "id": row.id, "name": row.name, "creationDate": iso(seconds(row.created_at)),
        "description": row.description, "password": "", "isPublic": false, "keyAlgorithm": 1,
        "featureDefinitions": features, "dataObjects": objects.collect::<Vec<_>>(),
    })
}

pub async fn get_keys(call: &Call, params: table::GetKeys) -> WireResult {
    call.product(params.product.0).await?;
    let predicate = filters::predicate_of_program(call.app(), &params.search.0, key_list::FIELDS).await?;
    let (order, descending) = order(&params.order.0).ok_or(Failure::refused(BAD_PARAMETERS))?;
    let connection = call.app().store.read();
    let found = key_list::numbered_page(
        connection,
        call.access(),
        ProductId(params.product.0),
        (&predicate, call.now()),
        (order, descending),
        (params.page.0, PAGE),
    )
    .await?;
    let licences = licence::load_all(connection, found.rows, true, call.now()).await?;
    let keys: Vec<Value> = licences.iter().map(|licence| object(licence, Notes::Shown)).collect();
    Ok(Answer::done()
        .with("returned", keys.len())
        .with("total", found.total)
        .with("pageCount", (found.total + PAGE - 1) / PAGE)
        .with("licenseKeys", keys))
}

/// A field, and whether downwards.
fn order(text: &str) -> Option<(WireOrder, bool)> {
    let (field, descending) = order::parse(text)?;
    WireOrder::parse(if field.is_empty() { "ID" } else { field }).map(|order| (order, descending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_as_the_documentation_writes_them() {
        assert_eq!(order(""), Some((WireOrder::Number, false)));
        assert_eq!(order("ID ascending"), Some((WireOrder::Number, false)));
        assert_eq!(order("expires DESCENDING"), Some((WireOrder::Expires, true)));
        assert_eq!(order("F1"), Some((WireOrder::Feature(1), false)));
        for bad in ["F9", "password", "ID sideways", "ID ascending; DROP"] {
            assert_eq!(order(bad), None, "{bad}");
        }
    }
}
