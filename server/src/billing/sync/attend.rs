//! Putting what a sync could not decide in front of a person, and taking it away when its cause is gone.

use latchkey_shared::attention::AttentionCode;
use latchkey_store::attention::{self as store, NewRow};
use sea_orm::ConnectionTrait;

use crate::error::AppResult;

/// The Stripe subscription that was synced, and what is known of it here.
pub struct Subject<'a> {
    pub account: i64,
    pub stripe_id: &'a str,
    pub customer: Option<i64>,
    pub subscription: Option<i64>,
}

/// What one sync found.
#[derive(Default)]
pub struct Findings(Vec<(AttentionCode, String)>);

impl Findings {
    pub fn add(&mut self, code: AttentionCode, detail: impl Into<String>) {
        if !self.0.iter().any(|(known, _)| *known == code) {
            self.0.push((code, detail.into()));
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
        for (code, detail) in &self.0 {
            let row = NewRow {
                code: code.as_str(),
                account: Some(subject.account),
                stripe_id: subject.stripe_id,
                customer: subject.customer,
                subscription: subject.subscription,
                detail: detail.clone(),
            };
            if store::raise(connection, now, row).await? {
                metrics::counter!("attention_total", "code" => code.as_str()).increment(1);
                tracing::warn!(%code, subscription = subject.stripe_id, %detail, "needs attention");
            }
        }
        let gone: Vec<&str> = codes
            .iter()
            .filter(|code| !self.0.iter().any(|(found, _)| found == *code))
            .map(|code| code.as_str())
            .collect();
        store::heal(connection, now, subject.account, subject.stripe_id, &gone).await?;
        Ok(())
    }
}
