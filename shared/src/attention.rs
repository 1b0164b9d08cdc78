//! What stands on the “Needs attention” page: states that cannot heal themselves. `engine::reconcile` finds
//! them.

use crate::{permission::Permission, words::word_enum};

word_enum! {
    /// Why a person must decide.
    pub enum AttentionCode {
        BadPriceMetadata = "bad_price_metadata", "Paid, but the price does not say what to issue";
        UnknownProduct = "unknown_product", "Paid for a product that Latchkey does not have";
        UnknownCustomer = "unknown_customer", "Paid by a Stripe customer who is nobody here";
        KeyConflict = "key_conflict", "Stripe names another key than the one issued";
        DanglingKeyId = "dangling_key_id", "Stripe names a key that is not here";
        KeyOfAnotherCustomer = "key_of_another_customer", "Stripe names a key that belongs to another customer";
        ForeignSubscription = "foreign_subscription", "A subscription that was not made by Latchkey";
        DuplicateSubscription = "duplicate_subscription", "Paid twice for the same product";
        PaidWithoutKeyThenEnded = "paid_without_key_then_ended", "Paid, and ended before a key was issued";
        LatePaymentAfterEnd = "late_payment_after_end", "Paid after the subscription had ended";
        WriteBackRefused = "write_back_refused", "Stripe refuses to take the key's number";
        UnknownStripeStatus = "unknown_stripe_status", "Stripe reports a status that Latchkey does not know";
        StripeCustomerDeleted = "stripe_customer_deleted", "The customer was deleted in Stripe";
        InvoiceNotFinalized = "invoice_not_finalized", "Stripe could not finish an invoice";
        RefundToDecide = "refund_to_decide", "A payment was refunded in full";
        RefundFailed = "refund_failed", "A refund did not reach the customer";
        DisputeOpened = "dispute_opened", "A payment is disputed";
        DisputeLost = "dispute_lost", "A dispute was lost";
    }
}

word_enum! {
    /// What a person can do about it.
    pub enum AttentionAction {
        /// Run everything again, after the cause has been mended.
        Retry = "retry", "Try again";
        IssueKey = "issue_key", "Issue key now";
        LinkKey = "link_key", "Link an existing key";
        /// Choose which customer the Stripe customer is.
        LinkCustomer = "link_customer", "Link to a customer";
        SendKey = "send_key", "Send the key to the customer";
        /// Write the key issued here over what Stripe says.
        KeepOurs = "keep_ours", "Keep the key issued here";
        BlockKey = "block_key", "Block the key";
        RefundAndCancel = "refund_and_cancel", "Refund and cancel";
        /// Not ours, or settled elsewhere.
        Ignore = "ignore", "Ignore";
    }
}

