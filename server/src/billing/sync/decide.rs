//! Deciding per licensed product what to do, and doing it.

use std::collections::HashMap;

use latchkey_engine::{
    entitlement::Contract,
    reconcile::{self, Action, Catalogue, Metadata, NamedKey, Situation},
    stripe_status::StripeStatus,
};
use latchkey_shared::{attention::AttentionCode, ids::CustomerId, time::Timestamp};
use latchkey_store::{
    entity::{licence_key, product, subscription, subscription_item, subscription_key},
    subscription_keys, subscriptions as store,
};
use latchkey_stripe::{StripeClient, StripeError, Subscription};

use super::{
    apply::{Case, Outcome, Run},
    attend::Findings,
    contract,
    items::{Buys, Group, Item},
    keys, letter,
};
use crate::{error::AppResult, licensing::issue};

/// The placeholder's name in Stripe's metadata.
const PLACEHOLDER: &str = "skm_temp_var";

/// A key and what ties it to its subscription.
pub(super) type Tied = (subscription_key::Model, licence_key::Model);

/// Whose subscription it is, and what was here before.
pub(super) struct Holder<'a> {
    pub(super) customer: CustomerId,
    pub(super) row: &'a subscription::Model,
    pub(super) items_before: &'a [subscription_item::Model],
    pub(super) ties: &'a [Tied],
}

impl Holder<'_> {
    /// The key that was issued for a product.
    fn issued(&self, product: i64) -> Option<&licence_key::Model> {
        self.ties.iter().find(|(tie, _)| tie.product_id == product).map(|(_, key)| key)
    }

    /// The key of a product that Stripe has not been told of, as far as is known here.
    fn untold(&self, product: i64) -> Option<i64> {
        let mut ties = self.ties.iter().map(|(tie, _)| tie);
        ties.find(|tie| tie.product_id == product && tie.written_back_at.is_none()).map(|tie| tie.key_id)
    }

    /// Whether a person decided for the key of a product, against what the metadata say.
    fn overrules(&self, product: i64, metadata: &Metadata<'_>) -> bool {
        let tie = self.ties.iter().map(|(tie, _)| tie).find(|tie| tie.product_id == product);
        let against = tie.and_then(|tie| tie.overrules.as_deref()).unwrap_or_default();
        let now = numbers(metadata);
        against.split(' ').any(|numbers| numbers == now)
    }

    /// Whether the metadata name a key of this very subscription, as after a change to another product.
    fn is_own(&self, metadata: &Metadata<'_>) -> bool {
        let is = |text: &str, number: i64| text.trim().parse() == Ok(number);
        self.ties.iter().any(|(_, key)| match (metadata.global_id, metadata.key_id) {
            (Some(id), _) => is(id, key.id),
            (None, Some(id)) => is(id, key.number),
            (None, None) => false,
        })
    }
}

