//! Whether a Stripe price is offered to customers, and if not, every reason why.

use latchkey_shared::money::{Currency, Money};
use latchkey_shared::offer::{NotOffered, ReasonCode};
use latchkey_shared::time::{DurationUnit, PlanDuration};

use crate::key_params::{KeyParams, KeyParamsError};

/// A Stripe product, as mirrored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StripeProduct<'a> {
    pub active: bool,
    /// Metadata `skm_product_id`.
    pub product_id: Option<&'a str>,
}

/// A Stripe price, as mirrored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StripePrice<'a> {
    pub active: bool,
    /// As Stripe writes it.
    pub currency: &'a str,
    /// Minor units; `None` for tiers, custom amounts and fractions.
    pub unit_amount: Option<i64>,
    /// `None` for one-time prices.
    pub recurring: Option<Recurring<'a>>,
    /// `billing_scheme` is `tiered`.
    pub tiered: bool,
    /// `transform_quantity` is set.
    pub transforms_quantity: bool,
    /// `custom_unit_amount` is set.
    pub custom_amount: bool,
    /// Only `unit_amount_decimal` is set.
    pub fraction_of_minor: bool,
    /// Metadata `skm`.
    pub skm: Option<&'a str>,
}

/// How a price recurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recurring<'a> {
    /// `day`, `week`, `month`, `year`.
    pub interval: &'a str,
    pub interval_count: u32,
    /// `usage_type` is `metered`.
    pub metered: bool,
}

/// What this installation knows.
#[derive(Debug, Clone, Copy)]
pub struct Catalogue<'a> {
    /// Our products: id, and whether it is archived.
    pub products: &'a [(i64, bool)],
    /// Ids of licence templates.
    pub templates: &'a [i64],
    /// The webshop's currency, if it has one.
    pub currency: Option<Currency>,
}

/// A price that is offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedPrice {
    /// Whose keys it buys: `ProductId` of the price, or `skm_product_id` of the product.
    pub product_id: i64,
    pub params: KeyParams,
    pub amount: Money,
    pub every: PlanDuration,
    /// What has no effect in `skm`.
    pub warnings: Vec<String>,
}

/// Which product of ours a Stripe product is, or every reason why it is none.
pub fn product(product: &StripeProduct<'_>, catalogue: &Catalogue<'_>) -> Result<i64, Vec<NotOffered>> {
    let mut reasons = Vec::new();
    if !product.active {
        reasons.push(NotOffered::new(ReasonCode::ProductInactive));
    }
    let id = collect(&mut reasons, mapped_product(product, catalogue));
    finish(reasons, id)
}

/// The offer that a price makes, or every reason why it makes none.
pub fn price(
    stripe_product: &StripeProduct<'_>,
    price: &StripePrice<'_>,
    catalogue: &Catalogue<'_>,
) -> Result<OfferedPrice, Vec<NotOffered>> {
    let mut reasons = Vec::new();
    if !stripe_product.active {
        reasons.push(NotOffered::new(ReasonCode::ProductInactive));
    }
    if !price.active {
        reasons.push(NotOffered::new(ReasonCode::PriceInactive));
    }
    let mapped = collect(&mut reasons, mapped_product(stripe_product, catalogue));
    let every = collect(&mut reasons, interval(price));
    let amount = collect(&mut reasons, amount(price, catalogue));
    let parsed = collect(&mut reasons, key_params(price, catalogue));
    let named = parsed.as_ref().and_then(|parsed| parsed.params.product_id);
    let product_id = match named {
        Some(id) => collect(&mut reasons, known_product(id, catalogue)),
        None => mapped,
    };
    let offered =
        product_id.zip(every).zip(amount).zip(parsed).map(|(((product_id, every), amount), parsed)| {
            OfferedPrice { product_id, params: parsed.params, amount, every, warnings: parsed.warnings }
        });
    finish(reasons, offered)
}

fn mapped_product(product: &StripeProduct<'_>, catalogue: &Catalogue<'_>) -> Result<i64, NotOffered> {
    let text = product.product_id.map_or("", str::trim);
    if text.is_empty() {
        return Err(NotOffered::new(ReasonCode::ProductIdMissing));
    }
    let id = text.parse().map_err(|_| NotOffered::with(ReasonCode::ProductIdNotANumber, text))?;
    known_product(id, catalogue)
}

