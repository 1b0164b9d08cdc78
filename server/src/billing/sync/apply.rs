//! Applying what was fetched, in one transaction.

use std::collections::HashMap;

use latchkey_engine::{
    entitlement::{Access as Entitled, Contract},
    reconcile::{self, Action, Catalogue, Decision, Metadata, NamedKey, Situation},
    stripe_status::StripeStatus,
};
use latchkey_shared::{attention::AttentionCode, ids::CustomerId, time::Timestamp};
use latchkey_store::{
    Access, attention, checkouts, customers,
    entity::{licence_key, product, stripe_account, subscription, subscription_item},
    plans, stripe_catalog, subscription_keys, subscriptions as store,
    sync_jobs::{self, Claim},
};
use latchkey_stripe::Subscription;
use sea_orm::DatabaseTransaction;

use super::{
    attend::Findings,
    buyer, contract, fetch::{Fetched, Found},
    items::{self, Buys, Group, Item},
    keys, letter, mirror::{self, Picture},
};
use crate::{
    billing::{work, write_back},
    error::AppResult,
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
];

/// Set aside by a person, these mean that the subscription is none of ours.
const NOT_OURS: &[&str] = &[
    AttentionCode::UnknownProduct.as_str(),
    AttentionCode::UnknownCustomer.as_str(),
    AttentionCode::ForeignSubscription.as_str(),
];

/// The placeholder's name in Stripe's metadata.
const PLACEHOLDER: &str = "skm_temp_var";

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
            let run = Run { app, transaction: &transaction, account, now: app.clock.now(), fetched_at: fetched.at };
            run.converge(&found, before).await?;
        }
        (None, Some(row)) => vanished(app, &transaction, row, fetched.at).await?,
        (None, None) => {}
    }
    work::finish(&transaction, claim, fetched.at).await?;
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    Ok(())
}

