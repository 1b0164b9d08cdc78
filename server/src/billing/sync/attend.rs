//! Putting what a sync could not decide in front of a person, and taking it away when its cause is gone.

use latchkey_shared::{attention::AttentionCode, ids::CustomerId};
use latchkey_store::attention::{self as store, NewRow};
use sea_orm::ConnectionTrait;

use crate::error::AppResult;

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
        account: i64,
        stripe_id: &str,
        customer: Option<CustomerId>,
        subscription: Option<i64>,
        codes: &[AttentionCode],
    ) -> AppResult<()> {
        for (code, detail) in &self.0 {
            let row = NewRow {
                code: code.as_str(),
                account: Some(account),
                stripe_id,
                customer: customer.map(|id| id.0),
                subscription,
                detail: detail.clone(),
            };
            if store::raise(connection, now, row).await? {
                metrics::counter!("attention_total", "code" => code.as_str()).increment(1);
                tracing::warn!(%code, subscription = stripe_id, %detail, "needs attention");
            }
        }
        let gone: Vec<&str> = codes
            .iter()
            .filter(|code| !self.0.iter().any(|(found, _)| found == *code))
            .map(|code| code.as_str())
            .collect();
        store::heal(connection, now, account, stripe_id, &gone).await?;
        Ok(())
    }
}
