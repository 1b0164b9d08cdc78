//! Payments that were taken back, in part or in full, or disputed: written into the history. Neither ends a
//! subscription at Stripe, so the vendor's rule or a person decides what becomes of the keys.

use latchkey_shared::{attention::AttentionCode, transaction::TransactionKind};
use latchkey_store::{
    Access, attention as store,
    entity::transaction_entry,
    stripe_customers, subscriptions,
    sync_jobs::{Claim, Target},
    transactions,
};
use latchkey_stripe::{
    Charge, Dispute, DisputeStatus, Expandable, Invoice, ListQuery, Raw, Refund, StripeClient, StripeError,
    subscription as shapes,
};
use sea_orm::DatabaseTransaction;

use crate::{
    attention::{self, NewRow},
    audit::Origin,
    billing::{
        accounts::{self, Connected},
        history::{self, givebacks},
        refund_policy::{self, Cause, Taken},
        work,
    },
    error::AppResult,
    state::AppState,
};

/// Looks at a charge of which something was refunded.
pub async fn converge_charge(app: &AppState, claim: &Claim) -> AppResult<()> {
    let Target { account, stripe_id, .. } = &claim.target;
    let connected = accounts::by_id(app, *account).await?;
    let fetched_at = app.clock.now();
    let charge = connected.client.charge(stripe_id).await?;
    let invoice = paid_for(&connected.client, &charge).await?;
    let refunds = ListQuery::new().filter("charge", stripe_id).limit(100);
    let refunds = connected.client.list_refunds(&refunds).await?.data;
    let transaction = app.store.begin().await?;
    let now = app.clock.now();
    let paid = Paid::find(&transaction, *account, &charge, invoice.as_ref()).await?;
    let mut payment = None;
    if let Some(paid) = &paid {
        paid.keep(&transaction, invoice.as_ref(), now).await?;
        payment = paid.payment(&transaction).await?;
        let owner = paid.giveback(payment.as_ref());
        let entries = refunds.iter().map(|refund| givebacks::refund(refund, owner)).collect();
        transactions::keep_all(&transaction, *account, entries, now).await?;
    }
    if let Some(subscription) = subscription_of(invoice.as_ref()) {
        let case = Case { app, transaction: &transaction, connected: &connected, subscription };
        let taken = taken(&case, stripe_id, paid.as_ref(), payment.as_ref());
        if charge.refunded {
            given_back(&case, &charge, &refunds, taken).await?;
        } else {
            let undecided = AttentionCode::RefundToDecide.as_str();
            store::heal_occurrence(&transaction, now, undecided, *account, (subscription, stripe_id)).await?;
            if let Some((contract, _)) = taken.contract.filter(|_| !charge.disputed) {
                refund_policy::lift(&transaction, (now, &Origin::system("stripe")), contract).await?;
            }
        }
        sent_back(&case, &refunds).await?;
    }
    work::finish(&transaction, claim, fetched_at).await?;
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    Ok(())
}

/// All of it went back: the vendor's rule or a person decides.
async fn given_back(case: &Case<'_>, charge: &Charge, refunds: &[Refund], taken: Taken<'_>) -> AppResult<()> {
    // Whoever pressed the button decided, and need not be told.
    let decided = store::was_refunded(case.transaction, taken.account, case.subscription).await?
        || asked_for_here(refunds);
    if decided
        || !refund_policy::apply(case.transaction, case.app.clock.now(), Cause::Refunded, taken).await?
    {
        return Ok(());
    }
    let detail = "The whole payment was given back.".to_owned();
    let money = (charge.amount_refunded, charge.currency.as_str());
    case.raise(AttentionCode::RefundToDecide, detail, taken.occurrence, money).await
}

/// Puts refunds that the customer's bank sent back in front of a person, until another one took their place.
async fn sent_back(case: &Case<'_>, refunds: &[Refund]) -> AppResult<()> {
    let failed = |refund: &Refund| refund.status.as_deref() == Some("failed");
    let replaced = |lost: &Refund| {
        let instead = |other: &Refund| other.created > lost.created && other.amount >= lost.amount;
        refunds.iter().any(|other| !failed(other) && instead(other))
    };
    for refund in refunds.iter().filter(|refund| failed(refund)) {
        let code = AttentionCode::RefundFailed;
        if replaced(refund) {
            let (now, account) = (case.app.clock.now(), case.connected.account.id);
            let occurrence = (case.subscription, refund.id.as_str());
            store::heal_occurrence(case.transaction, now, code.as_str(), account, occurrence).await?;
            continue;
        }
        let why = refund.failure_reason.as_deref().unwrap_or("unknown").replace('_', " ");
        let detail = format!("The bank sent {} back: {why}.", refund.id);
        case.raise(code, detail, &refund.id, (refund.amount, &refund.currency)).await?;
    }
    Ok(())
}

