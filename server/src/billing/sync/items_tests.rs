use serde::Deserialize as _;
use serde_json::{Value, json};

use super::*;

fn product(id: i64, kind: &str) -> (i64, product::Model) {
    let row = product::Model {
        id,
        name: format!("Product {id}"),
        description: String::new(),
        kind: kind.to_owned(),
        active: true,
        grace_days: 5,
        feature_names: json!([]),
        signing_key_id: 1,
        blocks_expired: false,
        limiting_features: 0,
        next_key_id: 1,
        version: 1,
        created_at: 0,
        updated_at: 0,
    };
    (id, row)
}

fn item(id: &str, created: i64, quantity: i64, number: Value, skm: Value) -> Value {
    json!({"id": id, "created": created, "quantity": quantity, "price": {
        "id": format!("price_{id}"), "currency": "eur", "unit_amount": 900,
        "recurring": {"interval": "month", "interval_count": 1}, "metadata": {"skm": skm},
        "product": {"id": "prod_1", "name": "Editor", "metadata": {"skm_product_id": number}},
    }})
}

/// Of a subscription whose Stripe products are mirrored with these numbers.
fn read_with(
    subscription: &Subscription,
    products: &HashMap<i64, product::Model>,
    mirrored_products: &HashMap<String, String>,
) -> Vec<Item> {
    read(subscription, &Known { products, plans: &[], params: &PlanParams::default(), mirrored_products })
}

fn understood(items: &[Value], products: &HashMap<i64, product::Model>) -> Vec<Item> {
    let subscription = Subscription::deserialize(&json!({"id": "sub_1", "items": {"data": items}})).unwrap();
    read_with(&subscription, products, &HashMap::new())
}

#[test]
fn what_an_item_buys() {
    let products = HashMap::from([product(1, "base"), product(2, "base")]);
    for (number, skm, expected) in [
        (json!("1"), json!("{\"F1\":true}"), Ok(1)),
        (json!(" 1 "), json!("{}"), Ok(1)),
        (json!("1"), json!("{\"ProductId\":2}"), Ok(2)),
        (Value::Null, json!("{\"ProductId\":2}"), Ok(2)),
        (json!("1"), json!("{F1}"), Err("the price's skm is not JSON")),
        (json!("1"), Value::Null, Err("the price has no skm")),
        (
            json!("1"),
            json!("{\"MaxNoOfMachines\":\"many\"}"),
            Err("the price's skm has a wrong MaxNoOfMachines"),
        ),
        (
            json!("1"),
            json!("{\"TemplateId\":7}"),
            Err("the price's skm names licence template 7, which is not here"),
        ),
        (json!("9"), json!("{}"), Err("there is no product 9 here")),
        (json!("one"), json!("{}"), Err("skm_product_id is \"one\"")),
        (Value::Null, json!("{}"), Err("the Stripe product has no skm_product_id")),
    ] {
        let items = understood(&[item("si_1", 1, 1, number.clone(), skm.clone())], &products);
        match (&items[0].buys, expected) {
            (Buys::Licence { product, .. }, Ok(wanted)) => assert_eq!(*product, wanted, "{number} {skm}"),
            (Buys::BadPrice { why, .. } | Buys::NotOurs { why }, Err(words)) => {
                assert!(why.starts_with(words), "{number} {skm}: {why}");
            }
            (other, _) => panic!("{number} {skm}: {other:?}"),
        }
    }
}

#[test]
fn items_for_one_product_make_one_key_and_quantities_multiply() {
    let products = HashMap::from([product(1, "base"), product(2, "base"), product(3, "extra")]);
    let items = understood(
        &[
            item("si_seats", 3, 4, json!("1"), json!("{\"MaxNoOfMachines\":5}")),
            item("si_base", 1, 3, json!("1"), json!("{\"F1\":true,\"MaxNoOfMachines\":2}")),
            item("si_other", 2, 1, json!("2"), json!("{\"F2\":true}")),
            item("si_extra", 0, 1, json!("3"), json!("{\"F7\":true}")),
        ],
        &products,
    );
    let groups = groups(&items, &products);
    let shape: Vec<_> = groups
        .iter()
        .map(|group| (group.product, group.base.stripe_id.as_str(), group.extras.len()))
        .collect();
    assert_eq!(shape, [(1, "si_base", 2), (2, "si_other", 0)]);
    let params = groups[0].params().unwrap();
    assert_eq!(params.max_machines, Some(3 * 2 + 4 * 5));
    assert_eq!(params.features.flags(), [true, false, false, false, false, false, true, false]);
}

#[test]
fn an_extra_that_stands_alone_has_a_key_of_its_own() {
    let products = HashMap::from([product(3, "extra")]);
    let items = understood(&[item("si_1", 1, 1, json!("3"), json!("{}"))], &products);
    assert_eq!(groups(&items, &products)[0].product, 3);
}

#[test]
fn a_broken_extra_does_not_keep_the_base_from_its_key() {
    let products = HashMap::from([product(1, "base")]);
    let items = understood(
        &[
            item("si_1", 1, 1, json!("1"), json!("{\"F1\":true}")),
            item("si_2", 2, 1, json!("1"), json!("oops")),
        ],
        &products,
    );
    let groups = groups(&items, &products);
    assert_eq!(groups[0].catalogue(), Catalogue::Licensed);
    assert!(groups[0].params().is_some());
    assert!(groups[0].problem().is_some());
}

#[test]
fn a_deleted_product_is_known_from_the_mirror() {
    let products = HashMap::from([product(1, "base")]);
    let mut value = item("si_1", 1, 1, Value::Null, json!("{}"));
    value["price"]["product"] = json!({"id": "prod_1", "deleted": true});
    let subscription = Subscription::deserialize(&json!({"items": {"data": [value]}})).unwrap();
    let mirrored = HashMap::from([("prod_1".to_owned(), "1".to_owned())]);
    assert_eq!(read_with(&subscription, &products, &mirrored)[0].product(), Some(1));
    assert_eq!(read_with(&subscription, &products, &HashMap::new())[0].product(), None);
}
