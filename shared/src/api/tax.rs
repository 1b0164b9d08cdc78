//! Rates of tax on what is billed offline. Stripe's part is taxed by Stripe.

use serde::{Deserialize, Serialize};

use crate::{ids::TaxRateId, validation};

/// A rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaxRate {
    pub id: TaxRateId,
    pub name: String,
    /// Hundredths of a percent: 1 900 is 19 %.
    pub hundredths: i64,
    /// ISO code of the customers it is for; empty where it is only the default.
    pub country: String,
    /// Prices have it in them; otherwise it comes on top.
    pub inclusive: bool,
    /// Whether it is in force; one that is not stays in the list for whoever looks back.
    pub active: bool,
    /// For customers whose country has no rate, or is not known.
    pub is_default: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaxRates {
    /// The default first.
    pub rates: Vec<TaxRate>,
}

/// Add or change a rate. Previews that were shown before are refused with fresh ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetTaxRate {
    #[garde(custom(validation::required))]
    pub name: String,
    /// Hundredths of a percent.
    #[garde(range(min = 0, max = 10_000))]
    pub hundredths: i64,
    /// ISO code, or empty.
    #[garde(custom(validation::optional_country))]
    pub country: String,
    #[garde(skip)]
    pub inclusive: bool,
    #[garde(skip)]
    pub active: bool,
    /// Takes the place of the default before.
    #[garde(skip)]
    pub is_default: bool,
}
