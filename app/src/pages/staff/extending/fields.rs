//! How far they are extended, and why.

use latchkey_shared::{api::changes::ExtendMany, text::bulk as text};
use leptos::prelude::*;

use super::target::Of;
use crate::components::{
    Button, ButtonRow, CancelButton, Choice, ChoiceCards, DateField, Form, FormErrors, Look, NumberField,
    TextAreaField,
};

const BY_DAYS: &str = "days";
const TO_DAY: &str = "day";

/// What stands in the form; it stays when one comes back to it. A copyable handle.
#[derive(Clone, Copy)]
pub struct Fields {
    how: RwSignal<String>,
    days: RwSignal<Option<i64>>,
    day: RwSignal<String>,
    reason: RwSignal<String>,
}

impl Fields {
    pub fn new() -> Self {
        Self {
            how: RwSignal::new(BY_DAYS.to_owned()),
            days: RwSignal::new(Some(7)),
            day: RwSignal::new(String::new()),
            reason: RwSignal::new(String::new()),
        }
    }

    pub fn forget(self) {
        self.how.set(BY_DAYS.to_owned());
        self.days.set(Some(7));
        self.day.set(String::new());
        self.reason.set(String::new());
    }

    /// What is asked for, or `None` after showing what is wrong with it.
    pub fn form(self, errors: FormErrors) -> Option<ExtendMany> {
        let reason = self.reason.with_untracked(|reason| reason.trim().to_owned());
        let mut form = ExtendMany { reason, ..ExtendMany::default() };
        if self.how.with_untracked(|how| how == TO_DAY) {
            form.until = self.day.with_untracked(|day| day.parse().ok());
            if form.until.is_none() {
                errors.set("until", text::DAY_MISSING);
            }
        } else {
            form.days = self.days.get_untracked().filter(|days| (1..=3_660).contains(days));
            if form.days.is_none() {
                errors.set("days", text::DAYS_WRONG);
            }
        }
        if form.reason.is_empty() {
            errors.set("reason", text::REASON_MISSING);
        }
        errors.settle().then_some(form)
    }

    pub fn draw(self, of: Of, open: RwSignal<bool>, on_look: Callback<(ExtendMany,)>) -> AnyView {
        let errors = FormErrors::new();
        let submit = move || {
            if let Some(form) = self.form(errors) {
                on_look.run((form,));
            }
        };
        let options = vec![
            Choice::new(BY_DAYS, text::BY_DAYS).note(text::BY_DAYS_NOTE),
            Choice::new(TO_DAY, text::TO_DAY).note(text::TO_DAY_NOTE),
        ];
        let field = move || {
            if self.how.with(|how| how == TO_DAY) {
                view! { <DateField name="until" label=text::DAY_FIELD value=self.day required=true /> }
                    .into_any()
            } else {
                view! { <NumberField name="days" label=text::DAYS_FIELD value=self.days min=1 max=3_660 required=true /> }
                    .into_any()
            }
        };
        let whose = (of == Of::Customers).then_some([" ", text::EXTEND_CUSTOMERS].concat());
        view! {
            <p class="dialog-text">{text::EXTEND_TEXT} {whose}</p>
            <Form errors on_submit=submit>
                <ChoiceCards name="how" label=text::EXTEND_BY value=self.how options />
                {field}
                <TextAreaField
                    name="reason"
                    label=text::REASON
                    value=self.reason
                    help=text::REASON_HELP
                    rows=2
                    max_length=1000
                    required=true
                />
                <ButtonRow end=true>
                    <CancelButton open />
                    <Button submit=true look=Look::Primary>
                        {text::LOOK}
                    </Button>
                </ButtonRow>
            </Form>
        }
        .into_any()
    }
}
