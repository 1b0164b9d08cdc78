//! Webshops: what is sold, in which currency, through which Stripe account, and to whom.

use serde::{Deserialize, Serialize};

use super::terms::{Terms, url_or_empty};
use crate::{
    ids::{ProductId, StripeAccountId, WebshopId},
    money::Currency,
    validation,
};

/// All of them, the default one first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Webshops {
    pub webshops: Vec<Webshop>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Webshop {
    pub id: WebshopId,
    pub name: String,
    /// Absent: every currency that there are prices in.
    pub currency: Option<Currency>,
    /// Absent: the first Stripe account.
    pub account: Option<StripeAccountId>,
    /// Name of the account that payments go to; absent where none is connected.
    pub account_name: Option<String>,
    pub all_products: bool,
    /// The products named, whether or not they count.
    pub products: Vec<ProductId>,
    /// Whether anything can be bought.
    pub active: bool,
    /// Terms of use of its own; absent: those of the vendor.
    pub terms: Option<Terms>,
    /// Customers are bound to it unless somebody says otherwise.
    pub default: bool,
    /// How many customers are bound to it.
    pub customers: i64,
    /// How many plans they can buy now.
    pub plans: i64,
    /// Counts up with each change; goes back in [`SetWebshop::version`].
    pub version: i64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetWebshop {
    #[garde(custom(validation::required))]
    pub name: String,
    /// Absent: every currency that there are prices in.
    #[garde(skip)]
    pub currency: Option<Currency>,
    /// Absent: the first Stripe account.
    #[garde(skip)]
    pub account: Option<StripeAccountId>,
    #[garde(skip)]
    pub all_products: bool,
    /// What is sold where that is not everything.
    #[garde(length(max = 500))]
    #[serde(default)]
    pub products: Vec<ProductId>,
    #[garde(skip)]
    pub active: bool,
    /// Terms of use that its customers accept in place of the vendor's; empty: the vendor's.
    #[garde(length(bytes, max = 2_000), custom(url_or_empty))]
    #[serde(default)]
    pub terms_url: String,
    /// Empty: today's date for another URL, as it is for the same.
    #[garde(length(chars, max = 60))]
    #[serde(default)]
    pub terms_version: String,
    /// 409 when somebody else saved meanwhile; without meaning for a new one.
    #[garde(skip)]
    #[serde(default)]
    pub version: i64,
}

/// Bind a customer to another webshop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetCustomerWebshop {
    #[garde(skip)]
    pub webshop: WebshopId,
}
