//! What a refund of all that was paid does to the licence.

use latchkey_shared::{api::settings::Refunds, text::settings as text, transaction::RefundThen};
use leptos::prelude::*;

use super::super::page::Shown;
use crate::{
    api::{settings, use_sender},
    components::{Card, Choice, ChoiceCards, Form, FormErrors, use_toasts},
    pages::staff::save_row::SaveRow,
};

#[component]
pub fn RefundsCard(shown: Shown) -> impl IntoView {
    let Shown { data, saved, read_only } = shown;
    let rule = RwSignal::new(data.get_untracked().refunds.full_refund.as_str().to_owned());
    let errors = FormErrors::new();
    let sender = use_sender();
    let toasts = use_toasts();
    let submit = move || {
        let full_refund = rule.with_untracked(|rule| RefundThen::parse(rule)).unwrap_or_default();
        sender.submit(errors, settings::set_refunds(&Refunds { full_refund }), move |settings| {
            toasts.good(text::REFUNDS_SAVED);
            saved.run((settings,));
        });
    };
    let choice = |then: RefundThen, note: &'static str| Choice::new(then.as_str(), then.label()).note(note);
    let options = vec![
        choice(RefundThen::Keep, text::REFUNDS_KEEP_NOTE),
        choice(RefundThen::Block, text::REFUNDS_BLOCK_NOTE),
        choice(RefundThen::End, text::REFUNDS_END_NOTE),
    ];
    view! {
        <Card title=text::REFUNDS_TITLE>
            <p class="muted">{text::REFUNDS_INTRO}</p>
            <Form errors busy=sender.busy() on_submit=submit>
                <fieldset class="plain" disabled=read_only>
                    <ChoiceCards name="full_refund" label=text::REFUNDS_RULE value=rule options />
                </fieldset>
                <SaveRow busy=sender.busy() read_only label=text::REFUNDS_SAVE />
            </Form>
        </Card>
    }
    .into_any()
}
