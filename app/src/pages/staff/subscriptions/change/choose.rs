//! What is chosen: preselected with what the customer has.

use latchkey_shared::{
    api::changes::{AskChange, ChangeAction, ChangeOptions, ChangePreview, ChangeWhen, OptionPlan},
    change::{Direction, RenewFrom},
    permission::Permission,
    text::changes as text,
};
use leptos::prelude::*;

use super::super::extras::{Extra, wanted};
use crate::{
    components::{CheckboxField, Choice, ChoiceCards, NumberField, SelectField, format_money},
    pages::staff::show::{every, may},
};

/// Signals of the left column. A copyable handle.
#[derive(Clone, Copy)]
pub struct Choices {
    action: ChangeAction,
    plan: RwSignal<String>,
    quantity: RwSignal<Option<i64>>,
    extras: StoredValue<Vec<Extra>>,
    when: RwSignal<String>,
    /// What [`Self::follow`] set last; another value is the person's own.
    suggested: RwSignal<String>,
    from: RwSignal<String>,
    pub waive: RwSignal<bool>,
}

impl Choices {
    pub fn new(action: ChangeAction, options: &ChangeOptions) -> Self {
        let base = options.items.iter().find(|item| item.is_base);
        let plan = base.and_then(|item| item.plan).map_or(String::new(), |plan| plan.to_string());
        let extra = |option: &OptionPlan| {
            let held = options.items.iter().find(|item| item.plan == Some(option.plan.id));
            Extra::new(option.plan.id.0, held.map(|item| item.quantity))
        };
        let now = ChangeWhen::Now.as_str().to_owned();
        Self {
            action,
            plan: RwSignal::new(plan),
            quantity: RwSignal::new(Some(base.map_or(1, |item| i64::from(item.quantity)))),
            extras: StoredValue::new(options.plans.iter().filter(|plan| !plan.is_base).map(extra).collect()),
            when: RwSignal::new(now.clone()),
            suggested: RwSignal::new(now),
            from: RwSignal::new(RenewFrom::default().as_str().to_owned()),
            waive: RwSignal::new(false),
        }
    }

    /// What is asked for, tracked; nothing while a number is missing.
    pub fn ask(self) -> Option<AskChange> {
        let base = self.plan.with(|plan| plan.parse::<i64>().ok())?;
        let mut items = vec![wanted(base, self.quantity.get())?];
        for extra in self.extras.get_value() {
            if extra.is_on() {
                items.push(extra.wanted()?);
            }
        }
        Some(AskChange {
            action: self.action,
            items,
            when: self.when.with(|when| ChangeWhen::parse(when)).unwrap_or_default(),
            from: self.from.with(|from| RenewFrom::parse(from)).unwrap_or_default(),
            waive: self.waive.get(),
            ..AskChange::default()
        })
    }

    /// Suggests the end of the paid time for what gets cheaper, and now for the rest, until the person decides.
    pub fn follow(self, shown: Signal<Option<ChangePreview>>) {
        if self.action != ChangeAction::Change {
            return;
        }
        let direction = Memo::new(move |_| shown.with(|shown| shown.as_ref().map(|shown| shown.direction)));
        Effect::new(move |_| {
            let Some(direction) = direction.get() else { return };
            let better =
                if direction == Direction::Downgrade { ChangeWhen::PeriodEnd } else { ChangeWhen::Now };
            let untouched = self.when.get_untracked() == self.suggested.get_untracked();
            if untouched && self.when.get_untracked() != better.as_str() {
                self.suggested.set(better.as_str().to_owned());
                self.when.set(better.as_str().to_owned());
            }
        });
    }

    pub fn draw(self, options: &ChangeOptions) -> AnyView {
        let held = options.items.iter().filter_map(|item| item.plan).collect::<Vec<_>>();
        let choice = |option: &OptionPlan| {
            let plan = &option.plan;
            let price = format_money(plan.price.minor, plan.price.currency.code());
            let label = format!("{} · {}", plan.product_name, plan.name);
            let has = if held.contains(&plan.id) { format!(" · {}", text::NOW_HAS) } else { String::new() };
            Choice::new(plan.id.to_string(), label).note(format!("{price} {}{has}", every(&plan.interval)))
        };
        let mut bases: Vec<Choice> = options.plans.iter().filter(|plan| plan.is_base).map(choice).collect();
        // What is held and not offered any more can be kept.
        for item in options.items.iter().filter(|item| item.is_base) {
            let Some(plan) =
                item.plan.filter(|plan| !options.plans.iter().any(|option| option.plan.id == *plan))
            else {
                continue;
            };
            let label = format!("{} · {}", item.product_name, item.plan_name);
            bases.insert(0, Choice::new(plan.to_string(), label).note(text::NOW_HAS));
        }
        let extras = options.plans.iter().filter(|plan| !plan.is_base).zip(self.extras.get_value());
        let extras: Vec<AnyView> = extras
            .map(|(option, extra)| {
                let shown = choice(option);
                extra.draw([&shown.label, " · ", shown.note.as_deref().unwrap_or_default()].concat())
            })
            .collect();
        let extras = (!extras.is_empty()).then(|| view! { <h3>{text::EXTRAS}</h3> {extras} });
        view! {
            <div class="stack">
                <ChoiceCards name="plan" label=text::PLAN value=self.plan options=Signal::stored(bases) />
                <NumberField name="quantity" label=text::QUANTITY value=self.quantity min=1 max=10_000 />
                {extras}
                {self.draw_when()}
                {self.draw_waive(options)}
            </div>
        }
        .into_any()
    }

    fn draw_when(self) -> AnyView {
        if self.action == ChangeAction::Renew {
            let options = RenewFrom::ALL
                .iter()
                .map(|from| Choice::new(from.as_str(), from.label()))
                .collect::<Vec<_>>();
            return view! {
                <SelectField name="from" label=text::FROM value=self.from options=Signal::stored(options) />
            }
            .into_any();
        }
        let options = vec![
            Choice::new(ChangeWhen::Now.as_str(), text::NOW).note(text::NOW_NOTE),
            Choice::new(ChangeWhen::PeriodEnd.as_str(), text::PERIOD_END).note(text::PERIOD_END_NOTE),
        ];
        view! { <ChoiceCards name="when" label=text::WHEN value=self.when options=Signal::stored(options) /> }
            .into_any()
    }

    fn draw_waive(self, options: &ChangeOptions) -> AnyView {
        if !options.is_offline || !may(Permission::MoneyWrite) {
            return ().into_any();
        }
        view! {
            <CheckboxField name="waive" value=self.waive help=text::WAIVE_HELP>
                {text::WAIVE}
            </CheckboxField>
        }
        .into_any()
    }
}
