//! A rate of tax, new or changed.

use latchkey_shared::{
    api::tax::{SetTaxRate, TaxRate, TaxRates},
    text::tax as text,
};
use leptos::prelude::*;

use crate::{
    api::{Load, check, tax, use_sender},
    components::{
        CheckboxField, Choice, ChoiceCards, FieldPair, Form, FormErrors, SelectField, TextField, use_toasts,
    },
    pages::staff::{countries::countries, save_row::DialogSaveRow},
};

const ON_TOP: &str = "on_top";
const WITHIN: &str = "within";

pub fn form(rate: Option<TaxRate>, open: RwSignal<bool>, rates: Load<TaxRates>) -> AnyView {
    let id = rate.as_ref().map(|rate| rate.id);
    let is_first = rates.with(|rates| rates.is_some_and(|rates| rates.rates.is_empty()));
    let of = |read: fn(&TaxRate) -> String| rate.as_ref().map(read).unwrap_or_default();
    let name = RwSignal::new(of(|rate| rate.name.clone()));
    let percent = RwSignal::new(of(|rate| text::typed(rate.hundredths)));
    let country = RwSignal::new(of(|rate| rate.country.clone()));
    let within = rate.as_ref().is_some_and(|rate| rate.inclusive);
    let how = RwSignal::new(if within { WITHIN } else { ON_TOP }.to_owned());
    let active = RwSignal::new(rate.as_ref().is_none_or(|rate| rate.active));
    let is_default = RwSignal::new(rate.as_ref().map_or(is_first, |rate| rate.is_default));
    let (errors, sender, toasts) = (FormErrors::new(), use_sender(), use_toasts());
    let submit = move || {
        let hundredths = percent.with_untracked(|percent| text::hundredths(percent.trim()));
        if hundredths.is_none() {
            errors.set("hundredths", text::PERCENT_WRONG);
        }
        let form = SetTaxRate {
            name: name.with_untracked(|name| name.trim().to_owned()),
            hundredths: hundredths.unwrap_or_default(),
            country: country.get_untracked(),
            inclusive: how.with_untracked(|how| how == WITHIN),
            active: active.get_untracked(),
            is_default: is_default.get_untracked(),
        };
        if !errors.settle() || !check(&form, errors) {
            return;
        }
        let call = match id {
            Some(id) => tax::set(id, &form),
            None => tax::add(&form),
        };
        sender.submit(errors, call, move |all| {
            open.set(false);
            rates.set(all);
            toasts.good(text::SAVED);
        });
    };
    let hows = vec![
        Choice::new(ON_TOP, text::ON_TOP).note(text::ON_TOP_NOTE),
        Choice::new(WITHIN, text::WITHIN).note(text::WITHIN_NOTE),
    ];
    let countries = countries(&country.get_untracked());
    view! {
        <Form errors busy=sender.busy() on_submit=submit>
            <FieldPair>
                <TextField name="name" label=text::NAME value=name help=text::NAME_HELP max_length=100 required=true autofocus=true />
                <TextField name="hundredths" label=text::PERCENT value=percent max_length=6 required=true autocomplete="off" />
            </FieldPair>
            <SelectField
                name="country"
                label=text::COUNTRY
                value=country
                options=Signal::stored(countries)
                placeholder=text::NO_COUNTRY
            />
            <ChoiceCards name="how" label=text::HOW value=how options=Signal::stored(hows) />
            <CheckboxField name="is_default" value=is_default>
                {text::DEFAULT_FIELD}
            </CheckboxField>
            <CheckboxField name="active" value=active help=text::ACTIVE_HELP>
                {text::ACTIVE}
            </CheckboxField>
            <DialogSaveRow open busy=sender.busy() />
        </Form>
    }
    .into_any()
}