fn known_product(id: i64, catalogue: &Catalogue<'_>) -> Result<i64, NotOffered> {
    match catalogue.products.iter().find(|(product, _)| *product == id) {
        None => Err(NotOffered::with(ReasonCode::ProductUnknown, id.to_string())),
        Some((_, true)) => Err(NotOffered::with(ReasonCode::ProductArchived, id.to_string())),
        Some((_, false)) => Ok(id),
    }
}

fn interval(price: &StripePrice<'_>) -> Result<PlanDuration, NotOffered> {
    let recurring = price.recurring.ok_or(NotOffered::new(ReasonCode::PriceNotRecurring))?;
    if recurring.metered {
        return Err(NotOffered::new(ReasonCode::PriceMetered));
    }
    let unknown = || {
        let written = format!("{} {}", recurring.interval_count, recurring.interval);
        NotOffered::with(ReasonCode::IntervalUnknown, written)
    };
    let (count, unit) = match recurring.interval {
        "day" => (recurring.interval_count, DurationUnit::Days),
        "week" => (recurring.interval_count.saturating_mul(7), DurationUnit::Days),
        "month" => (recurring.interval_count, DurationUnit::Months),
        "year" => (recurring.interval_count, DurationUnit::Years),
        _ => return Err(unknown()),
    };
    PlanDuration::new(count, unit).map_err(|_| unknown())
}

fn amount(price: &StripePrice<'_>, catalogue: &Catalogue<'_>) -> Result<Money, NotOffered> {
    let shape = [
        (price.custom_amount, ReasonCode::PriceCustomAmount),
        (price.tiered, ReasonCode::PriceTiered),
        (price.transforms_quantity, ReasonCode::PriceTransformed),
        (price.fraction_of_minor, ReasonCode::AmountNotWhole),
        (price.unit_amount.is_none(), ReasonCode::AmountMissing),
        (price.unit_amount.is_some_and(i64::is_negative), ReasonCode::AmountNegative),
    ];
    if let Some((_, code)) = shape.into_iter().find(|(applies, _)| *applies) {
        return Err(NotOffered::new(code));
    }
    let currency = Currency::parse(price.currency)
        .map_err(|_| NotOffered::with(ReasonCode::CurrencyUnknown, price.currency))?;
    match catalogue.currency {
        Some(wanted) if wanted != currency => {
            Err(NotOffered::with(ReasonCode::CurrencyMismatch, format!("{currency}, not {wanted}")))
        }
        _ => Ok(Money::new(price.unit_amount.unwrap_or_default(), currency)),
    }
}

fn key_params(
    price: &StripePrice<'_>,
    catalogue: &Catalogue<'_>,
) -> Result<crate::key_params::Parsed, NotOffered> {
    let parsed = KeyParams::parse(price.skm.unwrap_or_default()).map_err(|error| match error {
        KeyParamsError::Missing => NotOffered::new(ReasonCode::KeyParamsMissing),
        KeyParamsError::TooLong => NotOffered::new(ReasonCode::KeyParamsTooLong),
        KeyParamsError::NotJson(found) => NotOffered::with(ReasonCode::KeyParamsNotJson, found),
        KeyParamsError::BadField { field, problem } => {
            NotOffered::with(ReasonCode::KeyParamsBadField, format!("{field}: {problem}"))
        }
    })?;
    match parsed.params.template_id {
        Some(id) if !catalogue.templates.contains(&id) => {
            Err(NotOffered::with(ReasonCode::TemplateUnknown, id.to_string()))
        }
        _ => Ok(parsed),
    }
}

fn collect<T>(reasons: &mut Vec<NotOffered>, result: Result<T, NotOffered>) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(reason) => {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
            None
        }
    }
}

fn finish<T>(reasons: Vec<NotOffered>, value: Option<T>) -> Result<T, Vec<NotOffered>> {
    value.filter(|_| reasons.is_empty()).ok_or(reasons)
}

#[cfg(test)]
#[path = "offer_tests.rs"]
mod tests;
