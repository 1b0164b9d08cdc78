//! Putting what a sync could not decide in front of a person, and taking it away when its cause is gone.

use latchkey_shared::attention::AttentionCode;
use latchkey_store::attention as store;
use latchkey_stripe::{Invoice, Raw};
use sea_orm::ConnectionTrait;

use super::at_stake;
use crate::{
    attention::{self, NewRow},
    error::AppResult,
};

/// The Stripe subscription that was synced, and what is known of it here.
pub struct Subject<'a> {
    pub account: i64,
    pub stripe_id: &'a str,
    pub customer: Option<i64>,
    pub subscription: Option<i64>,
    /// When it ended at Stripe, seconds since 1970.
    pub ended_at: Option<i64>,
    pub paid_invoices: &'a [Raw<Invoice>],
}

/// One thing that a person must see.
struct Finding {
    code: AttentionCode,
    detail: String,
    /// Tells one occurrence from the next where there can be several.
    occurrence: String,
}

/// What one sync found.
#[derive(Default)]
pub struct Findings(Vec<Finding>);

impl Findings {
    pub fn add(&mut self, code: AttentionCode, detail: impl Into<String>) {
        self.add_occurrence(code, "", detail);
    }

    /// Adds what can happen to the same subscription more than once.
    pub fn add_occurrence(&mut self, code: AttentionCode, occurrence: &str, detail: impl Into<String>) {
        if !self.0.iter().any(|known| known.code == code) {
            self.0.push(Finding { code, detail: detail.into(), occurrence: occurrence.to_owned() });
        }
    }

    /// Raises what was found for a subscription and heals those of `codes` that were not found any more.
    pub async fn write<C: ConnectionTrait>(
        &self,
        connection: &C,
        now: i64,
        subject: &Subject<'_>,
        codes: &[AttentionCode],
    ) -> AppResult<()> {
        for Finding { code, detail, occurrence } in &self.0 {
            let row = NewRow {
                code: code.as_str(),
                account: Some(subject.account),
                stripe_id: subject.stripe_id,
                customer: subject.customer,
                subscription: subject.subscription,
                detail: detail.clone(),
                occurrence,
                at_stake: at_stake::amount(*code, subject.ended_at, subject.paid_invoices),
            };
            attention::raise(connection, now, row).await?;
        }
        let gone: Vec<&str> = codes
            .iter()
            .filter(|code| !self.0.iter().any(|found| found.code == **code))
            .map(|code| code.as_str())
            .collect();
        store::heal(connection, now, subject.account, subject.stripe_id, &gone).await?;
        Ok(())
    }
}