impl AttentionCode {
    /// What it means, for staff who see it for the first time.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::BadPriceMetadata => {
                "The customer was charged, and no key was issued because the metadata skm of the price is missing or \
                 broken. Mend it in Stripe and try again, or issue a key by hand."
            }
            Self::UnknownProduct => {
                "The customer was charged, and no key was issued because skm_product_id of the Stripe product is \
                 missing or names no product of Latchkey."
            }
            Self::UnknownCustomer => {
                "The Stripe customer has no skm_customer_id, or one that does not exist here, so nobody would see \
                 the key. Say whose subscription it is."
            }
            Self::KeyConflict => {
                "A key was issued here, and skm_key_id in Stripe names a different one. Nothing is overwritten until \
                 somebody says which is right."
            }
            Self::DanglingKeyId => "skm_key_id in Stripe names a key that does not exist here.",
            Self::KeyOfAnotherCustomer => {
                "skm_key_id in Stripe names a key that exists here, but is tied to a different customer or \
                 subscription."
            }
            Self::ForeignSubscription => {
                "It carries none of Latchkey's metadata and does not match the catalogue. It may belong to another \
                 program that uses the same Stripe account."
            }
            Self::DuplicateSubscription => {
                "The customer has two live subscriptions for one product and is charged for both, perhaps from two \
                 open windows."
            }
            Self::PaidWithoutKeyThenEnded => {
                "The customer was charged, and the subscription ended before a key could be issued. They may be owed \
                 a refund."
            }
            Self::LatePaymentAfterEnd => {
                "An open invoice of a subscription that had already ended was paid. Nothing was switched on again."
            }
            Self::WriteBackRefused => {
                "The key exists and the customer has it, but Stripe refuses to store its number on the subscription."
            }
            Self::UnknownStripeStatus => {
                "Keys stay as they are until somebody decides; a newer version of Latchkey may know the status."
            }
            Self::StripeCustomerDeleted => {
                "Stripe ended all subscriptions of this customer. The customer and the keys are still here."
            }
            Self::InvoiceNotFinalized => {
                "An invoice cannot be completed, most often because the address needed for tax is missing. No payment \
                 is taken until that is mended in Stripe."
            }
            Self::RefundToDecide => {
                "A refund does not end a subscription by itself. Decide whether the customer keeps the key."
            }
            Self::RefundFailed => {
                "The bank sent the money back, for example because the card no longer exists. It is on your balance at \
                 Stripe again, and the customer still waits for it: pay it back another way, then set this aside."
            }
            Self::DisputeOpened => "The customer's bank has taken the payment back for the time being.",
            Self::DisputeLost => "The bank has decided against you, and the payment is gone.",
        }
    }

    /// The actions that can end it, the likeliest first.
    pub const fn actions(self) -> &'static [AttentionAction] {
        use AttentionAction as Do;
        match self {
            Self::BadPriceMetadata | Self::UnknownProduct => {
                &[Do::Retry, Do::IssueKey, Do::LinkKey, Do::RefundAndCancel, Do::Ignore]
            }
            Self::UnknownCustomer => &[Do::LinkCustomer, Do::RefundAndCancel, Do::Ignore],
            Self::KeyConflict => &[Do::KeepOurs, Do::LinkKey, Do::SendKey, Do::Ignore],
            Self::DanglingKeyId | Self::KeyOfAnotherCustomer => {
                &[Do::LinkKey, Do::IssueKey, Do::RefundAndCancel, Do::Ignore]
            }
            Self::ForeignSubscription => &[Do::Ignore, Do::LinkCustomer, Do::IssueKey, Do::LinkKey],
            Self::DuplicateSubscription => &[Do::RefundAndCancel, Do::Ignore],
            Self::PaidWithoutKeyThenEnded | Self::LatePaymentAfterEnd => {
                &[Do::RefundAndCancel, Do::IssueKey, Do::Ignore]
            }
            Self::WriteBackRefused => &[Do::Retry, Do::SendKey, Do::Ignore],
            Self::UnknownStripeStatus | Self::InvoiceNotFinalized => &[Do::Retry, Do::Ignore],
            Self::RefundToDecide | Self::DisputeLost => &[Do::Ignore, Do::BlockKey, Do::RefundAndCancel],
            Self::RefundFailed => &[Do::Ignore, Do::BlockKey],
            Self::StripeCustomerDeleted | Self::DisputeOpened => &[Do::BlockKey, Do::Ignore],
        }
    }

    /// Whether a customer may have paid without having what they paid for: shown first.
    pub const fn is_owed(self) -> bool {
        matches!(
            self,
            Self::BadPriceMetadata
                | Self::UnknownProduct
                | Self::UnknownCustomer
                | Self::DanglingKeyId
                | Self::KeyOfAnotherCustomer
                | Self::PaidWithoutKeyThenEnded
                | Self::LatePaymentAfterEnd
                | Self::DuplicateSubscription
        )
    }
}

impl AttentionAction {
    /// What somebody must be allowed to do it.
    pub const fn needs(self) -> Permission {
        match self {
            Self::Retry | Self::Ignore => Permission::SubscriptionsWrite,
            Self::IssueKey | Self::LinkKey | Self::KeepOurs | Self::BlockKey => Permission::KeysWrite,
            Self::LinkCustomer => Permission::CustomersWrite,
            Self::SendKey => Permission::CommunicationsWrite,
            Self::RefundAndCancel => Permission::MoneyWrite,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_explains_itself_and_can_be_ended() {
        for &code in AttentionCode::ALL {
            assert!(code.meaning().ends_with('.'), "{code}");
            assert!(code.actions().contains(&AttentionAction::Ignore), "{code} can be set aside");
            let mut seen = code.actions().to_vec();
            seen.sort_unstable();
            seen.dedup();
            assert_eq!(seen.len(), code.actions().len(), "{code} names an action twice");
        }
    }

    #[test]
    fn whoever_may_be_owed_something_can_be_given_it() {
        use AttentionAction as Do;
        for &code in AttentionCode::ALL.iter().filter(|code| code.is_owed()) {
            let gives = |action: &&AttentionAction| {
                matches!(action, Do::IssueKey | Do::LinkKey | Do::LinkCustomer | Do::RefundAndCancel)
            };
            assert!(code.actions().iter().any(|action| gives(&action)), "{code}");
        }
    }
}
