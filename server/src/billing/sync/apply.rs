//! Applying what was fetched, in one transaction.

use std::collections::HashMap;

use latchkey_engine::{
    entitlement::Contract,
    reconcile::{self, Catalogue, Metadata, NamedKey, Situation},
    stripe_status::StripeStatus,
};
use latchkey_shared::{attention::AttentionCode, ids::CustomerId, time::Timestamp};
use latchkey_store::{
    Access, attention, checkouts, customers,
    entity::{licence_key, product, stripe_account, subscription},
    plans, stripe_catalog, subscription_keys, subscriptions as store,
    sync_jobs::{self, Claim},
};
use latchkey_stripe::{Expandable, InvoiceStatus, Subscription};
use sea_orm::DatabaseTransaction;

use super::{
    at_stake,
    attend::{Findings, Subject},
    buyer, contract,
    decide::{Holder, metadata, what_is_wrong},
    fetch::{Fetched, Found},
    items::{self, Group, Item},
    keys,
    mirror::{self, Picture},
    vanished::vanished,
};
use crate::{
    billing::{
        work,
        write_back::{self, Wanted},
    },
    error::AppResult,
    failpoint::{self, Point},
    licensing::plan_params::PlanParams,
    state::AppState,
};

/// What a sync raises, and heals when it finds it no longer.
pub const CODES: &[AttentionCode] = &[
    AttentionCode::BadPriceMetadata,
    AttentionCode::UnknownProduct,
    AttentionCode::UnknownCustomer,
    AttentionCode::KeyConflict,
    AttentionCode::DanglingKeyId,
    AttentionCode::KeyOfAnotherCustomer,
    AttentionCode::ForeignSubscription,
    AttentionCode::DuplicateSubscription,
    AttentionCode::UnknownStripeStatus,
    AttentionCode::PaidWithoutKeyThenEnded,
    AttentionCode::LatePaymentAfterEnd,
    AttentionCode::InvoiceNotFinalized,
];

/// Set aside by a person, these mean that the subscription is none of ours.
const NOT_OURS: &[&str] = &[
    AttentionCode::UnknownProduct.as_str(),
    AttentionCode::UnknownCustomer.as_str(),
    AttentionCode::ForeignSubscription.as_str(),
];

/// Makes everything here agree with `fetched`.
pub async fn apply(
    app: &AppState,
    account: &stripe_account::Model,
    claim: &Claim,
    fetched: Fetched,
) -> AppResult<()> {
    let transaction = app.store.begin().await?;
    sync_jobs::lock(&transaction, &claim.target).await?;
    let before = store::by_stripe_id(&transaction, account.id, &claim.target.stripe_id).await?;
    let newer = before.as_ref().and_then(|row| row.fetched_at).is_some_and(|at| at > fetched.at);
    match (fetched.found, before) {
        // Somebody fetched later and was quicker.
        _ if newer => {}
        (Some(found), before) => {
            let run =
                Run { app, transaction: &transaction, account, now: app.clock.now(), fetched_at: fetched.at };
            run.converge(&found, before).await?;
        }
        (None, Some(row)) => vanished(app, &transaction, row, fetched.at).await?,
        (None, None) => {}
    }
    work::finish(&transaction, claim, fetched.at).await?;
    transaction.commit().await?;
    failpoint::at(Point::Applied);
    app.jobs_bell.notify_waiters();
    Ok(())
}

/// One application, with what all its steps need.
pub(super) struct Run<'a> {
    pub(super) app: &'a AppState,
    pub(super) transaction: &'a DatabaseTransaction,
    pub(super) account: &'a stripe_account::Model,
    pub(super) now: i64,
    pub(super) fetched_at: i64,
}

