//! Reports.

pub const TITLE: &str = "Reports";
pub const CSV: &str = "CSV";
pub const ALL_PRODUCTS: &str = "All products";
pub const OTHER_PRODUCTS: &str = "Other products";

pub const MRR: &str = "Monthly recurring revenue";
pub const MRR_MEANS: &str = "What paying subscriptions bring per month: each item's price times its quantity, a year counted as 12 months or 52 weeks, at the end of the month, with today's prices. Trials, paused subscriptions and what is only in grace count nothing. Discounts and tax are left out; currencies are never added up.";
pub const REVENUE: &str = "Revenue";
pub const REVENUE_MEANS: &str =
    "Payments of the month less refunds and what disputes took, without tax, in the month they happened.";
pub const CHURN: &str = "Churn";
pub const CHURN_MEANS: &str = "Paying subscriptions that ended in the month, of those that paid at its beginning; of a product, those that have it. One that ends within its trial was never won, and so is not lost.";
pub const NO_CHURN: &str =
    "No subscription has paid yet. Churn begins with the first month after the first payment.";
pub const CHURN_RATE: &str = "Churn in percent";
pub const WON_AND_LOST: &str = "Won and lost";
pub const LOST_BY_PRODUCT: &str = "Lost, by product";
pub const RUNNING: &str = "At the beginning";
pub const WON: &str = "Won";
pub const LOST: &str = "Lost";
pub const RENEWALS: &str = "Renewals due";
pub const RENEWALS_MEANS: &str = "Subscriptions whose paid time ends within 90 days and that go on then, trials included, with what will be charged before discounts and tax.";
pub const RENEWALS_COUNT: &str = "Subscriptions due";
pub const NO_RENEWALS: &str =
    "Nothing is due within 90 days. Subscriptions that are paid again and go on appear here.";
pub const FAILED: &str = "Failed payments";
pub const FAILED_MEANS: &str = "Tries to be paid that failed, with the amount that was asked for. A payment tried three times counts three times.";
pub const FAILED_COUNT: &str = "Failed tries to be paid";
pub const NO_FAILED: &str = "No payment failed in the last twelve months. There is nothing to do.";
pub const NO_MRR: &str =
    "No subscription that renews has paid in the last twelve months. What is paid once stands under revenue.";
pub const NO_REVENUE: &str =
    "Nothing was paid in the last twelve months. Payments appear here as they come in.";

pub const EMPTY_TITLE: &str = "Nothing to report yet";
pub const EMPTY_BODY: &str = "The figures begin with the first subscription. Share the sign-up link, or add a subscription on the page of a customer.";
pub const SIGN_UP_LINK: &str = "Sign-up link";
pub const CUSTOMERS: &str = "Customers";

pub const TILES: &str = "In short";
pub const TILE_MRR: &str = "MRR";
pub const TILE_REVENUE: &str = "Revenue this month";
pub const TILE_CHURN: &str = "Churn last month";
pub const TILE_DUE: &str = "Due within 90 days";
pub const TILE_FAILED: &str = "Failed this month";
pub const SUBSCRIPTION: &str = "subscription";
pub const SUBSCRIPTIONS: &str = "subscriptions";
pub const TRY: &str = "try";
pub const TRIES: &str = "tries";
pub const NONE_RAN: &str = "none ran";
pub const AS_LAST_MONTH: &str = "as at the end of last month";

/// How a figure moved; `difference` is already formatted, without its sign.
pub fn since_last_month(difference: &str, more: bool) -> String {
    [if more { "+" } else { "−" }, difference, " since the end of last month"].concat()
}

/// How many were lost of how many.
pub fn lost_of(lost: i64, running: i64) -> String {
    [&lost.to_string(), " of ", &running.to_string(), " lost"].concat()
}

/// How many subscriptions or payments an amount is of.
pub fn in_pieces(count: i64, one: &str, many: &str) -> String {
    let what = if count == 1 { one } else { many };
    [&count.to_string(), " ", what].concat()
}

/// How fresh the figures are; `time` is already formatted.
pub fn as_of(time: &str) -> String {
    ["Data as of ", time].concat()
}

/// The title of a chart of one currency.
pub fn of_currency(title: &str, currency: &str) -> String {
    [title, " in ", currency].concat()
}
