//! What a customer can choose beside what they have, and what is asked for then.

use std::collections::BTreeMap;

use latchkey_shared::{
    api::{
        catalog::Interval,
        changes::{ChangeOptions, HeldItem, WantedItem},
    },
    ids::{PlanId, ProductId},
    money::Money,
};

/// Which extra products are wanted, each in which plan.
pub type Wanted = BTreeMap<ProductId, PlanId>;

/// An extra product in a plan that goes with the base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extra {
    pub product: ProductId,
    pub plan: PlanId,
    pub product_name: String,
    pub plan_name: String,
    pub price: Option<Money>,
    pub interval: Option<Interval>,
    /// How many pieces the customer has, of whichever plan.
    pub held: u32,
}

/// A subscription that can be changed here, and what to.
#[derive(Clone, Debug)]
pub struct Offer {
    options: ChangeOptions,
    base: HeldItem,
    held_plan: PlanId,
}

impl Offer {
    /// Nothing where a change here would lose what cannot be named again.
    pub fn new(options: ChangeOptions) -> Option<Self> {
        let named = |item: &HeldItem| item.plan.is_some() && item.product.is_some();
        let mut bases = options.items.iter().filter(|item| item.is_base);
        let (base, further) = (bases.next()?.clone(), bases.next());
        let can = options.can_change && further.is_none() && options.items.iter().all(named);
        let held_plan = base.plan?;
        can.then_some(Self { options, base, held_plan })
    }

    pub const fn base(&self) -> &HeldItem {
        &self.base
    }

    /// The plan that is held.
    pub const fn held_plan(&self) -> PlanId {
        self.held_plan
    }

    /// Other plans of the same product; the one that is held among them, as long as it is offered.
    pub fn bases(&self) -> impl Iterator<Item = &latchkey_shared::api::catalog::Plan> {
        let product = self.base.product;
        let bases = self.options.plans.iter().filter(|option| option.is_base).map(|option| &option.plan);
        bases.filter(move |plan| Some(plan.product) == product)
    }

    /// The extras that are held now.
    pub fn held(&self) -> Wanted {
        self.held_extras().filter_map(|item| item.product.zip(item.plan)).collect()
    }

    /// What can be had with a plan: extras are paid in the rhythm of the base.
    pub fn extras(&self, base: PlanId) -> Vec<Extra> {
        let rhythm = self.bases().find(|plan| plan.id == base).map(|plan| &plan.interval);
        let offered = self.options.plans.iter().filter(|option| !option.is_base).map(|option| &option.plan);
        let mut extras: Vec<Extra> = offered
            .filter(|plan| rhythm.is_none_or(|rhythm| plan.interval == *rhythm))
            .map(|plan| Extra {
                product: plan.product,
                plan: plan.id,
                product_name: plan.product_name.clone(),
                plan_name: plan.name.clone(),
                price: Some(plan.price),
                interval: Some(plan.interval.clone()),
                held: self.pieces(plan.product),
            })
            .collect();
        if base == self.held_plan {
            // What is not offered any more can be kept.
            let kept = self.held_extras().filter_map(|item| {
                Some(Extra {
                    product: item.product?,
                    plan: item.plan.filter(|plan| !extras.iter().any(|extra| extra.plan == *plan))?,
                    product_name: item.product_name.clone(),
                    plan_name: item.plan_name.clone(),
                    price: item.price,
                    interval: None,
                    held: item.quantity,
                })
            });
            let kept: Vec<Extra> = kept.collect();
            extras.extend(kept);
        }
        extras
    }

    /// What is to be held afterwards, the base first; nothing where that is what is held already.
    pub fn ask(&self, base: PlanId, wanted: &Wanted) -> Option<Vec<WantedItem>> {
        let extras = self.extras(base);
        let mut items = vec![WantedItem { plan: base, quantity: self.base.quantity.max(1) }];
        let chosen = extras.iter().filter(|extra| is_wanted(extra, &extras, wanted));
        items.extend(chosen.map(|extra| WantedItem { plan: extra.plan, quantity: extra.held.max(1) }));
        let held = |item: &WantedItem| {
            self.options
                .items
                .iter()
                .any(|held| held.plan == Some(item.plan) && held.quantity.max(1) == item.quantity)
        };
        let same = items.len() == self.options.items.len() && items.iter().all(held);
        (!same).then_some(items)
    }

    fn held_extras(&self) -> impl Iterator<Item = &HeldItem> {
        self.options.items.iter().filter(|item| !item.is_base)
    }

    fn pieces(&self, product: ProductId) -> u32 {
        self.held_extras().find(|item| item.product == Some(product)).map_or(0, |item| item.quantity)
    }
}

/// Whether an extra is chosen. One whose plan has another rhythm than the base is chosen in the first that fits.
pub fn is_wanted(extra: &Extra, among: &[Extra], wanted: &Wanted) -> bool {
    let Some(plan) = wanted.get(&extra.product) else { return false };
    let mut same = among.iter().filter(|other| other.product == extra.product);
    if same.clone().any(|other| other.plan == *plan) {
        return extra.plan == *plan;
    }
    same.next().is_some_and(|first| first.plan == extra.plan)
}