impl Run<'_> {
    async fn converge(&self, found: &Found, before: Option<subscription::Model>) -> AppResult<()> {
        let subscription = &*found.subscription;
        let products = self.products().await?;
        let items = self.items(subscription, &products).await?;
        let groups = items::groups(&items, &products);
        let base = groups.first().map_or(items.first(), |group| Some(group.base));
        let extras: Vec<&str> = items
            .iter()
            .map(|item| item.stripe_id.as_str())
            .filter(|id| base.is_none_or(|base| base.stripe_id != *id))
            .collect();
        let contract = contract::contract(found, base, &extras);
        let mut findings = Findings::default();
        if contract.status == StripeStatus::Unknown {
            findings.add(
                AttentionCode::UnknownStripeStatus,
                format!("Stripe says {:?}.", subscription.status.as_str()),
            );
        }

        odd_invoices(found, &mut findings);
        let customer = buyer::resolve(self.transaction, self.now, self.account.id, subscription).await?;
        let customer = customer.or_else(|| before.as_ref().map(|row| CustomerId(row.customer_id)));
        let local = match customer {
            None => {
                self.for_nobody(found, &contract, &groups, &items, &mut findings).await?;
                None
            }
            Some(customer) => {
                let case =
                    Case { found, contract: &contract, products: &products, items: &items, groups: &groups };
                Some(self.for_customer(customer, before, &case, &mut findings).await?)
            }
        };
        let subject = Subject {
            account: self.account.id,
            stripe_id: &subscription.id,
            customer: customer.map(|id| id.0),
            subscription: local,
            ended_at: subscription.ended_at,
            paid_invoices: &found.paid_invoices,
        };
        findings.write(self.transaction, self.now, &subject, CODES).await
    }

    /// Whether money was taken that no person has given back.
    pub(super) async fn is_charged(&self, found: &Found) -> AppResult<bool> {
        let id = &found.subscription.id;
        Ok(contract::was_charged(found)
            && !attention::was_refunded(self.transaction, self.account.id, id).await?)
    }

    async fn products(&self) -> AppResult<HashMap<i64, product::Model>> {
        let rows = plans::all_products(self.transaction).await?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }

    async fn items(
        &self,
        subscription: &Subscription,
        products: &HashMap<i64, product::Model>,
    ) -> AppResult<Vec<Item>> {
        let plans = plans::of_account(self.transaction, self.account.id).await?;
        let mirrored = stripe_catalog::product_numbers(self.transaction, self.account.id).await?;
        let known = items::Known {
            products,
            plans: &plans,
            params: &PlanParams::load(self.transaction).await?,
            mirrored_products: &mirrored.into_iter().collect(),
        };
        Ok(items::read(subscription, &known))
    }

    pub(super) async fn is_ignored(&self, stripe_id: &str) -> AppResult<bool> {
        Ok(attention::is_set_aside(self.transaction, self.account.id, stripe_id, NOT_OURS).await?)
    }

    /// The Stripe customer is nobody here: nothing to mirror, perhaps something to decide.
    async fn for_nobody(
        &self,
        found: &Found,
        contract: &Contract,
        groups: &[Group<'_>],
        items: &[Item],
        findings: &mut Findings,
    ) -> AppResult<()> {
        let subscription = &*found.subscription;
        let catalogue = groups.first().map_or(Catalogue::NotOurs, Group::catalogue);
        let situation = Situation {
            ignored: self.is_ignored(&subscription.id).await?,
            earns_key: contract.status.earns_a_key(),
            ended: contract.status.is_final(),
            charged: self.is_charged(found).await?,
            issued: None,
            metadata: Metadata { key_id: None, global_id: None, ..metadata(&subscription.metadata) },
            overruled: false,
            named: NamedKey::Missing,
            made_by_hand: None,
            customer_known: false,
            catalogue,
            duplicate: false,
        };
        if let Some(code) = reconcile::decide(&situation).attention {
            let detail = [buyer::described(subscription), what_is_wrong(items)].join(" ");
            findings.add(code, detail.trim());
        }
        Ok(())
    }

    async fn for_customer(
        &self,
        customer: CustomerId,
        before: Option<subscription::Model>,
        case: &Case<'_>,
        findings: &mut Findings,
    ) -> AppResult<i64> {
        let subscription = &*case.found.subscription;
        let first_product = case.groups.first().and_then(|group| case.products.get(&group.product));
        let shown = keys::of_key(case.contract, first_product, None, self.now);
        let picture = Picture {
            account: self.account.id,
            customer,
            subscription,
            contract: case.contract,
            entitlement: &shown,
            fetched_at: self.fetched_at,
        };
        let was = before.clone();
        let mut row = mirror::keep(self.transaction, before, &picture, self.now).await?;
        let items_before = store::items(self.transaction, &[row.id]).await?;
        mirror::keep_items(self.transaction, row.id, &items_before, case.items).await?;

        let ties = subscription_keys::of_subscription(self.transaction, row.id).await?;
        let holder = Holder { customer, row: &row, items_before: &items_before, ties: &ties };
        let outcome = self.keys(&holder, case, findings).await?;
        let lead = outcome.base.as_ref().or(outcome.others.first());
        row.key_pending_since = outcome.pending.then(|| row.key_pending_since.unwrap_or(self.now));
        let status = contract::standing_status(
            &row,
            lead.map_or(shown.expires.map(Timestamp::millis), |key| key.expires_at),
            lead.and_then(|key| key.extended_until),
            self.now,
        );
        status.as_str().clone_into(&mut row.status);
        if was.as_ref().is_none_or(|was| differs(was, &row)) {
            row.updated_at = self.now;
        }
        let id = row.id;
        if was.as_ref() != Some(&row) {
            store::save(self.transaction, row.clone()).await?;
        }
        self.history(case.found, was.as_ref(), &row, &items_before).await?;
        if outcome.write_back {
            let wanted = Wanted {
                subscription: id,
                base: outcome.base.as_ref().map(|key| key.id),
                others: outcome.others.iter().map(|key| key.id).collect(),
            };
            write_back::enqueue(self.transaction, self.now, &wanted).await?;
        } else if !outcome.told.is_empty() {
            subscription_keys::written_back(self.transaction, id, &outcome.told, self.now).await?;
            let healed = [AttentionCode::WriteBackRefused.as_str()];
            attention::heal(self.transaction, self.now, self.account.id, &subscription.id, &healed).await?;
        }
        self.checkout(customer, subscription, id, &outcome).await?;
        customers::refresh_headline(self.transaction, customer.0).await?;
        Ok(id)
    }

    /// The purchase this subscription came of moves on with it.
    async fn checkout(
        &self,
        customer: CustomerId,
        subscription: &Subscription,
        id: i64,
        outcome: &Outcome,
    ) -> AppResult<()> {
        let Some(checkout) = subscription.metadata.get("skm_checkout_id") else { return Ok(()) };
        let access = Access::Customer(customer);
        let Some(checkout) = checkouts::find(self.transaction, access, checkout).await? else {
            return Ok(());
        };
        let ready = !outcome.pending && (outcome.base.is_some() || !outcome.others.is_empty());
        let status = if ready { checkouts::COMPLETE } else { checkouts::PAID };
        if checkout.status == status && checkout.subscription_id == Some(id)
            || checkout.status == checkouts::COMPLETE
        {
            return Ok(());
        }
        checkouts::set_outcome(self.transaction, &checkout.id, status, Some(id), None, self.now).await?;
        Ok(())
    }
}

