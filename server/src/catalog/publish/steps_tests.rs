use serde_json::{Value, json};

use super::*;

fn at_stripe(id: &str, name: &str, active: bool, metadata: Value) -> Product {
    serde_json::from_value(json!({"id": id, "name": name, "active": active, "metadata": metadata})).unwrap()
}

fn price(id: &str, amount: i64, count: i64, metadata: Value) -> Price {
    serde_json::from_value(json!({
        "id": id, "active": true, "product": "prod_1", "currency": "eur", "unit_amount": amount,
        "billing_scheme": "per_unit", "metadata": metadata,
        "recurring": {"interval": "month", "interval_count": count, "usage_type": "licensed"},
    }))
    .unwrap()
}

fn wanted(plan: i64, amount: i64, count: i64) -> Wanted {
    Wanted {
        plan,
        name: "Monthly".to_owned(),
        amount,
        currency: "EUR".to_owned(),
        unit: "month".to_owned(),
        count,
        trial_days: 0,
        key_params: r#"{"F1":true}"#.to_owned(),
    }
}

fn step(action: PublishAction, id: &str) -> Step {
    Step { action, stripe_id: Some(id.to_owned()) }
}

#[test]
fn a_product_is_known_by_its_number_then_by_its_name() {
    let ours = at_stripe("prod_ours", "Another name", true, json!({"skm_product_id": " 7 "}));
    let same = at_stripe("prod_same", "Editor", true, json!({}));
    let others = at_stripe("prod_others", "Editor", true, json!({"skm_product_id": "8"}));
    let gone = at_stripe("prod_gone", "Editor", false, json!({"skm_product_id": "7"}));
    assert_eq!(product(7, "Editor", &[&same, &ours]), step(PublishAction::There, "prod_ours"));
    assert_eq!(product(7, "Editor", &[&others, &same, &gone]), step(PublishAction::FillIn, "prod_same"));
    assert_eq!(product(7, "Editor", &[&others, &gone]), Step::create());
}

#[test]
fn a_price_is_a_plans_if_it_says_so_or_could_be_nothing_else() {
    let named = price("price_named", 900, 1, json!({"skm_plan_id": "3", "skm": "{}"}));
    let bare = price("price_bare", 900, 1, json!({}));
    let other = price("price_other", 900, 1, json!({"skm": r#"{"F8":true}"#}));
    let of_another = price("price_another", 900, 1, json!({"skm_plan_id": "99"}));
    let find = |all: &[&Price]| prices(&[wanted(3, 900, 1)], Some("prod_1"), all);
    assert_eq!(find(&[&bare, &named]), [step(PublishAction::There, "price_named")]);
    assert_eq!(find(&[&other, &bare]), [step(PublishAction::FillIn, "price_bare")]);
    assert_eq!(find(&[&other, &of_another]), [Step::create()]);
    assert_eq!(prices(&[wanted(3, 900, 1)], Some("prod_2"), &[&bare]), [Step::create()]);
    assert_eq!(prices(&[wanted(3, 900, 1)], None, &[&bare]), [Step::create()]);
    assert_eq!(prices(&[wanted(3, 901, 1)], Some("prod_1"), &[&bare, &named]), [Step::create()]);
}

#[test]
fn a_trial_makes_another_price() {
    let bare = price("price_bare", 900, 1, json!({}));
    let mut with_trial = price("price_trial", 900, 1, json!({}));
    with_trial.recurring.as_mut().unwrap().trial_period_days = Some(14);
    let wanted = Wanted { trial_days: 14, ..wanted(3, 900, 1) };
    let find = |all: &[&Price]| prices(std::slice::from_ref(&wanted), Some("prod_1"), all);
    assert_eq!(find(&[&bare]), [Step::create()]);
    assert_eq!(find(&[&bare, &with_trial]), [step(PublishAction::FillIn, "price_trial")]);
}

#[test]
fn two_plans_alike_do_not_share_a_price() {
    let bare = price("price_bare", 900, 1, json!({}));
    let steps = prices(&[wanted(3, 900, 1), wanted(4, 900, 1)], Some("prod_1"), &[&bare]);
    assert_eq!(steps, [step(PublishAction::FillIn, "price_bare"), Step::create()]);
}

#[test]
fn what_stripe_does_not_bill_stays_here() {
    let steps = prices(&[wanted(3, 900, 48)], Some("prod_1"), &[]);
    assert_eq!(steps, [Step { action: PublishAction::Cannot, stripe_id: None }]);
}
