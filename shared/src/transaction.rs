//! Entries in a customer's history: their words.

use crate::{status::Tone, words::word_enum};

word_enum! {
    /// What happened.
    pub enum TransactionKind {
        /// Money came in.
        Payment = "payment", "Payment";
        /// Money was given back.
        Refund = "refund", "Refund";
        /// The customer's bank asks, or took the money back.
        Dispute = "dispute", "Dispute";
        /// A payment was tried and failed.
        PaymentFailed = "payment_failed", "Payment failed";
        /// The customer's balance with the vendor changed; no money moved.
        Balance = "balance", "Balance";
        SubscriptionStarted = "subscription_started", "Subscription started";
        /// Another plan, quantity or extra.
        SubscriptionChanged = "subscription_changed", "Subscription changed";
        SubscriptionRenewed = "subscription_renewed", "Subscription renewed";
        /// Time was given without a payment.
        SubscriptionExtended = "subscription_extended", "Subscription extended";
        SubscriptionPaused = "subscription_paused", "Subscription paused";
        SubscriptionResumed = "subscription_resumed", "Subscription resumed";
        /// It is to end, now or with what is paid for.
        SubscriptionCancelled = "subscription_cancelled", "Subscription cancelled";
        /// A planned end was taken back.
        SubscriptionKept = "subscription_kept", "Cancellation taken back";
        SubscriptionEnded = "subscription_ended", "Subscription ended";
        KeyIssued = "key_issued", "Licence key issued";
    }
}

word_enum! {
    /// Through whom it came about.
    pub enum TransactionSource {
        Staff = "staff", "Staff";
        Portal = "portal", "Customer portal";
        Webshop = "webshop", "Webshop";
        Api = "api", "API";
        Import = "import", "Import";
        Scheduler = "scheduler", "Schedule";
        Stripe = "stripe", "Stripe";
    }
}

word_enum! {
    /// How it stands.
    pub enum TransactionState {
        Done = "done", "Done";
        /// Asked for, not carried out yet.
        Pending = "pending", "Pending";
        Failed = "failed", "Failed";
        /// A dispute that waits for an answer or a decision.
        Open = "open", "Open";
        /// A dispute decided for the vendor, or settled: the money stays.
        Won = "won", "Won";
        /// A dispute decided for the customer: the money is gone.
        Lost = "lost", "Lost";
    }
}

impl TransactionKind {
    /// What moves money; everything else is in the history without changing a sum.
    pub const MONEY: [Self; 3] = [Self::Payment, Self::Refund, Self::Dispute];

    /// Whether it moves money.
    pub fn moves_money(self) -> bool {
        Self::MONEY.contains(&self)
    }
}

impl TransactionState {
    pub const fn tone(self) -> Tone {
        match self {
            Self::Done | Self::Won => Tone::Good,
            Self::Pending => Tone::Neutral,
            Self::Open => Tone::Warning,
            Self::Failed | Self::Lost => Tone::Bad,
        }
    }
}

word_enum! {
    /// Why a payment is given back.
    pub enum RefundReason {
        Requested = "requested_by_customer", "The customer asked for it";
        Duplicate = "duplicate", "Paid twice";
        Fraudulent = "fraudulent", "Not paid by the customer";
        Other = "other", "Something else";
    }
}

word_enum! {
    /// What becomes of the subscription when a payment is given back.
    #[derive(Default)]
    pub enum RefundThen {
        /// Subscription and keys stay as they are.
        #[default]
        Keep = "keep", "Keep the subscription and its keys";
        /// Programs refuse the keys; the subscription goes on.
        Block = "block", "Block its keys";
        /// The subscription ends at once, and its keys with it.
        End = "end", "End the subscription and its keys now";
    }
}
