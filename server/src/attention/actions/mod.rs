//! What a person can do about a row. Each is audited, and ends in the convergent function: what was decided is
//! stored first, so that nothing is lost when Stripe does not answer at that moment.

pub mod customer;
pub mod keys;
pub mod money;

use latchkey_shared::{
    api::attention::{Attention, Decide},
    attention::{AttentionAction, AttentionCode},
    ids::SubscriptionId,
};
use latchkey_store::{
    Access, attention as store,
    entity::{attention, subscription},
    subscriptions,
    sync_jobs::Target,
};
use sea_orm::ConnectionTrait;

use super::view;
use crate::{
    audit::{self, Entry, Origin},
    billing::{
        accounts::{self, Connected},
        work,
    },
    error::{AppError, AppResult},
    state::AppState,
};

/// Runs everything again, after the cause was mended.
///
/// # Errors
/// 502 where Stripe does not answer.
pub async fn retry(app: &AppState, origin: &Origin, id: i64, form: &Decide) -> AppResult<Attention> {
    let open = Open::load(app, id, AttentionAction::Retry).await?;
    open.note(app, app.store.begin().await?, origin, "It was tried again.", &form.reason).await?;
    if let Some(target) = open.target() {
        work::converge_now(app, &target).await?;
    }
    open.answer(app, AttentionAction::Retry).await
}

/// Sets it aside for good: not ours, or settled elsewhere.
pub async fn ignore(app: &AppState, origin: &Origin, id: i64, form: &Decide) -> AppResult<Attention> {
    let open = Open::load(app, id, AttentionAction::Ignore).await?;
    let transaction = app.store.begin().await?;
    open.resolve(&transaction, app.clock.now(), store::IGNORED).await?;
    open.note(app, transaction, origin, "It was set aside.", &form.reason).await?;
    open.settle(app).await;
    open.answer(app, AttentionAction::Ignore).await
}

/// An open row that the action at hand can end.
pub(super) struct Open {
    pub(super) row: attention::Model,
    pub(super) code: AttentionCode,
}

impl Open {
    /// 404 for no such row; 409 where it was ended meanwhile, or the action does not fit its reason.
    pub(super) async fn load(app: &AppState, id: i64, action: AttentionAction) -> AppResult<Self> {
        let row = store::find(app.store.read(), id).await?.ok_or_else(view::not_found)?;
        let code = AttentionCode::parse(&row.code).ok_or_else(view::not_found)?;
        if row.resolved_at.is_some() {
            return Err(already_resolved());
        }
        if !code.actions().contains(&action) {
            let message = format!("“{}” does not help here.", action.label());
            return Err(AppError::conflict("not_possible", message));
        }
        Ok(Self { row, code })
    }

    /// The subscription to converge with.
    pub(super) fn target(&self) -> Option<Target> {
        let id = self.row.stripe_id.as_deref().filter(|id| id.starts_with("sub_"))?;
        Some(Target::subscription(self.row.account_id?, id))
    }

    /// The account, and the id of the Stripe subscription there; 409 where it concerns none.
    pub(super) async fn at_stripe(&self, app: &AppState) -> AppResult<(Connected, String)> {
        match self.target() {
            Some(target) => Ok((accounts::by_id(app, target.account).await?, target.stripe_id)),
            None => Err(AppError::conflict("no_subscription", "This concerns no single subscription.")),
        }
    }

    /// The subscription here; 409 where its customer is unknown, so that there is none.
    pub(super) async fn subscription<C: ConnectionTrait>(
        &self,
        connection: &C,
    ) -> AppResult<subscription::Model> {
        let found = match self.row.subscription_id {
            Some(id) => subscriptions::find(connection, Access::All, SubscriptionId(id)).await?,
            None => None,
        };
        found.ok_or_else(|| {
            AppError::conflict("customer_unknown", "Say first which customer this subscription belongs to.")
        })
    }

    /// Ends the row; 409 where somebody was quicker.
    pub(super) async fn resolve<C: ConnectionTrait>(
        &self,
        connection: &C,
        now: i64,
        resolution: &str,
    ) -> AppResult<()> {
        let mine = store::resolve(connection, now, self.row.id, resolution).await?;
        if mine { Ok(()) } else { Err(already_resolved()) }
    }

    /// Writes who decided what, with the rest of `transaction`.
    pub(super) async fn note(
        &self,
        app: &AppState,
        transaction: sea_orm::DatabaseTransaction,
        origin: &Origin,
        text: &str,
        reason: &str,
    ) -> AppResult<()> {
        let entry = Entry {
            action: "attention_handled",
            subject_kind: view::SUBJECT,
            subject_id: self.row.id,
            customer_id: self.row.customer_id,
            text: format!("{}: {text}", self.code.label()),
            reason: reason.trim().to_owned(),
            ..Entry::default()
        };
        audit::record(&transaction, app.clock.now(), origin, entry).await?;
        transaction.commit().await?;
        app.jobs_bell.notify_waiters();
        Ok(())
    }

    /// Converges with what was decided. That Stripe does not answer now is no failure: it is fetched later.
    pub(super) async fn settle(&self, app: &AppState) {
        if let Some(target) = self.target()
            && let Err(error) = work::converge_now(app, &target).await
        {
            tracing::warn!(subscription = target.stripe_id, %error, "what was decided is carried out later");
        }
    }

    /// The row as it stands now; where it healed, because of `action`.
    pub(super) async fn answer(&self, app: &AppState, action: AttentionAction) -> AppResult<Attention> {
        let transaction = app.store.begin().await?;
        store::credit(&transaction, self.row.id, action.as_str()).await?;
        transaction.commit().await?;
        view::show(app, self.row.id).await
    }
}

fn already_resolved() -> AppError {
    AppError::conflict("already_resolved", "This was settled meanwhile.")
}