/// One application, with what all its steps need.
struct Run<'a> {
    app: &'a AppState,
    transaction: &'a DatabaseTransaction,
    account: &'a stripe_account::Model,
    now: i64,
    fetched_at: i64,
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
            findings.add(AttentionCode::UnknownStripeStatus, format!("Stripe says {:?}.", subscription.status.as_str()));
        }

        let customer = buyer::resolve(self.transaction, self.now, self.account.id, subscription).await?;
        let customer = customer.or_else(|| before.as_ref().map(|row| CustomerId(row.customer_id)));
        let local = match customer {
            None => {
                self.for_nobody(found, &contract, &groups, &items, &mut findings).await?;
                None
            }
            Some(customer) => {
                let case = Case { found, contract: &contract, products: &products, items: &items, groups: &groups };
                Some(self.for_customer(customer, before, &case, &mut findings).await?)
            }
        };
        findings
            .write(self.transaction, self.now, self.account.id, &subscription.id, customer, local, CODES)
            .await
    }

    async fn products(&self) -> AppResult<HashMap<i64, product::Model>> {
        let rows = plans::all_products(self.transaction).await?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }

    async fn items(&self, subscription: &Subscription, products: &HashMap<i64, product::Model>) -> AppResult<Vec<Item>> {
        let plans = plans::of_account(self.transaction, self.account.id).await?;
        let mirrored = stripe_catalog::product_numbers(self.transaction, self.account.id).await?;
        Ok(items::read(subscription, products, &plans, &mirrored.into_iter().collect()))
    }

    async fn is_ignored(&self, stripe_id: &str) -> AppResult<bool> {
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
            charged: contract::was_charged(found),
            issued: None,
            metadata: Metadata { key_id: None, global_id: None, ..metadata(&subscription.metadata) },
            named: NamedKey::Missing,
            customer_known: false,
            catalogue,
            duplicate: false,
        };
        if let Some(code) = reconcile::decide(&situation).attention {
            let who = buyer::stripe_customer(subscription);
            findings.add(code, format!("Stripe customer {who}. {}", what_is_wrong(items)));
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

        let outcome = self.keys(customer, &row, &items_before, case, findings).await?;
        let lead = outcome.keys.first();
        row.key_pending_since = outcome.pending.then(|| row.key_pending_since.unwrap_or(self.now));
        row.status = contract::standing_status(
            &row,
            lead.map_or(shown.expires.map(Timestamp::millis), |key| key.expires_at),
            lead.and_then(|key| key.extended_until),
            self.now,
        )
        .as_str()
        .to_owned();
        if was.as_ref().is_none_or(|was| differs(was, &row)) {
            row.updated_at = self.now;
        }
        let id = row.id;
        if was.as_ref() != Some(&row) {
            store::save(self.transaction, row).await?;
        }
        if outcome.write_back {
            write_back::enqueue(self.transaction, self.now, id, &outcome.keys).await?;
        }
        self.checkout(customer, subscription, id, &outcome).await?;
        customers::refresh_headline(self.transaction, customer.0).await?;
        Ok(id)
    }

    /// Decides per licensed product, carries it out, and keeps the keys there are in step.
    async fn keys(
        &self,
        customer: CustomerId,
        row: &subscription::Model,
        items_before: &[subscription_item::Model],
        case: &Case<'_>,
        findings: &mut Findings,
    ) -> AppResult<Outcome> {
        let subscription = &*case.found.subscription;
        let ties = subscription_keys::of_subscription(self.transaction, row.id).await?;
        let ignored = self.is_ignored(&subscription.id).await?;
        let placeholder = metadata(&subscription.metadata).placeholder;
        let mut outcome = Outcome::default();
        for (index, group) in case.groups.iter().enumerate() {
            let issued = ties.iter().find(|(tie, _)| tie.product_id == group.product).map(|(_, key)| key.clone());
            let written = if index == 0 {
                metadata(&subscription.metadata)
            } else {
                // The placeholder stands on the subscription; whoever bought the base bought this too.
                Metadata { placeholder: placeholder && issued.is_none(), ..metadata(&group.base.metadata) }
            };
            let named = keys::named(self.transaction, &written, group.product, customer).await?;
            let situation = Situation {
                ignored,
                earns_key: case.contract.status.earns_a_key(),
                ended: case.contract.status.is_final(),
                charged: contract::was_charged(case.found),
                issued: issued.as_ref().map(keys::ids),
                metadata: written,
                named,
                customer_known: true,
                catalogue: group.catalogue(),
                duplicate: self.is_second(customer, group.product, row).await?,
            };
            let decision = reconcile::decide(&situation);
            if let Some(code) = decision.attention {
                findings.add(code, self.detail(code, group, subscription));
            }
            let bought_before = bought(items_before, &ties, group, case.products);
            let done = self.carry_out(customer, row, case, group, &decision, issued, bought_before).await?;
            outcome.write_back |= !matches!(decision.action, Action::Nothing);
            outcome.pending |= done.is_none() && situation.earns_key && !ignored;
            outcome.keys.extend(done);
        }
        self.not_ours(case, ignored, &mut outcome, findings);
        self.end_of_dropped(case, &ties).await?;
        Ok(outcome)
    }

    /// Makes, adopts or keeps the key of a group; `None` where there is none.
    async fn carry_out(
        &self,
        customer: CustomerId,
        row: &subscription::Model,
        case: &Case<'_>,
        group: &Group<'_>,
        decision: &Decision,
        issued: Option<licence_key::Model>,
        bought_before: Vec<(String, i64)>,
    ) -> AppResult<Option<licence_key::Model>> {
        let product = case.products.get(&group.product);
        let entitled = |extended| keys::of_key(case.contract, product, extended, self.now);
        let key = match decision.action {
            Action::Issue => {
                let Some(params) = group.params() else { return Ok(None) };
                let key =
                    keys::issue(self.transaction, self.now, row.id, customer, group, &params, &entitled(None)).await?;
                let name = product.map_or("", |product| product.name.as_str());
                letter::send(self.app, self.transaction, customer, name, &key).await?;
                return Ok(Some(key));
            }
            Action::Adopt(key) => keys::adopt(self.transaction, self.now, row.id, group, key).await?,
            Action::WriteBack(_) | Action::Nothing => match issued {
                Some(key) => key,
                None => return Ok(None),
            },
        };
        // A status nobody knows changes nothing until somebody decides.
        if case.contract.status == StripeStatus::Unknown {
            return Ok(Some(key));
        }
        let changed = (!bought_before.is_empty() && bought_before != group.bought()).then(|| group.params()).flatten();
        if changed.is_some() {
            crate::licensing::issue::set_stripe_item(self.transaction, self.now, key.id, &group.base.stripe_id).await?;
        }
        let entitled = entitled(key.extended_until);
        Ok(Some(keys::keep_in_step(self.transaction, self.now, key, &entitled, changed.as_ref()).await?))
    }

    /// Items of products that are none of ours, beside ours or alone.
    fn not_ours(&self, case: &Case<'_>, ignored: bool, outcome: &mut Outcome, findings: &mut Findings) {
        let earns_key = case.contract.status.earns_a_key();
        if case.groups.is_empty() {
            let situation = Situation {
                ignored,
                earns_key,
                ended: case.contract.status.is_final(),
                charged: contract::was_charged(case.found),
                issued: None,
                metadata: metadata(&case.found.subscription.metadata),
                named: NamedKey::Missing,
                customer_known: true,
                catalogue: Catalogue::NotOurs,
                duplicate: false,
            };
            if let Some(code) = reconcile::decide(&situation).attention {
                findings.add(code, what_is_wrong(case.items));
                outcome.pending |= earns_key && code == AttentionCode::UnknownProduct;
            }
            return;
        }
        let any = case.items.iter().any(|item| matches!(item.buys, Buys::NotOurs { .. }));
        if any && earns_key && !ignored {
            // Beside something licensed, an item that is not is most likely a mistake in the catalogue.
            findings.add(AttentionCode::UnknownProduct, what_is_wrong(case.items));
        }
    }

    /// A product that is no longer paid for: its key ends. Not while anything on the subscription is unclear.
    async fn end_of_dropped(
        &self,
        case: &Case<'_>,
        ties: &[(latchkey_store::entity::subscription_key::Model, licence_key::Model)],
    ) -> AppResult<()> {
        let clear = !case.items.is_empty() && case.items.iter().all(|item| matches!(item.buys, Buys::Licence { .. }));
        if !clear {
            return Ok(());
        }
        for (tie, key) in ties {
            if case.groups.iter().any(|group| group.product == tie.product_id) {
                continue;
            }
            let ended = key.expires_at.map_or(self.now, |expires| Ord::min(expires, self.now));
            let over = Contract {
                status: StripeStatus::Canceled,
                ended_at: Some(Timestamp::from_millis(ended)),
                ..case.contract.clone()
            };
            let entitled = keys::of_key(&over, case.products.get(&tie.product_id), key.extended_until, self.now);
            keys::keep_in_step(self.transaction, self.now, key.clone(), &entitled, None).await?;
        }
        Ok(())
    }

    /// Whether the customer had a live subscription to the same product before this one.
    async fn is_second(&self, customer: CustomerId, product: i64, row: &subscription::Model) -> AppResult<bool> {
        let live = store::live_for_product(self.transaction, customer, product).await?;
        let order = |other: &subscription::Model| (other.created_at, other.id);
        Ok(live.iter().any(|other| other.id != row.id && order(other) < order(row)))
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
        let Some(checkout) = checkouts::find(self.transaction, access, checkout).await? else { return Ok(()) };
        let ready = !outcome.pending && !outcome.keys.is_empty();
        let status = if ready { checkouts::COMPLETE } else { checkouts::PAID };
        if checkout.status == status && checkout.subscription_id == Some(id) || checkout.status == checkouts::COMPLETE {
            return Ok(());
        }
        checkouts::set_outcome(self.transaction, &checkout.id, status, Some(id), None, self.now).await?;
        Ok(())
    }

    fn detail(&self, code: AttentionCode, group: &Group<'_>, subscription: &Subscription) -> String {
        match code {
            AttentionCode::KeyConflict | AttentionCode::DanglingKeyId | AttentionCode::KeyOfAnotherCustomer => {
                let say = |name: &str| subscription.metadata.get(name).map_or("nothing", String::as_str).to_owned();
                format!("Stripe says skm_key_id {} and skm_key_globalid {}.", say("skm_key_id"), say("skm_key_globalid"))
            }
            _ => group.problem().map(|why| format!("Price {}: {why}.", group.base.price)).unwrap_or_default(),
        }
    }
}

