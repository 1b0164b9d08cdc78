use super::*;

const PRODUCT: StripeProduct<'_> = StripeProduct { active: true, product_id: Some("1") };
const MONTHLY: Recurring<'_> = Recurring { interval: "month", interval_count: 1, metered: false };
const PRICE: StripePrice<'_> = StripePrice {
    active: true,
    currency: "eur",
    unit_amount: Some(900),
    recurring: Some(MONTHLY),
    tiered: false,
    transforms_quantity: false,
    custom_amount: false,
    fraction_of_minor: false,
    skm: Some(r#"{"F1":true}"#),
};
/// Product 3 is archived.
const CATALOGUE: Catalogue<'_> = Catalogue {
    products: &[(1, false), (2, false), (3, true)],
    templates: &[7],
    currency: Some(Currency::EUR),
};

fn codes(result: Result<OfferedPrice, Vec<NotOffered>>) -> Vec<ReasonCode> {
    result.expect_err("not offered").iter().map(|reason| reason.code).collect()
}

fn price_codes(changed: StripePrice<'_>) -> Vec<ReasonCode> {
    codes(price(&PRODUCT, &changed, &CATALOGUE))
}

fn product_codes(changed: StripeProduct<'_>) -> Vec<ReasonCode> {
    let of_product: Vec<_> =
        product(&changed, &CATALOGUE).unwrap_err().iter().map(|reason| reason.code).collect();
    assert_eq!(codes(price(&changed, &PRICE, &CATALOGUE)), of_product, "its prices are not offered either");
    of_product
}

#[test]
fn a_price_that_is_offered() {
    let offered = price(&PRODUCT, &PRICE, &CATALOGUE).unwrap();
    assert_eq!(offered.product_id, 1);
    assert_eq!(offered.amount, Money::new(900, Currency::EUR));
    assert_eq!(offered.every.to_string(), "1 month");
    assert_eq!(offered.params.features.get(1), Some(true));
    assert_eq!(product(&PRODUCT, &CATALOGUE), Ok(1));
}

#[test]
fn products_that_are_not_offered() {
    let named = |product_id| product_codes(StripeProduct { product_id, ..PRODUCT });
    assert_eq!(named(None), [ReasonCode::ProductIdMissing]);
    assert_eq!(named(Some(" ")), [ReasonCode::ProductIdMissing]);
    assert_eq!(named(Some("first")), [ReasonCode::ProductIdNotANumber]);
    assert_eq!(named(Some("1.0")), [ReasonCode::ProductIdNotANumber]);
    assert_eq!(named(Some("99")), [ReasonCode::ProductUnknown]);
    assert_eq!(named(Some("3")), [ReasonCode::ProductArchived]);
    assert_eq!(product_codes(StripeProduct { active: false, ..PRODUCT }), [ReasonCode::ProductInactive]);
    assert_eq!(
        product_codes(StripeProduct { active: false, product_id: None }),
        [ReasonCode::ProductInactive, ReasonCode::ProductIdMissing]
    );
}

#[test]
fn prices_that_are_not_offered() {
    let metered = Some(Recurring { metered: true, ..MONTHLY });
    let fortnight = Some(Recurring { interval: "fortnight", ..MONTHLY });
    let never = Some(Recurring { interval_count: 0, ..MONTHLY });
    for (changed, code) in [
        (StripePrice { active: false, ..PRICE }, ReasonCode::PriceInactive),
        (StripePrice { recurring: None, ..PRICE }, ReasonCode::PriceNotRecurring),
        (StripePrice { recurring: metered, ..PRICE }, ReasonCode::PriceMetered),
        (StripePrice { recurring: fortnight, ..PRICE }, ReasonCode::IntervalUnknown),
        (StripePrice { recurring: never, ..PRICE }, ReasonCode::IntervalUnknown),
        (StripePrice { tiered: true, unit_amount: None, ..PRICE }, ReasonCode::PriceTiered),
        (StripePrice { custom_amount: true, unit_amount: None, ..PRICE }, ReasonCode::PriceCustomAmount),
        (StripePrice { transforms_quantity: true, ..PRICE }, ReasonCode::PriceTransformed),
        (StripePrice { fraction_of_minor: true, unit_amount: None, ..PRICE }, ReasonCode::AmountNotWhole),
        (StripePrice { unit_amount: None, ..PRICE }, ReasonCode::AmountMissing),
        (StripePrice { unit_amount: Some(-1), ..PRICE }, ReasonCode::AmountNegative),
        (StripePrice { currency: "euro", ..PRICE }, ReasonCode::CurrencyUnknown),
        (StripePrice { currency: "usd", ..PRICE }, ReasonCode::CurrencyMismatch),
        (StripePrice { skm: None, ..PRICE }, ReasonCode::KeyParamsMissing),
        (StripePrice { skm: Some("F1"), ..PRICE }, ReasonCode::KeyParamsNotJson),
        (StripePrice { skm: Some(r#"{"F1":"x"}"#), ..PRICE }, ReasonCode::KeyParamsBadField),
        (StripePrice { skm: Some(r#"{"TemplateId":8}"#), ..PRICE }, ReasonCode::TemplateUnknown),
        (StripePrice { skm: Some(r#"{"ProductId":99}"#), ..PRICE }, ReasonCode::ProductUnknown),
        (StripePrice { skm: Some(r#"{"ProductId":3}"#), ..PRICE }, ReasonCode::ProductArchived),
    ] {
        assert_eq!(price_codes(changed), [code], "{changed:?}");
    }
    let long = format!("{{\"Notes\":\"{}\"}}", "x".repeat(500));
    assert_eq!(price_codes(StripePrice { skm: Some(&long), ..PRICE }), [ReasonCode::KeyParamsTooLong]);
}

#[test]
fn all_reasons_are_named_at_once() {
    let changed = StripePrice { active: false, recurring: None, currency: "usd", skm: Some("?"), ..PRICE };
    let reasons = codes(price(&StripeProduct { product_id: None, ..PRODUCT }, &changed, &CATALOGUE));
    assert_eq!(
        reasons,
        [
            ReasonCode::PriceInactive,
            ReasonCode::ProductIdMissing,
            ReasonCode::PriceNotRecurring,
            ReasonCode::CurrencyMismatch,
            ReasonCode::KeyParamsNotJson
        ]
    );
}

#[test]
fn the_price_may_name_another_product_and_a_template() {
    let changed = StripePrice { skm: Some(r#"{"ProductId":2,"TemplateId":7}"#), ..PRICE };
    assert_eq!(price(&PRODUCT, &changed, &CATALOGUE).map(|offered| offered.product_id), Ok(2));
    let unmapped = StripeProduct { product_id: None, ..PRODUCT };
    assert_eq!(
        codes(price(&unmapped, &changed, &CATALOGUE)),
        [ReasonCode::ProductIdMissing],
        "both are required"
    );
}

#[test]
fn weeks_are_days_and_free_is_a_price() {
    let weekly = Some(Recurring { interval: "week", interval_count: 2, ..MONTHLY });
    let free = StripePrice { recurring: weekly, unit_amount: Some(0), ..PRICE };
    let offered = price(&PRODUCT, &free, &Catalogue { currency: None, ..CATALOGUE }).unwrap();
    assert_eq!((offered.every.to_string().as_str(), offered.amount.minor), ("14 days", 0));
}