impl Run<'_> {
    /// Decides per licensed product, carries it out, and keeps the keys there are in step.
    pub(super) async fn keys(
        &self,
        holder: &Holder<'_>,
        case: &Case<'_>,
        findings: &mut Findings,
    ) -> AppResult<Outcome> {
        let subscription = &*case.found.subscription;
        let ignored = self.is_ignored(&subscription.id).await?;
        let charged = self.is_charged(case.found).await?;
        let earns_key = case.contract.status.earns_a_key();
        let since = contract::began(subscription).saturating_mul(1_000);
        let by_hand = subscription_keys::made_by_hand(self.transaction, holder.customer, since).await?;
        let groups = groups(holder, case, &by_hand);
        let mut outcome = Outcome::default();
        for (index, group) in groups.iter().enumerate() {
            let written = written(holder, subscription, group, index == 0);
            let earlier = self.earlier(holder, group.product).await?;
            let situation = Situation {
                ignored,
                earns_key,
                ended: case.contract.status.is_final(),
                charged,
                issued: holder.issued(group.product).map(keys::ids),
                metadata: written,
                overruled: holder.overrules(group.product, &written),
                made_by_hand: by_hand.iter().find(|key| key.product_id == group.product).map(keys::ids),
                named: keys::named(self.transaction, &written, group.product, holder.customer).await?,
                customer_known: true,
                catalogue: group.catalogue(),
                duplicate: earlier.is_some(),
            };
            let decision = reconcile::decide(&situation);
            if let Some(code) = decision.attention {
                findings.add(code, detail(code, group, subscription, earlier.as_ref()));
            }
            let key = self.carry_out(holder, case, group, decision.action).await?;
            outcome.write_back |= !matches!(decision.action, Action::Nothing);
            outcome.told.extend(holder.untold(group.product).filter(|_| !ignored && decision.is_settled()));
            outcome.pending |= key.is_none() && earns_key && !ignored;
            if index == 0 {
                outcome.base = key;
            } else {
                outcome.others.extend(key);
            }
        }
        if groups.is_empty() {
            nothing_licensed(case, (ignored, charged), &mut outcome, findings);
        } else if !case.groups.is_empty() && earns_key && !ignored {
            odd_items(case.items, findings);
        }
        self.end_of_dropped(holder, case).await?;
        Ok(outcome)
    }

    /// Makes, adopts or keeps the key of a group; `None` where there is none.
    async fn carry_out(
        &self,
        holder: &Holder<'_>,
        case: &Case<'_>,
        group: &Group<'_>,
        action: Action,
    ) -> AppResult<Option<licence_key::Model>> {
        let product = case.products.get(&group.product);
        let entitled = |extended| keys::of_key(case.contract, product, extended, self.now);
        let key = match action {
            Action::Issue => {
                let Some(params) = group.params() else { return Ok(None) };
                let buyer = (holder.customer, holder.row.id);
                let key =
                    keys::issue(self.transaction, self.now, buyer, group, &params, &entitled(None)).await?;
                let name = product.map_or("", |product| product.name.as_str());
                letter::send(self.app, self.transaction, holder.customer, name, &key).await?;
                return Ok(Some(key));
            }
            Action::Adopt(key) => keys::adopt(self.transaction, self.now, holder.row.id, group, key).await?,
            Action::WriteBack(_) | Action::Nothing => match holder.issued(group.product) {
                Some(key) => key.clone(),
                None => return Ok(None),
            },
        };
        // A status nobody knows changes nothing until somebody decides.
        if case.contract.status == StripeStatus::Unknown {
            return Ok(Some(key));
        }
        let bought_before = bought(holder, group, case.products);
        let changed =
            (!bought_before.is_empty() && bought_before != group.bought()).then(|| group.params()).flatten();
        if changed.is_some() {
            issue::set_stripe_item(self.transaction, self.now, key.id, &group.base.stripe_id).await?;
        }
        let entitled = entitled(key.extended_until);
        Ok(Some(
            keys::keep_in_step(
                self.transaction,
                (self.now, &keys::origin()),
                key,
                &entitled,
                changed.as_ref(),
            )
            .await?,
        ))
    }

    /// A product that is no longer paid for: its key ends. Not while anything on the subscription is unclear.
    async fn end_of_dropped(&self, holder: &Holder<'_>, case: &Case<'_>) -> AppResult<()> {
        let clear =
            !case.items.is_empty() && case.items.iter().all(|item| matches!(item.buys, Buys::Licence { .. }));
        if !clear {
            return Ok(());
        }
        for (tie, key) in holder.ties {
            if case.groups.iter().any(|group| group.product == tie.product_id) {
                continue;
            }
            let ended = key.expires_at.map_or(self.now, |expires| Ord::min(expires, self.now));
            let over = Contract {
                status: StripeStatus::Canceled,
                ended_at: Some(Timestamp::from_millis(ended)),
                ..case.contract.clone()
            };
            let entitled =
                keys::of_key(&over, case.products.get(&tie.product_id), key.extended_until, self.now);
            keys::keep_in_step(self.transaction, (self.now, &keys::origin()), key.clone(), &entitled, None)
                .await?;
        }
        Ok(())
    }

    /// The live subscription to the same product that the customer had before this one.
    async fn earlier(&self, holder: &Holder<'_>, product: i64) -> AppResult<Option<subscription::Model>> {
        let live = store::live_for_product(self.transaction, holder.customer, product).await?;
        let order = |other: &subscription::Model| (other.created_at, other.id);
        Ok(live.into_iter().find(|other| other.id != holder.row.id && order(other) < order(holder.row)))
    }
}

/// What stands at Stripe for a group: on the subscription for the base, else on its item.
fn written<'a>(
    holder: &Holder<'_>,
    subscription: &'a Subscription,
    group: &Group<'a>,
    is_base: bool,
) -> Metadata<'a> {
    let on_subscription = metadata(&subscription.metadata);
    let missing = holder.issued(group.product).is_none();
    let written = if is_base {
        on_subscription
    } else {
        // The placeholder stands on the subscription; whoever bought the base bought this too.
        Metadata { placeholder: on_subscription.placeholder && missing, ..metadata(&group.base.metadata) }
    };
    if missing && holder.is_own(&written) {
        return Metadata { key_id: None, global_id: None, ..written };
    }
    written
}

/// Nothing of what is paid for is known here.
fn nothing_licensed(
    case: &Case<'_>,
    (ignored, charged): (bool, bool),
    outcome: &mut Outcome,
    findings: &mut Findings,
) {
    let earns_key = case.contract.status.earns_a_key();
    let situation = Situation {
        ignored,
        earns_key,
        ended: case.contract.status.is_final(),
        charged,
        issued: None,
        metadata: metadata(&case.found.subscription.metadata),
        overruled: false,
        named: NamedKey::Missing,
        made_by_hand: None,
        customer_known: true,
        catalogue: Catalogue::NotOurs,
        duplicate: false,
    };
    if let Some(code) = reconcile::decide(&situation).attention {
        findings.add(code, what_is_wrong(case.items));
        outcome.pending |= earns_key && code == AttentionCode::UnknownProduct;
    }
}

