//! What is arranged about a subscription that is billed offline: the balance, renewals from it, prices of its own.

use latchkey_shared::{
    api::changes::{ChangeOptions, HeldItem, SetAutoRenew, SetOwnPrice},
    ids::{PlanId, SubscriptionId},
    money::{Currency, Money},
    permission::Permission,
    text::changes as text,
};
use leptos::prelude::*;

use super::fields::reason_field;
use crate::{
    api::{Load, changes, use_sender},
    components::{
        Button, ButtonRow, Card, Choice, Dialog, Fact, Facts, Form, FormErrors, SelectField, Switch,
        TextField, use_toasts,
    },
    pages::staff::{
        save_row::DialogSaveRow,
        show::{self, may},
    },
};

/// The card; nothing where Stripe bills it.
pub fn card(id: SubscriptionId, options: Load<ChangeOptions>) -> AnyView {
    let is_offline = Memo::new(move |_| options.with(|options| options.is_some_and(|own| own.is_offline)));
    let draw = move || is_offline.get().then(|| view! { <OfflineCard id options /> });
    view! { {draw} }.into_any()
}

#[component]
fn OfflineCard(id: SubscriptionId, options: Load<ChangeOptions>) -> impl IntoView {
    let (sender, toasts) = (use_sender(), use_toasts());
    let asking = RwSignal::new(false);
    let on = Signal::derive(move || options.with(|options| options.is_some_and(|own| own.auto_renew)));
    let toggle = move |on: bool| {
        sender.press(changes::set_auto_renew(id, SetAutoRenew { on }), move |changed: ChangeOptions| {
            options.set(changed);
            toasts.good(if on { text::RENEWS_ON } else { text::RENEWS_OFF });
        });
    };
    let facts = move || {
        let own = options.get()?;
        let balance = own.balance.map(|left| view! { <Fact label=text::BALANCE>{show::money(left)}</Fact> });
        let priced = |item: &HeldItem| {
            let label = [text::OWN_PRICE, ", ", &item.product_name, " · ", &item.plan_name].concat();
            item.own_price.map(|price| view! { <Fact label>{show::money(price)}</Fact> })
        };
        let prices = own.items.iter().filter_map(priced).collect_view();
        Some(view! { <Facts>{balance} {prices}</Facts> })
    };
    let button = may(Permission::MoneyWrite).then(|| {
        view! {
            <ButtonRow>
                <Button on_press=move || asking.set(true)>{text::SET_OWN_PRICE}</Button>
            </ButtonRow>
        }
    });
    view! {
        <Card title=text::ARRANGED>
            {facts}
            <Switch
                label=text::RENEWS
                help=text::RENEWS_HELP
                on
                on_toggle=toggle
                disabled=Signal::stored(!may(Permission::SubscriptionsWrite))
            />
            {button}
        </Card>
        <Dialog open=asking title=text::OWN_PRICE_TITLE>
            {move || untrack(|| options.get()).map(|own| price_form(&own, asking, options))}
        </Dialog>
    }
    .into_any()
}

fn price_form(own: &ChangeOptions, open: RwSignal<bool>, options: Load<ChangeOptions>) -> AnyView {
    let id = own.subscription;
    let items: Vec<(PlanId, String, Option<Money>, Currency)> = own
        .items
        .iter()
        .filter_map(|item| {
            let name = [item.product_name.as_str(), " · ", &item.plan_name].concat();
            Some((item.plan?, name, item.own_price, item.price?.currency))
        })
        .collect();
    let Some((first, _, price, currency)) = items.first().cloned() else { return ().into_any() };
    let plan = RwSignal::new(first.to_string());
    let typed = RwSignal::new(price.map(Money::to_decimal).unwrap_or_default());
    let reason = RwSignal::new(String::new());
    let (errors, sender, toasts) = (FormErrors::new(), use_sender(), use_toasts());
    let choices: Vec<Choice> = items.iter().map(|(id, name, ..)| Choice::new(id.to_string(), name)).collect();
    let submit = move || {
        let amount = typed.with_untracked(|typed| typed.trim().to_owned());
        let price = match Money::parse_decimal(&amount, currency) {
            _ if amount.is_empty() => None,
            Ok(price) if !price.is_negative() => Some(price.minor),
            _ => {
                errors.set("price", text::OWN_PRICE_WRONG);
                None
            }
        };
        let reason = reason.get_untracked();
        if reason.trim().is_empty() {
            errors.set("reason", text::REASON_MISSING);
        }
        if !errors.settle() {
            return;
        }
        let plan = plan.with_untracked(|plan| plan.parse::<i64>()).unwrap_or_default();
        let form = SetOwnPrice { plan: plan.into(), price, reason };
        sender.submit(errors, changes::set_own_price(id, &form), move |changed| {
            open.set(false);
            options.set(changed);
            toasts.good(text::OWN_PRICE_SAVED);
        });
    };
    let several = items.len() > 1;
    let which = several.then(
        || view! { <SelectField name="plan" label=text::PLAN value=plan options=Signal::stored(choices) /> },
    );
    view! {
        <p class="dialog-text">{text::OWN_PRICE_BODY}</p>
        <Form errors busy=sender.busy() on_submit=submit>
            {which}
            <TextField
                name="price"
                label=[text::OWN_PRICE, " (", currency.code(), ")"].concat()
                value=typed
                help=text::OWN_PRICE_HELP
                max_length=20
                autocomplete="off"
            />
            {reason_field(reason, true)}
            <DialogSaveRow open busy=sender.busy() />
        </Form>
    }
    .into_any()
}