/// What Stripe said and what it means here.
pub(super) struct Case<'a> {
    pub(super) found: &'a Found,
    pub(super) contract: &'a Contract,
    pub(super) products: &'a HashMap<i64, product::Model>,
    pub(super) items: &'a [Item],
    pub(super) groups: &'a [Group<'a>],
}

/// What became of the keys.
#[derive(Default)]
pub(super) struct Outcome {
    /// The key whose numbers stand on the subscription.
    pub(super) base: Option<licence_key::Model>,
    /// Keys of further products, whose numbers stand on their items.
    pub(super) others: Vec<licence_key::Model>,
    /// Something is to be written to Stripe.
    pub(super) write_back: bool,
    /// Keys whose numbers Stripe turned out to have, although nobody here knew.
    pub(super) told: Vec<i64>,
    /// A key is owed and not there.
    pub(super) pending: bool,
}

/// Money that came too late, and an invoice that Stripe cannot complete.
fn odd_invoices(found: &Found, findings: &mut Findings) {
    let ended_at = found.subscription.ended_at;
    if let Some(late) = found.paid_invoices.iter().find(|invoice| at_stake::is_late(invoice, ended_at)) {
        let number = late.number.as_deref().unwrap_or(&late.id);
        findings.add_occurrence(
            AttentionCode::LatePaymentAfterEnd,
            &late.id,
            format!("Invoice {number} was paid after the subscription had ended."),
        );
    }
    let latest = found.subscription.latest_invoice.as_ref().and_then(Expandable::object);
    let refused = latest.filter(|invoice| invoice.status == InvoiceStatus::Draft);
    let error = refused.map(|invoice| &invoice.raw["last_finalization_error"]);
    if let Some(message) = error.and_then(|error| error["message"].as_str()) {
        findings.add(AttentionCode::InvoiceNotFinalized, format!("Stripe says: {message}"));
    }
}

/// Whether more than the time of fetching changed.
fn differs(before: &subscription::Model, after: &subscription::Model) -> bool {
    let same_time = subscription::Model { fetched_at: after.fetched_at, ..before.clone() };
    same_time != *after
}