/// What Stripe said and what it means here.
struct Case<'a> {
    found: &'a Found,
    contract: &'a Contract,
    products: &'a HashMap<i64, product::Model>,
    items: &'a [Item],
    groups: &'a [Group<'a>],
}

/// What became of the keys.
#[derive(Default)]
struct Outcome {
    keys: Vec<licence_key::Model>,
    /// Something is to be written to Stripe.
    write_back: bool,
    /// A key is owed and not there.
    pending: bool,
}

fn metadata(metadata: &latchkey_stripe::Metadata) -> Metadata<'_> {
    let filled = |name: &str| metadata.get(name).map(String::as_str).filter(|text| !text.trim().is_empty());
    Metadata {
        placeholder: filled(PLACEHOLDER).is_some(),
        key_id: filled("skm_key_id"),
        global_id: filled("skm_key_globalid"),
    }
}

/// Prices and quantities of a group as they were mirrored before; empty where its key is new.
fn bought(
    items_before: &[subscription_item::Model],
    ties: &[(latchkey_store::entity::subscription_key::Model, licence_key::Model)],
    group: &Group<'_>,
    products: &HashMap<i64, product::Model>,
) -> Vec<(String, i64)> {
    if !ties.iter().any(|(tie, _)| tie.product_id == group.product) {
        return Vec::new();
    }
    let is_extra = |id: i64| products.get(&id).is_some_and(|product| product.kind == "extra");
    let joined = |id: i64| id == group.product || is_extra(id) && group.extras.iter().any(|item| item.product() == Some(id));
    let mut bought: Vec<_> = items_before
        .iter()
        .filter(|item| item.product_id.is_some_and(joined))
        .map(|item| (item.stripe_price.clone().unwrap_or_default(), item.quantity))
        .collect();
    bought.sort();
    bought
}

