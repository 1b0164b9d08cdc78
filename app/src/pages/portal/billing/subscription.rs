//! One subscription: how it stands, cancel, keep.

use latchkey_shared::{
    api::{
        changes::PendingChange,
        portal::{Billing, CancelMine, PortalSubscription},
    },
    ids::SubscriptionId,
    text::{
        portal::{billing as words, changes, home},
        subscriptions::with_extras,
    },
};
use leptos::prelude::*;

use super::super::sentence;
use crate::{
    api::{self, Load, Sender, use_sender},
    components::{
        Badge, Banner, Button, ButtonLink, ButtonRow, ConfirmDialog, Fact, Facts, Look, Spinner,
        TextAreaField, Tone, use_toasts,
    },
};

pub fn card(billing: Load<Billing>, held: PortalSubscription) -> AnyView {
    let title = sentence::plan_title(&held.product_name, &held.plan_name);
    let whole = with_extras(title.clone(), held.quantity, &held.extras);
    let tone = sentence::subscription_tone(held.status);
    view! {
        <article class="card contract">
            <header class="licence-head">
                <h2>{whole}</h2>
                <Badge tone text=held.status.label() />
            </header>
            <p class="contract-state">{sentence::state(&held)}</p>
            {sentence::needs_payment(&held).then(|| pay(&held))}
            {held.key_pending.then(|| view! { <Spinner label=home::KEY_ON_ITS_WAY /> })}
            {facts(&held)}
            {actions(billing, held, title)}
        </article>
    }
    .into_any()
}

/// What to do about a payment that failed, and until when.
fn pay(held: &PortalSubscription) -> AnyView {
    let until = held.works_until.map(sentence::day);
    view! {
        <Banner tone=Tone::Bad title=home::pay_until(until.as_deref())>
            <p>{home::HOW_TO_PAY}</p>
        </Banner>
    }
    .into_any()
}

fn facts(held: &PortalSubscription) -> AnyView {
    let price = held.price.map(|price| match &held.interval {
        Some(interval) => sentence::price_per(price, interval),
        None => sentence::price(price),
    });
    let live = held.status.is_live();
    let next =
        live.then(|| held.next_payment.map_or_else(|| words::NONE_FOLLOWS.to_owned(), sentence::short_day));
    let rows = [
        (words::PRICE, price),
        (words::NEXT_PAYMENT, next),
        (words::RENEWAL, (live && held.renews_from_balance).then(|| words::FROM_BALANCE.to_owned())),
        (words::TRIAL_UNTIL, held.trial_ends.filter(|_| live).map(sentence::short_day)),
        (words::PAID_UNTIL, held.paid_through.map(sentence::short_day)),
        (words::ENDS, held.cancels_at.filter(|_| live).map(sentence::short_day)),
        (words::ENDED, held.ended.map(sentence::short_day)),
    ];
    let row = |(label, value): (&'static str, Option<String>)| {
        value.map(|value| view! { <Fact label>{value}</Fact> })
    };
    view! { <Facts stacked=true>{rows.map(row).into_iter().flatten().collect_view()}</Facts> }.into_any()
}

fn actions(billing: Load<Billing>, held: PortalSubscription, title: String) -> AnyView {
    let sender = use_sender();
    let planned = held.planned.clone().map(|planned| planned_change(billing, held.id, &planned, sender));
    let change = held.can_change.then(|| {
        let href = ["/Portal/Subscriptions/", &held.id.to_string(), "/Change"].concat();
        view! {
            <ButtonLink href look=Look::Secondary>
                {changes::CHANGE_PLAN}
            </ButtonLink>
        }
    });
    let any = held.can_change || held.can_keep || held.can_cancel;
    let end = if held.can_keep {
        keep(billing, &held, title, sender)
    } else if held.can_cancel {
        cancel(billing, &held, title, sender)
    } else {
        ().into_any()
    };
    let buttons = any.then(|| view! { <ButtonRow>{change} {end}</ButtonRow> });
    view! { {planned} {buttons} }.into_any()
}

fn planned_change(
    billing: Load<Billing>,
    id: SubscriptionId,
    planned: &PendingChange,
    sender: Sender,
) -> AnyView {
    let toasts = use_toasts();
    let press = move || {
        sender.press(api::portal::undo_change(id), move |kept| {
            put(billing, kept);
            toasts.good(changes::TAKEN_BACK);
        });
    };
    let words = changes::planned(&planned.text, &sentence::short_day(planned.due));
    view! {
        <Banner tone=Tone::Neutral title=words>
            <Button small=true busy=sender.busy() on_press=press>
                {changes::TAKE_BACK}
            </Button>
        </Banner>
    }
    .into_any()
}

fn keep(billing: Load<Billing>, held: &PortalSubscription, title: String, sender: Sender) -> AnyView {
    let id = held.id;
    let toasts = use_toasts();
    let title = StoredValue::new(title);
    let press = move || {
        sender.press(api::portal::keep_subscription(id), move |kept| {
            put(billing, kept);
            toasts.good(title.with_value(|title| words::kept(title)));
        });
    };
    view! {
        <Button look=Look::Primary busy=sender.busy() on_press=press>
            {words::KEEP}
        </Button>
    }
    .into_any()
}

fn cancel(billing: Load<Billing>, held: &PortalSubscription, title: String, sender: Sender) -> AnyView {
    let id = held.id;
    let toasts = use_toasts();
    let asking = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let question = words::cancel_title(&title);
    let means = StoredValue::new(words::cancel_means(&title, sentence::works_until(held).as_deref()));
    let title = StoredValue::new(title);
    let confirm = Callback::from(move || {
        let form = CancelMine { reason: reason.get_untracked() };
        sender.confirm(api::portal::cancel_subscription(id, &form), move |cancelled| {
            asking.set(false);
            let until = sentence::works_until(&cancelled);
            toasts.good(title.with_value(|title| words::cancelled(title, until.as_deref())));
            put(billing, cancelled);
        });
    });
    let ask = move || {
        sender.forget();
        asking.set(true);
    };
    view! {
        <Button on_press=ask>{words::CANCEL}</Button>
        <ConfirmDialog
            open=asking
            title=question
            confirm=words::CANCEL_CONFIRM
            dismiss=words::CANCEL_DISMISS
            on_confirm=confirm
            busy=sender.busy()
            problem=sender.problem()
        >
            <p>{means.get_value()}</p>
            <p>{words::CANCEL_KEEPS_DATA}</p>
            <TextAreaField
                name="reason"
                label=changes::WHY
                value=reason
                help=changes::WHY_HELP
                rows=2
                max_length=1000
            />
        </ConfirmDialog>
    }
    .into_any()
}

/// Puts what the server answered in place of what was shown.
fn put(billing: Load<Billing>, changed: PortalSubscription) {
    billing.update(|billing| {
        if let Some(shown) = billing.subscriptions.iter_mut().find(|shown| shown.id == changed.id) {
            *shown = changed;
        }
    });
}
