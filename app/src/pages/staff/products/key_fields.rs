//! What new keys are like: the fields that the page for new keys and the dialog of a template share.

use latchkey_shared::{
    api::{keys::AddKey, licensing::TemplateKey},
    ids::CustomerId,
    text::{keys as text, products, templates as words},
};
use leptos::prelude::*;

use crate::{
    components::{CheckboxField, FieldGroup, FieldPair, FormErrors, NumberField, TextAreaField},
    pages::staff::keys::feature_boxes,
};

/// What stands in the form.
#[derive(Clone, Copy)]
pub struct KeyFields {
    period: RwSignal<Option<i64>>,
    never: RwSignal<bool>,
    features: [RwSignal<bool>; 8],
    machines: RwSignal<Option<i64>>,
    trial: RwSignal<bool>,
    notes: RwSignal<String>,
    allowed: RwSignal<String>,
}

impl KeyFields {
    /// For a year on one machine.
    pub fn new() -> Self {
        Self {
            period: RwSignal::new(Some(365)),
            never: RwSignal::default(),
            features: std::array::from_fn(|_| RwSignal::default()),
            machines: RwSignal::new(Some(1)),
            trial: RwSignal::default(),
            notes: RwSignal::default(),
            allowed: RwSignal::default(),
        }
    }

    /// Takes over what a template says.
    pub fn fill(self, key: &TemplateKey) {
        self.never.set(key.period_days == 0);
        if key.period_days > 0 {
            self.period.set(Some(key.period_days));
        }
        for (index, feature) in self.features.iter().enumerate() {
            feature.set(key.features.get(index).copied().unwrap_or_default());
        }
        self.machines.set(Some(key.max_machines));
        self.trial.set(key.trial_activation);
        self.notes.set(key.notes.clone());
        self.allowed.set(key.allowed_machines.clone());
    }

    /// What is asked for, after showing at the fields what is wrong. Settle the errors afterwards.
    pub fn read(self, errors: FormErrors) -> TemplateKey {
        let never = self.never.get_untracked();
        let period = self.period.get_untracked().filter(|days| (1..=36_500).contains(days));
        if !never && period.is_none() {
            errors.set("period_days", text::PERIOD_MISSING);
        }
        let machines = self.machines.get_untracked().filter(|count| (0..=1_000_000).contains(count));
        if machines.is_none() {
            errors.set("max_machines", text::MACHINES_MISSING);
        }
        let trial = self.trial.get_untracked();
        if trial && never {
            errors.set("trial_activation", text::TRIAL_NEEDS_DAYS);
        }
        TemplateKey {
            period_days: if never { 0 } else { period.unwrap_or_default() },
            features: self.features.iter().map(|feature| feature.get_untracked()).collect(),
            max_machines: machines.unwrap_or_default(),
            trial_activation: trial,
            notes: self.notes.get_untracked(),
            allowed_machines: self.allowed.get_untracked(),
        }
    }

    /// What a key that is made now would be like, in words. Tracked.
    pub fn words(self, names: &[String]) -> Vec<String> {
        let features = self.features.iter().map(RwSignal::get).collect();
        describe(
            &TemplateKey {
                period_days: if self.never.get() { 0 } else { self.period.get().unwrap_or_default() },
                features,
                max_machines: self.machines.get().unwrap_or_default(),
                trial_activation: self.trial.get(),
                allowed_machines: self.allowed.get(),
                notes: String::new(),
            },
            names,
        )
    }
}

/// The form's key for somebody.
pub fn for_customer(key: TemplateKey, customer: Option<CustomerId>) -> AddKey {
    AddKey {
        customer,
        period_days: key.period_days,
        features: key.features,
        max_machines: key.max_machines,
        trial_activation: key.trial_activation,
        notes: key.notes,
        allowed_machines: key.allowed_machines,
    }
}

/// What a key is like: how long, on how many machines, with what.
pub fn describe(key: &TemplateKey, names: &[String]) -> Vec<String> {
    let mut lines =
        vec![words::period(key.period_days, key.trial_activation), words::machines(key.max_machines)];
    let allowed = key.allowed_machines.lines().filter(|code| !code.trim().is_empty()).count();
    if allowed > 0 {
        lines.push(words::allowed(allowed));
    }
    let on = key.features.iter().enumerate().filter(|(_, on)| **on);
    lines.extend(on.map(|(index, _)| products::feature(index, names.get(index).map_or("", String::as_str))));
    lines
}

/// The fields.
pub fn fields(fields: KeyFields, names: &[String]) -> AnyView {
    let features = feature_boxes(fields.features, Signal::stored(names.to_vec()));
    view! {
        <FieldPair>
            <NumberField
                name="period_days"
                label=text::PERIOD
                value=fields.period
                min=1
                max=36_500
                unit=text::DAYS
                disabled=fields.never
                required=true
            />
            <NumberField
                name="max_machines"
                label=text::MAX_MACHINES
                value=fields.machines
                min=0
                max=1_000_000
                help=text::MAX_MACHINES_HELP
                required=true
            />
        </FieldPair>
        <CheckboxField name="never" value=fields.never>
            {text::NEVER_EXPIRES}
        </CheckboxField>
        <CheckboxField name="trial_activation" value=fields.trial help=text::TRIAL_HELP>
            {text::TRIAL}
        </CheckboxField>
        <FieldGroup title=text::FEATURES_TITLE>
            <div class="feature-list">{features}</div>
        </FieldGroup>
        <TextAreaField name="notes" label=text::NOTES value=fields.notes help=text::NOTES_HELP max_length=500 />
        <TextAreaField
            name="allowed_machines"
            label=text::ALLOWED
            value=fields.allowed
            help=text::ALLOWED_HELP
            code=true
            rows=2
            max_length=10_000
        />
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use latchkey_shared::api::licensing::TemplateKey;

    use super::describe;

    #[test]
    fn a_key_in_words() {
        let mut key = TemplateKey {
            period_days: 14,
            features: vec![false; 8],
            max_machines: 3,
            ..TemplateKey::default()
        };
        key.features[1] = true;
        key.trial_activation = true;
        key.allowed_machines = "a\n\nb".to_owned();
        let names = vec![String::new(), "Export".to_owned()];
        assert_eq!(
            describe(&key, &names),
            ["14 days from the first activation", "3 machines", "Only on 2 named machines", "F2 · Export"]
        );
    }
}