fn what_is_wrong(items: &[Item]) -> String {
    let problem = items.iter().find_map(|item| match &item.buys {
        Buys::NotOurs { why } | Buys::BadPrice { why, .. } => Some(format!("Price {}: {why}.", item.price)),
        Buys::Licence { .. } => None,
    });
    problem.unwrap_or_default()
}

/// Whether more than the time of fetching changed.
fn differs(before: &subscription::Model, after: &subscription::Model) -> bool {
    let same_time = subscription::Model { fetched_at: after.fetched_at, ..before.clone() };
    same_time != *after
}

/// Stripe no longer has it: what it paid for ends now.
async fn vanished(
    app: &AppState,
    transaction: &DatabaseTransaction,
    mut row: subscription::Model,
    fetched_at: i64,
) -> AppResult<()> {
    let now = app.clock.now();
    let already = row.stripe_status.as_deref() == Some(StripeStatus::Canceled.as_str());
    row.fetched_at = Some(fetched_at);
    if !already {
        row.stripe_status = Some(StripeStatus::Canceled.as_str().to_owned());
        row.ended_at = Some(now);
        row.cancels_at = None;
        row.key_pending_since = None;
        row.updated_at = now;
    }
    let ties = subscription_keys::of_subscription(transaction, row.id).await?;
    let mut lead = None;
    for (_, key) in ties {
        let end = Timestamp::from_millis(row.ended_at.unwrap_or(now));
        let mut entitled = latchkey_engine::entitlement::Entitlement {
            issue_key: false,
            access: Entitled::Ended,
            paid_through: row.paid_through.map(Timestamp::from_millis),
            expires: Some(key.expires_at.map_or(end, |expires| Timestamp::from_millis(expires).min(end))),
            ends_at: None,
            reasons: Vec::new(),
        };
        if let Some(extended) = key.extended_until.filter(|until| *until > now) {
            entitled.access = Entitled::Active;
            entitled.expires = Some(Timestamp::from_millis(extended));
        }
        lead = Some(keys::keep_in_step(transaction, now, key, &entitled, None).await?);
    }
    let lead = lead.as_ref();
    let status = contract::standing_status(
        &row,
        lead.and_then(|key| key.expires_at),
        lead.and_then(|key| key.extended_until),
        now,
    );
    row.status = status.as_str().to_owned();
    let customer = row.customer_id;
    store::save(transaction, row).await?;
    customers::refresh_headline(transaction, customer).await?;
    Ok(())
}