/// The items that make keys. Where nothing bought is known here, what a person decided for: the keys that are
/// tied, or the one key that staff made by hand.
fn groups<'a>(holder: &Holder<'_>, case: &Case<'a>, by_hand: &[licence_key::Model]) -> Vec<Group<'a>> {
    let Some(first) = case.items.first().filter(|_| case.groups.is_empty()) else {
        return case.groups.to_vec();
    };
    let mut products: Vec<i64> = holder.ties.iter().map(|(tie, _)| tie.product_id).collect();
    if let ([], [only]) = (products.as_slice(), by_hand) {
        products.push(only.product_id);
    }
    products.into_iter().map(|product| Group { product, base: first, extras: Vec::new() }).collect()
}

/// Beside something licensed, an item that is not is most likely a mistake in the catalogue.
fn odd_items(items: &[Item], findings: &mut Findings) {
    if items.iter().any(|item| matches!(item.buys, Buys::NotOurs { .. })) {
        findings.add(AttentionCode::UnknownProduct, what_is_wrong(items));
    }
}

/// What stands in the metadata, in one word: what a person can decide against.
fn numbers(metadata: &Metadata<'_>) -> String {
    format!("{}/{}", metadata.key_id.unwrap_or_default(), metadata.global_id.unwrap_or_default())
}

/// All numbers of keys that a subscription and its items name at Stripe, for [`Holder::overrules`].
pub async fn numbers_at_stripe(client: &StripeClient, subscription: &str) -> Result<String, StripeError> {
    let found = client.subscription(subscription, &[]).await?;
    let of_items = found.items.data.iter().map(|item| numbers(&metadata(&item.metadata)));
    let all: Vec<String> = std::iter::once(numbers(&metadata(&found.metadata))).chain(of_items).collect();
    Ok(all.join(" "))
}

fn detail(
    code: AttentionCode,
    group: &Group<'_>,
    subscription: &Subscription,
    earlier: Option<&subscription::Model>,
) -> String {
    match (code, earlier) {
        (AttentionCode::DuplicateSubscription, Some(earlier)) => {
            let at_stripe = earlier.stripe_id.as_deref().map(|id| format!(" ({id})")).unwrap_or_default();
            format!("Subscription {}{at_stripe} pays for the same product already.", earlier.id)
        }
        (
            AttentionCode::KeyConflict | AttentionCode::DanglingKeyId | AttentionCode::KeyOfAnotherCustomer,
            _,
        ) => {
            let say =
                |name: &str| subscription.metadata.get(name).map_or("nothing", String::as_str).to_owned();
            format!(
                "Stripe says skm_key_id {} and skm_key_globalid {}.",
                say("skm_key_id"),
                say("skm_key_globalid")
            )
        }
        _ => group.problem().map(|why| format!("Price {}: {why}.", group.base.price)).unwrap_or_default(),
    }
}

pub(super) fn metadata(metadata: &latchkey_stripe::Metadata) -> Metadata<'_> {
    let filled = |name: &str| metadata.get(name).map(String::as_str).filter(|text| !text.trim().is_empty());
    Metadata {
        placeholder: filled(PLACEHOLDER).is_some(),
        key_id: filled("skm_key_id"),
        global_id: filled("skm_key_globalid"),
    }
}

/// Prices and quantities of a group as they were mirrored before; empty where its key is new.
fn bought(
    holder: &Holder<'_>,
    group: &Group<'_>,
    products: &HashMap<i64, product::Model>,
) -> Vec<(String, i64)> {
    if holder.issued(group.product).is_none() {
        return Vec::new();
    }
    let is_extra = |id: i64| products.get(&id).is_some_and(product::Model::is_extra);
    let joined = |id: i64| {
        id == group.product || is_extra(id) && group.extras.iter().any(|item| item.product() == Some(id))
    };
    let mut bought: Vec<_> = holder
        .items_before
        .iter()
        .filter(|item| item.product_id.is_some_and(joined))
        .map(|item| (item.stripe_price.clone().unwrap_or_default(), item.quantity))
        .collect();
    bought.sort();
    bought
}

/// What of the items is not understood, in words.
pub(super) fn what_is_wrong(items: &[Item]) -> String {
    let problem = items.iter().find_map(|item| match &item.buys {
        Buys::NotOurs { why } | Buys::BadPrice { why, .. } => Some(format!("Price {}: {why}.", item.price)),
        Buys::Licence { .. } => None,
    });
    problem.unwrap_or_default()
}
