//! Reports.

pub const TITLE: &str = "Reports";
pub const CSV: &str = "CSV";
pub const MONTH: &str = "Month";
pub const PRODUCT: &str = "Product";
pub const COUNT: &str = "Subscriptions";
pub const PAYMENTS: &str = "Payments";
pub const AMOUNT: &str = "Amount";

pub const MRR: &str = "Monthly recurring revenue";
pub const MRR_MEANS: &str = "What paying subscriptions bring per month: each item's price times its quantity, a year counted as 12 months or 52 weeks, at the end of the month, with today's prices. Trials, paused subscriptions and what is only in grace count nothing. Discounts and tax are left out; currencies are never added up.";
pub const REVENUE: &str = "Revenue";
pub const REVENUE_MEANS: &str =
    "Payments of the month less refunds and what disputes took, without tax, in the month they happened.";
pub const CHURN: &str = "Churn";
pub const CHURN_MEANS: &str = "Paying subscriptions that ended in the month, of those that paid at its beginning. One that ends within its trial was never won, and so is not lost.";
pub const CHURN_RATE: &str = "Churn in percent";
pub const WON_AND_LOST: &str = "Won and lost subscriptions";
pub const RUNNING: &str = "At the beginning";
pub const WON: &str = "Won";
pub const LOST: &str = "Lost";
pub const RENEWALS: &str = "Renewals due";
pub const RENEWALS_MEANS: &str = "Subscriptions whose paid time ends within 90 days and that go on then, trials included, with what will be charged before discounts and tax.";
pub const NO_RENEWALS: &str = "Nothing is due within 90 days.";
pub const FAILED: &str = "Failed payments";
pub const FAILED_MEANS: &str = "Tries to be paid that failed, with the amount that was asked for. A payment tried three times counts three times.";
pub const NO_FAILED: &str = "No payment failed in the last twelve months.";
pub const NOW: &str = "now";

pub const EMPTY_TITLE: &str = "Nothing to report yet";
pub const EMPTY_BODY: &str = "The figures begin with the first subscription.";

/// How fresh the figures are; `time` is already formatted.
pub fn as_of(time: &str) -> String {
    ["Data as of ", time].concat()
}

/// The title of a chart of one currency.
pub fn of_currency(title: &str, currency: &str) -> String {
    [title, " in ", currency].concat()
}
