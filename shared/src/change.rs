//! The words that changing a subscription is told in. `engine::change` computes, the server carries out, the
//! page app shows.

use serde::{Deserialize, Serialize};

use crate::words::word_enum;

word_enum! {
    /// Where a renewed period begins.
    #[derive(Default)]
    pub enum RenewFrom {
        /// Where the paid time ends, or today if it is over.
        #[default]
        ExpiryOrToday = "expiry_or_today", "When the paid time ends, or today";
        /// Where the paid time ended, also in the past.
        Expiry = "expiry", "When the paid time ended";
        /// Today, whatever is left.
        Today = "today", "Today";
    }
}

word_enum! {
    /// What a line of a preview is for.
    pub enum LineKind {
        /// Time that was paid for and is given back.
        Unused = "unused", "Unused time";
        /// Time that is charged for.
        Charge = "charge", "New charge";
        /// What staff let the customer have for nothing.
        Waived = "waived", "Free of charge";
    }
}

word_enum! {
    /// Whether a change is to more or to less: a longer plan is more than a shorter one, a dearer one more than a
    /// cheaper one of the same length.
    pub enum Direction {
        Upgrade = "upgrade", "Upgrade";
        Downgrade = "downgrade", "Downgrade";
        /// The same price, or there is nothing to compare.
        Sideways = "sideways", "Change";
    }
}

word_enum! {
    /// How an offline payment came in.
    #[derive(Default)]
    pub enum PaidBy {
        #[default]
        BankTransfer = "bank_transfer", "Bank transfer";
        Cash = "cash", "Cash";
        /// Nothing is asked for; needs a reason.
        Free = "free", "Free of charge";
    }
}

word_enum! {
    /// What becomes of time that was paid for when a subscription ends at once.
    #[derive(Default)]
    pub enum Refund {
        #[default]
        Nothing = "nothing", "Nothing";
        /// The unused part goes to the customer's balance.
        ToBalance = "to_balance", "Unused time to the balance";
    }
}

/// What a customer has less of afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Loss {
    /// A product is no longer part of it.
    Product { name: String },
    /// Fewer pieces of a product.
    Pieces { name: String, before: u32, after: u32 },
    /// Days that were paid for and are not given back.
    Days { count: i64 },
    /// The trial ends before its time.
    Trial,
    /// What a key allows no longer: a feature's name.
    Feature { name: String },
    /// A key may be used on fewer machines; `used` are registered now.
    Machines { before: i64, after: i64, used: i64 },
    /// The new period is over as well: it begins and ends in the past.
    StillExpired,
    /// All of it: nothing works afterwards.
    Everything,
}
