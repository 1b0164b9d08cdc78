//! Giving a payment back: how much, why, and what becomes of the subscription.

use latchkey_shared::{
    api::transactions::{RefundPayment, Transaction},
    money::Money,
    text::transactions as text,
    transaction::{RefundReason, RefundThen},
};
use leptos::prelude::*;

use crate::{
    api::{Load, Shown, check, transactions, use_sender},
    components::{
        Banner, Button, ButtonRow, CancelButton, Choice, ChoiceCards, Dialog, Form, FormErrors, Glyph, Look,
        SelectField, TextAreaField, TextField, Tone, format_money, use_toasts,
    },
};

#[component]
pub fn RefundButton(entry: Load<Transaction>, data: Shown<Transaction>) -> impl IntoView {
    let open = RwSignal::new(false);
    let title = Signal::derive(move || {
        let left = data.with(|entry| entry.refundable);
        text::refund_title(&left.map(in_words).unwrap_or_default())
    });
    view! {
        <Button icon=Glyph::Undo on_press=move || open.set(true)>
            {text::REFUND}
        </Button>
        <Dialog open title>
            {move || {
                let left = data.with_untracked(|entry| entry.refundable);
                left.map(|left| view! { <RefundForm entry data open left /> })
            }}
        </Dialog>
    }
    .into_any()
}

fn in_words(money: Money) -> String {
    format_money(money.minor, money.currency.code())
}

#[component]
fn RefundForm(
    entry: Load<Transaction>,
    data: Shown<Transaction>,
    open: RwSignal<bool>,
    left: Money,
) -> impl IntoView {
    let errors = FormErrors::new();
    let sending = use_sender();
    let toasts = use_toasts();
    let amount = RwSignal::new(left.to_decimal());
    let reason = RwSignal::new(RefundReason::Requested.as_str().to_owned());
    let rule = data.with_untracked(|entry| entry.full_refund);
    let then = RwSignal::new(rule.as_str().to_owned());
    follow(amount, then, left, rule);
    let note = RwSignal::new(String::new());
    let reference = RwSignal::new(String::new());
    let by_hand = data.with_untracked(|entry| entry.refund_by_hand);
    let has_subscription = data.with_untracked(|entry| entry.row.subscription.is_some());
    let submit = move || {
        let Some(minor) = read(&amount.get_untracked(), left, errors) else { return };
        let form = RefundPayment {
            amount: minor,
            reason: RefundReason::parse(&reason.get_untracked()).unwrap_or(RefundReason::Other),
            note: note.get_untracked().trim().to_owned(),
            then: RefundThen::parse(&then.get_untracked()).unwrap_or_default(),
            reference: reference.get_untracked().trim().to_owned(),
        };
        if check(&form, errors) {
            let id = data.with_untracked(|entry| entry.row.id);
            sending.submit(errors, transactions::refund(id, &form), move |paid| {
                open.set(false);
                entry.set(paid);
                toasts.good(if by_hand { text::REFUND_WRITTEN } else { text::REFUND_ASKED });
            });
        }
    };
    let reasons: Vec<Choice> =
        RefundReason::ALL.iter().map(|reason| Choice::new(reason.as_str(), reason.label())).collect();
    let (block_note, end_note) = if by_hand {
        (text::BLOCK_BY_HAND_NOTE, text::END_BY_HAND_NOTE)
    } else {
        (text::BLOCK_NOTE, text::END_NOTE)
    };
    let thens = vec![
        Choice::new(RefundThen::Keep.as_str(), RefundThen::Keep.label()).note(text::KEEP_NOTE),
        Choice::new(RefundThen::Block.as_str(), RefundThen::Block.label()).note(block_note),
        Choice::new(RefundThen::End.as_str(), RefundThen::End.label()).note(end_note),
    ];
    let thens = has_subscription
        .then(|| view! { <ChoiceCards name="then" label=text::REFUND_THEN value=then options=thens /> });
    let confirm = move || {
        let minor = Money::parse_decimal(amount.get().trim(), left.currency).ok();
        let minor = minor.filter(|money| money.minor > 0 && money.minor <= left.minor);
        [text::REFUND, " ", &minor.map(in_words).unwrap_or_default()].concat().trim_end().to_owned()
    };
    view! {
        <Form errors on_submit=submit busy=sending.busy()>
            {by_hand
                .then(|| {
                    view! {
                        <Banner tone=Tone::Neutral title=text::REFUND_BY_HAND_TITLE>
                            <p>{text::REFUND_BY_HAND_BODY}</p>
                        </Banner>
                    }
                })}
            <TextField
                name="amount"
                label=[text::REFUND_AMOUNT, " (", left.currency.code(), ")"].concat()
                value=amount
                help=text::REFUND_WHOLE_NOTE
                required=true
                max_length=20
                autocomplete="off"
            />
            {by_hand
                .then(|| {
                    view! {
                        <TextField
                            name="reference"
                            label=text::REFUND_REFERENCE
                            value=reference
                            help=text::REFUND_REFERENCE_NOTE
                            max_length=200
                            autocomplete="off"
                        />
                    }
                })}
            <SelectField name="reason" label=text::REFUND_REASON value=reason options=reasons />
            {thens}
            <TextAreaField name="note" label=text::REFUND_NOTE value=note rows=2 max_length=500 />
            <ButtonRow end=true>
                <CancelButton open />
                <Button submit=true look=Look::Danger busy=sending.busy()>
                    {confirm}
                </Button>
            </ButtonRow>
        </Form>
    }
    .into_any()
}

/// Suggests what the settings say for as long as all is given back, and nothing for a part, until the person decides.
fn follow(amount: RwSignal<String>, then: RwSignal<String>, left: Money, rule: RefundThen) {
    let whole = Memo::new(move |_| {
        amount.with(|amount| Money::parse_decimal(amount.trim(), left.currency)) == Ok(left)
    });
    let suggested = RwSignal::new(rule);
    Effect::new(move |_| {
        let better = if whole.get() { rule } else { RefundThen::Keep };
        if then.with_untracked(|then| then == suggested.get_untracked().as_str()) {
            suggested.set(better);
            then.set(better.as_str().to_owned());
        }
    });
}

/// The amount in minor units, or `None` after showing what is wrong with it.
fn read(typed: &str, left: Money, errors: FormErrors) -> Option<i64> {
    let Ok(amount) = Money::parse_decimal(typed.trim(), left.currency) else {
        errors.set("amount", text::REFUND_UNREADABLE);
        errors.settle();
        return None;
    };
    if amount.minor <= 0 {
        errors.set("amount", text::REFUND_NOTHING);
    } else if amount.minor > left.minor {
        errors.set("amount", text::too_much(&in_words(left)));
    }
    errors.settle().then_some(amount.minor)
}
