//! Reports: how the business runs, by product and month.

use serde::{Deserialize, Serialize};

use crate::{ids::ProductId, money::Money, time::Timestamp, words::word_enum};

/// All reports over the last twelve months of the vendor's time zone, this one included. Amounts of several
/// currencies are never added up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reports {
    pub as_of: Timestamp,
    /// `2026-01`, the oldest first.
    pub months: Vec<String>,
    /// Those in which renewals can be due, this one first.
    pub months_ahead: Vec<String>,
    pub currencies: Vec<CurrencyReport>,
    /// Of all contracts, each counted once: a row for each month.
    pub churn: Vec<ChurnMonth>,
    /// The same for each product; a contract of several products counts for each.
    pub churn_by_product: Vec<ProductChurn>,
    /// What is due within 90 days, the soonest month first.
    pub renewals: Vec<DueRow>,
    /// Payments that failed, the newest month first.
    pub failed: Vec<DueRow>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CurrencyReport {
    /// What running subscriptions bring per month now.
    pub mrr_now: Money,
    /// The same at the end of each month, by product.
    pub mrr: Vec<ProductSeries>,
    /// Without tax: what was paid in each month less what was given back, by product.
    pub revenue: Vec<ProductSeries>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductSeries {
    /// Absent for what belongs to no product here.
    pub product: Option<ProductId>,
    pub name: String,
    /// One for each month.
    pub amounts: Vec<Money>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChurnMonth {
    pub month: String,
    /// Paying contracts at its beginning.
    pub running: i64,
    /// Contracts that began to pay in it.
    pub won: i64,
    /// Paying contracts that ended in it.
    pub lost: i64,
    /// `lost` of `running` in hundredths of a percent; absent where none ran.
    pub rate: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductChurn {
    /// Absent for what belongs to no product here.
    pub product: Option<ProductId>,
    pub name: String,
    /// A row for each month.
    pub months: Vec<ChurnMonth>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DueRow {
    pub month: String,
    pub product: Option<ProductId>,
    pub name: String,
    /// Contracts, or tries to be paid.
    pub count: i64,
    pub amount: Money,
}

word_enum! {
    /// One of the reports, for the file.
    pub enum ReportKind {
        Mrr = "mrr", "Monthly recurring revenue";
        Revenue = "revenue", "Revenue";
        Churn = "churn", "Churn";
        Renewals = "renewals", "Renewals due";
        Failed = "failed", "Failed payments";
    }
}

/// Which report is written as a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct ReportQuery {
    #[garde(skip)]
    pub report: ReportKind,
}