#[cfg(test)]
mod tests {
    use latchkey_shared::{
        api::{
            catalog::{IntervalUnit, Plan},
            changes::OptionPlan,
        },
        ids::SubscriptionId,
        money::Currency,
    };

    use super::*;

    fn plan(id: i64, product: i64, unit: IntervalUnit) -> OptionPlan {
        let plan = Plan {
            id: id.into(),
            product: product.into(),
            product_name: format!("Product {product}"),
            name: format!("Plan {id}"),
            price: Money::new(id * 100, Currency::EUR),
            interval: Interval { unit, count: 1 },
            trial_days: 0,
            includes: Vec::new(),
            stripe_price: None,
            stripe_url: None,
            offered: true,
        };
        OptionPlan { plan, is_base: product < 10 }
    }

    fn held(plan: i64, product: i64, quantity: u32) -> HeldItem {
        HeldItem {
            plan: Some(plan.into()),
            product: Some(product.into()),
            product_name: String::new(),
            plan_name: String::new(),
            quantity,
            is_base: product < 10,
            price: None,
            own_price: None,
        }
    }

    /// Monthly and yearly plans of a base (1, 2), of the extra 10 (3, 4) and monthly ones of the extra 11 (5, 6).
    fn options(items: Vec<HeldItem>) -> ChangeOptions {
        use IntervalUnit::{Month, Year};
        ChangeOptions {
            subscription: SubscriptionId(1),
            is_offline: true,
            items,
            plans: vec![
                plan(1, 1, Month),
                plan(2, 1, Year),
                plan(3, 10, Month),
                plan(4, 10, Year),
                plan(5, 11, Month),
                plan(6, 11, Month),
                plan(7, 2, Month),
            ],
            pending: None,
            paid_through: None,
            extended_until: None,
            balance: None,
            auto_renew: false,
            can_change: true,
            can_renew: false,
            can_extend: false,
            can_pause: false,
            can_resume: false,
            can_cancel: false,
            can_undo: false,
        }
    }

    fn asked(offer: &Offer, base: i64, wanted: &Wanted) -> Option<Vec<(i64, u32)>> {
        let items = offer.ask(base.into(), wanted)?;
        Some(items.into_iter().map(|item| (item.plan.0, item.quantity)).collect())
    }

    fn plans(extras: &[Extra]) -> Vec<i64> {
        extras.iter().map(|extra| extra.plan.0).collect()
    }

    #[test]
    fn extras_are_added_and_dropped_one_by_one() {
        let offer = Offer::new(options(vec![held(1, 1, 1), held(3, 10, 2)])).unwrap();
        assert_eq!(offer.bases().map(|plan| plan.id.0).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(plans(&offer.extras(1.into())), [3, 5, 6]);
        let mut wanted = offer.held();
        assert_eq!(asked(&offer, 1, &wanted), None, "as it is");
        wanted.insert(11.into(), 6.into());
        assert_eq!(asked(&offer, 1, &wanted).unwrap(), [(1, 1), (3, 2), (6, 1)], "the pieces stay");
        wanted.remove(&10.into());
        assert_eq!(asked(&offer, 1, &wanted).unwrap(), [(1, 1), (6, 1)]);
    }

    #[test]
    fn with_another_rhythm_an_extra_goes_along_where_there_is_a_plan_for_it() {
        let offer = Offer::new(options(vec![held(1, 1, 1), held(3, 10, 2), held(5, 11, 1)])).unwrap();
        assert_eq!(plans(&offer.extras(2.into())), [4]);
        assert_eq!(asked(&offer, 2, &offer.held()).unwrap(), [(2, 1), (4, 2)]);
    }

    #[test]
    fn what_is_not_offered_any_more_can_be_kept_or_dropped() {
        let offer = Offer::new(options(vec![held(8, 1, 3), held(9, 12, 1)])).unwrap();
        assert_eq!(plans(&offer.extras(8.into())), [3, 4, 5, 6, 9]);
        assert_eq!(asked(&offer, 8, &offer.held()), None);
        assert_eq!(asked(&offer, 8, &Wanted::new()).unwrap(), [(8, 3)]);
        assert_eq!(asked(&offer, 1, &offer.held()).unwrap(), [(1, 3)], "it goes with the old plan");
    }

    #[test]
    fn what_cannot_be_named_again_is_not_changed_here() {
        assert!(
            Offer::new(options(vec![held(1, 1, 1), HeldItem { plan: None, ..held(0, 10, 1) }])).is_none()
        );
        assert!(Offer::new(options(vec![held(1, 1, 1), held(7, 2, 1)])).is_none(), "two bases");
        assert!(Offer::new(options(Vec::new())).is_none());
        let refused = ChangeOptions { can_change: false, ..options(vec![held(1, 1, 1)]) };
        assert!(Offer::new(refused).is_none());
    }
}
