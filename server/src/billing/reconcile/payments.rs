//! Payments and refunds listed at Stripe and written into the histories: what was charged before histories were
//! kept, and what no event told of. The first run looks two years back, later ones some days.

use std::collections::HashMap;

use latchkey_shared::transaction::TransactionKind;
use latchkey_store::{Access, stripe_customers, subscriptions, sweeps as store, transactions};
use latchkey_stripe::{Expandable, Invoice, ListQuery, Raw, Refund, subscription as shapes};

use super::{Ages, counted, per_account::PerAccount, run::Run};
use crate::{
    billing::{
        accounts::Connected,
        history::{self, givebacks, invoices, lifecycle},
    },
    clock::DAY,
    error::AppResult,
};

/// How far back the first run looks, and one that a person asks for.
const ALL: i64 = 730 * DAY;
/// How far back the others look.
const RECENT: i64 = 7 * DAY;
/// Contracts looked at in one transaction.
const CONTRACTS: u64 = 500;

/// Looks through all accounts. A run that was broken off goes on behind the last page of invoices.
pub async fn sweep(run: &mut Run) -> AppResult<String> {
    let whole = run.ages == Ages::Ignore || !store::was_done(run.app.store.read(), "payments").await?;
    let since = (run.started_at() - if whole { ALL } else { RECENT }) / 1_000;
    let (done_with, last) = match run.position().and_then(|position| position.split_once(':')) {
        Some((account, last)) => (account.parse().unwrap_or_default(), Some(last.to_owned())),
        None => (0, None),
    };
    if whole && last.is_none() {
        contracts(run).await?;
    }
    let (mut per_account, all) = PerAccount::begin(&run.app).await?;
    for connected in all {
        let account = connected.account.id;
        if account < done_with {
            continue;
        }
        let mut query = ListQuery::new().filter("status", "paid").created_from(since).limit(100);
        if let Some(last) = last.as_deref().filter(|_| account == done_with) {
            query = query.starting_after(last);
        }
        let before = if per_account.are_several() { (run.looked_at(), run.found()) } else { (0, 0) };
        let told = paid_and_refunded(run, &connected, query, since).await;
        per_account.note(&connected, told.map(|()| words(run, before)))?;
    }
    Ok(per_account.words())
}

async fn paid_and_refunded(
    run: &mut Run,
    connected: &Connected,
    invoices: ListQuery,
    since: i64,
) -> AppResult<()> {
    paid(run, connected, invoices.expand("payments")).await?;
    refunded(run, connected, ListQuery::new().created_from(since).limit(100)).await
}

/// What was done since it had looked at and found so much.
fn words(run: &Run, (looked_at, found): (i64, i64)) -> String {
    let count = |number: i64| usize::try_from(number).unwrap_or_default();
    let looked_at = counted(count(run.looked_at() - looked_at), "entry", "entries");
    match count(run.found() - found) {
        0 => format!("Looked at {looked_at}: all are in the history."),
        found => format!("Looked at {looked_at}: {found} written into the history."),
    }
}

/// Begin and end of the contracts that were here before.
async fn contracts(run: &mut Run) -> AppResult<()> {
    let app = run.app.clone();
    let mut after = 0;
    loop {
        let rows = subscriptions::after(app.store.read(), after, CONTRACTS).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.id;
        let now = app.clock.now();
        let transaction = app.store.begin().await?;
        let mut written = 0;
        // One by one: long statements of many lengths would stay in the memory of the connection.
        for entry in rows.iter().flat_map(lifecycle::known_of) {
            written += usize::from(transactions::add(&transaction, entry, now).await?);
        }
        transaction.commit().await?;
        run.page(rows.len(), written, None).await?;
    }
}

async fn paid(run: &mut Run, connected: &Connected, query: ListQuery) -> AppResult<()> {
    let (app, account) = (run.app.clone(), connected.account.id);
    let products = history::products_by_price(app.store.read(), account).await?;
    let mut pages = connected.client.pages::<Raw<Invoice>>(query);
    loop {
        run.breathe().await;
        let Some(page) = pages.next().await? else { return Ok(()) };
        let buyers = page.iter().filter_map(|invoice| buyer(invoice)).map(str::to_owned);
        let buyers = stripe_customers::owners(app.store.read(), account, buyers).await?;
        let ids: Vec<String> = page
            .iter()
            .filter_map(|invoice| shapes::invoice_subscription(invoice))
            .map(str::to_owned)
            .collect();
        let mirrors = subscriptions::by_stripe_ids(app.store.read(), account, &ids).await?;
        let mirrors: HashMap<&str, _> =
            mirrors.iter().filter_map(|row| Some((row.stripe_id.as_deref()?, row))).collect();
        let entries = page.iter().filter_map(|invoice| {
            let mirror = shapes::invoice_subscription(invoice).and_then(|id| mirrors.get(id));
            let customer =
                mirror.map(|row| row.customer_id).or_else(|| buyers.get(buyer(invoice)?).copied())?;
            let subscription = mirror.map(|row| row.id);
            invoices::payment(
                invoice,
                invoices::Owner { account, customer, subscription, products: &products },
            )
        });
        let entries = entries.collect();
        let transaction = app.store.begin().await?;
        let written = transactions::keep_all(&transaction, account, entries, app.clock.now()).await?;
        transaction.commit().await?;
        let position = page.last().map(|last| format!("{account}:{}", last.id));
        run.page(page.len(), written, position).await?;
    }
}

/// Refunds of payments that are in the history.
async fn refunded(run: &mut Run, connected: &Connected, query: ListQuery) -> AppResult<()> {
    let (app, account) = (run.app.clone(), connected.account.id);
    let mut pages = connected.client.pages::<Refund>(query);
    loop {
        run.breathe().await;
        let Some(page) = pages.next().await? else { return Ok(()) };
        let intents: Vec<String> =
            page.iter().filter_map(|refund| intent(refund)).map(str::to_owned).collect();
        let payments = transactions::of_payments(app.store.read(), Access::All, account, &intents).await?;
        let payments: HashMap<&str, _> = payments
            .iter()
            .filter(|row| row.kind == TransactionKind::Payment.as_str())
            .filter_map(|row| Some((row.payment_ref.as_deref()?, row)))
            .collect();
        let entries = page.iter().filter_map(|refund| {
            let payment = *payments.get(intent(refund)?)?;
            let owner = givebacks::Owner { account, customer: payment.customer_id, payment: Some(payment) };
            Some(givebacks::refund(refund, owner))
        });
        let entries = entries.collect();
        let transaction = app.store.begin().await?;
        let written = transactions::keep_all(&transaction, account, entries, app.clock.now()).await?;
        transaction.commit().await?;
        let position = run.position().map(str::to_owned);
        run.page(page.len(), written, position).await?;
    }
}

fn buyer(invoice: &Invoice) -> Option<&str> {
    invoice.customer.as_ref().map(Expandable::id)
}

fn intent(refund: &Refund) -> Option<&str> {
    refund.payment_intent.as_ref().map(Expandable::id)
}
