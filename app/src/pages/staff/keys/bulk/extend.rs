//! How far keys are extended.

use latchkey_shared::{
    api::key_bulk::ChangeKeys,
    text::{bulk, key_bulk as text},
};
use leptos::prelude::*;

use crate::{
    components::{
        Button, ButtonRow, CancelButton, Choice, ChoiceCards, DateField, Form, FormErrors, Look, NumberField,
        TextAreaField,
    },
    pages::staff::keys::zone,
    session::use_session,
};

const BY_DAYS: &str = "days";
const TO_DAY: &str = "day";

#[component]
pub fn ExtendForm(count: String, open: RwSignal<bool>, on_start: Callback<(ChangeKeys,)>) -> impl IntoView {
    let zone = untrack(|| use_session().vendor()).map(|vendor| vendor.time_zone).unwrap_or_default();
    let how = RwSignal::new(BY_DAYS.to_owned());
    let days = RwSignal::new(Some(30));
    let day = RwSignal::new(String::new());
    let reason = RwSignal::new(String::new());
    let errors = FormErrors::new();
    let submit = move || {
        let mut form =
            ChangeKeys { reason: reason.get_untracked().trim().to_owned(), ..ChangeKeys::default() };
        if how.with_untracked(|how| how == TO_DAY) {
            form.extend_until = zone::end_of_day(&day.get_untracked(), &zone);
            if form.extend_until.is_none() {
                errors.set("extend_until", bulk::DAY_MISSING);
            }
        } else {
            let wanted = days.get_untracked().filter(|days| (1..=36_500).contains(days));
            form.extend_days = wanted.unwrap_or_default();
            if wanted.is_none() {
                errors.set("extend_days", text::DAYS_MISSING);
            }
        }
        if form.reason.is_empty() {
            errors.set("reason", text::REASON_MISSING);
        }
        if errors.settle() {
            on_start.run((form,));
        }
    };
    let options = vec![
        Choice::new(BY_DAYS, bulk::BY_DAYS).note(text::BY_DAYS_NOTE),
        Choice::new(TO_DAY, bulk::TO_DAY).note(text::TO_DAY_NOTE),
    ];
    let field = move || {
        if how.with(|how| how == TO_DAY) {
            view! { <DateField name="extend_until" label=text::DAY_FIELD value=day required=true /> }
                .into_any()
        } else {
            view! { <NumberField name="extend_days" label=bulk::DAYS_FIELD value=days min=1 max=36_500 required=true /> }
                .into_any()
        }
    };
    view! {
        <p class="dialog-text">{text::EXTEND_TEXT}</p>
        <Form errors on_submit=submit>
            <ChoiceCards name="how" label=text::EXTEND_BY value=how options />
            {field}
            <TextAreaField
                name="reason"
                label=bulk::REASON
                value=reason
                help=text::REASON_HELP
                rows=2
                max_length=500
                required=true
            />
            <ButtonRow end=true>
                <CancelButton open />
                <Button submit=true look=Look::Primary>
                    {text::extend_question(&count)}
                </Button>
            </ButtonRow>
        </Form>
    }
}