/// Whether the latest refund was made here, by somebody who decided about keys and subscription with it.
fn asked_for_here(refunds: &[Refund]) -> bool {
    refunds
        .iter()
        .max_by_key(|refund| refund.created)
        .is_some_and(|refund| refund.metadata.contains_key(givebacks::ASKED_BY))
}

/// Looks at a dispute: opened, it is shown; decided for the vendor, it is no longer; lost, that is shown.
pub async fn converge_dispute(app: &AppState, claim: &Claim) -> AppResult<()> {
    let Target { account, stripe_id, .. } = &claim.target;
    let connected = accounts::by_id(app, *account).await?;
    let fetched_at = app.clock.now();
    let dispute = connected.client.dispute(stripe_id).await?;
    let charge = match dispute.charge.as_ref().map(Expandable::id) {
        Some(charge) => Some(connected.client.charge(charge).await?),
        None => None,
    };
    let invoice = match &charge {
        Some(charge) => paid_for(&connected.client, charge).await?,
        None => None,
    };
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let paid = match &charge {
        Some(charge) => Paid::find(&transaction, *account, charge, invoice.as_ref()).await?,
        None => None,
    };
    let mut payment = None;
    if let Some(paid) = &paid {
        paid.keep(&transaction, invoice.as_ref(), now).await?;
        payment = paid.payment(&transaction).await?;
        let entry = givebacks::dispute(&dispute, paid.intent, paid.giveback(payment.as_ref()));
        transactions::keep_all(&transaction, *account, vec![entry], now).await?;
    }
    if let Some(subscription) = subscription_of(invoice.as_ref()) {
        let case = Case { app, transaction: &transaction, connected: &connected, subscription };
        let taken = taken(&case, stripe_id, paid.as_ref(), payment.as_ref());
        let is_refunded = charge.as_ref().is_some_and(|charge| charge.refunded);
        disputed(&case, &dispute, taken, is_refunded).await?;
    }
    work::finish(&transaction, claim, fetched_at).await?;
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    Ok(())
}

/// Opened, it is shown, and the vendor's rule holds for as long as the money is away; lost, the rule or a person
/// decides.
async fn disputed(case: &Case<'_>, dispute: &Dispute, taken: Taken<'_>, is_refunded: bool) -> AppResult<()> {
    let now = case.app.clock.now();
    let code = standing(dispute);
    if code != Some(AttentionCode::DisputeOpened) {
        let opened = AttentionCode::DisputeOpened.as_str();
        let occurrence = (case.subscription, taken.occurrence);
        store::heal_occurrence(case.transaction, now, opened, taken.account, occurrence).await?;
    }
    let detail = format!("Reason given to the bank: {}.", dispute.reason.replace('_', " "));
    let money = (dispute.amount, dispute.currency.as_str());
    match code {
        Some(AttentionCode::DisputeLost) => {
            if refund_policy::apply(case.transaction, now, Cause::DisputeLost, taken).await? {
                case.raise(AttentionCode::DisputeLost, detail, taken.occurrence, money).await?;
            }
        }
        Some(code) => {
            if givebacks::is_gone(dispute) {
                refund_policy::apply(case.transaction, now, Cause::Disputed, taken).await?;
            }
            case.raise(code, detail, taken.occurrence, money).await?;
        }
        None => {
            if let Some((contract, _)) = taken.contract.filter(|_| !is_refunded) {
                refund_policy::lift(case.transaction, (now, &Origin::system("stripe")), contract).await?;
            }
        }
    }
    Ok(())
}

/// Whose charge it is, for their history.
struct Paid<'a> {
    account: i64,
    customer: i64,
    intent: Option<&'a str>,
    subscription: Option<i64>,
}

impl<'a> Paid<'a> {
    /// `None` where the Stripe customer is nobody here.
    async fn find(
        transaction: &DatabaseTransaction,
        account: i64,
        charge: &'a Charge,
        invoice: Option<&Raw<Invoice>>,
    ) -> AppResult<Option<Self>> {
        let row = match subscription_of(invoice) {
            Some(id) => subscriptions::by_stripe_id(transaction, account, id).await?,
            None => None,
        };
        let customer = match (&row, charge.customer.as_ref().map(Expandable::id)) {
            (Some(row), _) => Some(row.customer_id),
            (None, Some(id)) => stripe_customers::owner(transaction, account, id).await?.map(|id| id.0),
            (None, None) => None,
        };
        Ok(customer.map(|customer| Self {
            account,
            customer,
            intent: charge.payment_intent.as_ref().map(Expandable::id),
            subscription: row.map(|row| row.id),
        }))
    }

    /// Writes the payment itself, should its own event not have come yet.
    async fn keep(
        &self,
        transaction: &DatabaseTransaction,
        invoice: Option<&Raw<Invoice>>,
        now: i64,
    ) -> AppResult<()> {
        let products = history::products_by_price(transaction, self.account).await?;
        let owner = history::invoices::Owner {
            account: self.account,
            customer: self.customer,
            subscription: self.subscription,
            products: &products,
        };
        let entry = invoice.and_then(|invoice| history::invoices::payment(invoice, owner));
        transactions::keep_all(transaction, self.account, entry.into_iter().collect(), now).await?;
        Ok(())
    }

    async fn payment(
        &self,
        transaction: &DatabaseTransaction,
    ) -> AppResult<Option<transaction_entry::Model>> {
        let Some(intent) = self.intent else { return Ok(None) };
        let rows =
            transactions::of_payments(transaction, Access::All, self.account, &[intent.to_owned()]).await?;
        Ok(rows.into_iter().find(|row| row.kind == TransactionKind::Payment.as_str()))
    }

    fn giveback<'b>(&self, payment: Option<&'b transaction_entry::Model>) -> givebacks::Owner<'b> {
        givebacks::Owner { account: self.account, customer: self.customer, payment }
    }
}

/// What of a dispute a person must see.
fn standing(dispute: &Dispute) -> Option<AttentionCode> {
    match dispute.status {
        DisputeStatus::Lost => Some(AttentionCode::DisputeLost),
        DisputeStatus::Won | DisputeStatus::WarningClosed | DisputeStatus::Prevented => None,
        _ => Some(AttentionCode::DisputeOpened),
    }
}

/// What is looked at: a subscription at Stripe that something was paid for.
struct Case<'a> {
    app: &'a AppState,
    transaction: &'a DatabaseTransaction,
    connected: &'a Connected,
    subscription: &'a str,
}

impl Case<'_> {
    /// Puts something in front of a person; `occurrence` is the charge, dispute or refund.
    async fn raise(
        &self,
        code: AttentionCode,
        detail: String,
        occurrence: &str,
        (amount, currency): (i64, &str),
    ) -> AppResult<()> {
        let account = self.connected.account.id;
        let row = subscriptions::by_stripe_id(self.transaction, account, self.subscription).await?;
        let new = NewRow {
            code: code.as_str(),
            account: Some(account),
            stripe_id: self.subscription,
            customer: row.as_ref().map(|row| row.customer_id),
            subscription: row.as_ref().map(|row| row.id),
            detail,
            occurrence,
            at_stake: Some((amount, currency.to_uppercase())),
        };
        attention::raise(self.transaction, self.app.clock.now(), new).await
    }
}

/// What the vendor's rule needs to know.
fn taken<'a>(
    case: &Case<'a>,
    occurrence: &'a str,
    paid: Option<&Paid<'_>>,
    payment: Option<&transaction_entry::Model>,
) -> Taken<'a> {
    Taken {
        account: case.connected.account.id,
        stripe_id: case.subscription,
        occurrence,
        contract: paid.and_then(|paid| Some((paid.subscription?, paid.customer))),
        payment: payment.map(|payment| payment.id),
    }
}

/// The invoice that a charge paid; nothing where it paid for something else.
async fn paid_for(client: &StripeClient, charge: &Charge) -> Result<Option<Raw<Invoice>>, StripeError> {
    let Some(intent) = charge.payment_intent.as_ref().map(Expandable::id) else { return Ok(None) };
    let query = ListQuery::new()
        .filter("payment[type]", "payment_intent")
        .filter("payment[payment_intent]", intent)
        .limit(1);
    let payment = client.list_invoice_payments(&query).await?.data.into_iter().next();
    let Some(invoice) = payment.and_then(|payment| payment.invoice) else { return Ok(None) };
    Ok(Some(client.invoice(invoice.id(), &["payments"]).await?))
}

fn subscription_of(invoice: Option<&Raw<Invoice>>) -> Option<&str> {
    shapes::invoice_subscription(invoice?)
}
