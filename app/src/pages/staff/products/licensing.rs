//! What a product says about its licences.

use latchkey_shared::{
    api::{
        licensing::ProductLicensing,
        signing::{SigningKey, SigningKeys},
    },
    feature_tree as tree,
    ids::ProductId,
    permission::Permission,
    text::licensing as text,
};
use leptos::prelude::*;

use crate::{
    api::{Load, Shown, check, load, products, signing, use_sender},
    components::{
        Card, CheckboxField, Choice, FieldGroup, Form, FormErrors, SelectField, TextAreaField, TextField,
        use_toasts,
    },
    pages::staff::keys::feature_boxes,
    pages::staff::save_row::SaveRow,
    pages::staff::show::may,
};

#[component]
pub fn Licensing(id: ProductId) -> impl IntoView {
    let pairs = load(signing::list);
    let rules = load(move || products::licensing(id));
    rules.view(8, move |shown| view! { <Rules id shown pairs /> }.into_any())
}

/// What stands in the form.
#[derive(Clone, Copy)]
struct Fields {
    pair: RwSignal<String>,
    blocks: RwSignal<bool>,
    limiting: [RwSignal<bool>; 8],
    unblocks: RwSignal<bool>,
    once: RwSignal<bool>,
    remind: RwSignal<bool>,
    days: RwSignal<String>,
    features: RwSignal<String>,
    /// A list of features that is no tree of names: it is kept as it is.
    foreign: StoredValue<Option<String>>,
}

impl Fields {
    fn of(said: &ProductLicensing) -> Self {
        let known = tree::parse(&said.feature_template);
        let days = said.reminder_days.clone().filter(|days| !days.trim().is_empty());
        Self {
            pair: RwSignal::new(said.signing_key.to_string()),
            blocks: RwSignal::new(said.blocks_expired),
            limiting: std::array::from_fn(|index| {
                RwSignal::new(said.limiting_features.get(index).copied().unwrap_or_default())
            }),
            unblocks: RwSignal::new(said.extending_unblocks),
            once: RwSignal::new(said.trial_begins_once),
            remind: RwSignal::new(said.reminder_days.is_some()),
            days: RwSignal::new(days.unwrap_or_else(|| text::REMIND_DEFAULT.to_owned())),
            foreign: StoredValue::new(known.is_none().then(|| said.feature_template.clone())),
            features: RwSignal::new(known.map(|known| tree::outline(&known)).unwrap_or_default()),
        }
    }

    fn form(self) -> ProductLicensing {
        let lines = self.features.get_untracked();
        ProductLicensing {
            signing_key: self.pair.get_untracked().parse().unwrap_or_default(),
            blocks_expired: self.blocks.get_untracked(),
            limiting_features: self.limiting.map(|on| on.get_untracked()).to_vec(),
            extending_unblocks: self.unblocks.get_untracked(),
            trial_begins_once: self.once.get_untracked(),
            reminder_days: self.remind.get_untracked().then(|| self.days.get_untracked()),
            feature_template: self
                .foreign
                .get_value()
                .unwrap_or_else(|| tree::write(&tree::from_outline(&lines))),
        }
    }
}

#[component]
fn Rules(id: ProductId, shown: Shown<ProductLicensing>, pairs: Load<SigningKeys>) -> impl IntoView {
    let fields = Fields::of(&shown.get_untracked());
    let errors = FormErrors::new();
    let sender = use_sender();
    let toasts = use_toasts();
    let read_only = !may(Permission::ProductsWrite);
    let submit = move || {
        let form = fields.form();
        if check(&form, errors) {
            sender.submit(errors, products::set_licensing(id, &form), move |_| toasts.good(text::SAVED));
        }
    };
    let product = load(move || products::get(id));
    let names = Signal::derive(move || {
        product.with(|found| found.map(|product| product.feature_names.clone()).unwrap_or_default())
    });
    let limiting = move || {
        fields.blocks.get().then(|| {
            view! {
                <FieldGroup title=text::LIMITING help=text::LIMITING_HELP>
                    <div class="feature-list">{feature_boxes(fields.limiting, names)}</div>
                </FieldGroup>
            }
        })
    };
    let reminders = move || {
        fields.remind.get().then(|| {
            view! { <TextField name="reminder_days" label=text::REMIND_DAYS value=fields.days help=text::REMIND_DAYS_HELP max_length=200 required=true /> }
        })
    };
    view! {
        <div class="form-page">
            <Card>
                <Form errors busy=sender.busy() on_submit=submit>
                    <fieldset class="plain" disabled=read_only>
                        {pair_field(fields, pairs)}
                        <FieldGroup title=text::EXPIRY_TITLE>
                            <CheckboxField name="blocks_expired" value=fields.blocks help=text::BLOCKS_HELP>
                                {text::BLOCKS}
                            </CheckboxField>
                            {limiting}
                            <CheckboxField name="extending_unblocks" value=fields.unblocks>
                                {text::UNBLOCKS}
                            </CheckboxField>
                            <CheckboxField name="remind" value=fields.remind>
                                {text::REMIND}
                            </CheckboxField>
                            {reminders}
                        </FieldGroup>
                        <FieldGroup title=text::TRIAL_TITLE>
                            <CheckboxField name="trial_begins_once" value=fields.once help=text::TRIAL_ONCE_HELP>
                                {text::TRIAL_ONCE}
                            </CheckboxField>
                        </FieldGroup>
                        {features_field(fields)}
                    </fieldset>
                    <SaveRow busy=sender.busy() read_only />
                </Form>
            </Card>
        </div>
    }
    .into_any()
}

fn pair_field(fields: Fields, pairs: Load<SigningKeys>) -> AnyView {
    let choice = |pair: &SigningKey| {
        if pair.retired {
            Choice::new(pair.id.to_string(), [&pair.name, text::RETIRED].concat()).disabled()
        } else {
            Choice::new(pair.id.to_string(), pair.name.clone())
        }
    };
    let options = Signal::derive(move || {
        pairs.with(|found| {
            found.map(|found| found.signing_keys.iter().map(choice).collect::<Vec<_>>()).unwrap_or_default()
        })
    });
    view! {
        <SelectField name="signing_key" label=text::SIGNING value=fields.pair options help=text::SIGNING_HELP required=true />
    }
    .into_any()
}

fn features_field(fields: Fields) -> AnyView {
    let body = if fields.foreign.with_value(Option::is_some) {
        view! { <p class="field-help">{text::TEMPLATE_ELSEWHERE}</p> }.into_any()
    } else {
        view! {
            <TextAreaField
                name="feature_template"
                label=text::FEATURES_LABEL
                value=fields.features
                help=text::FEATURES_HELP
                code=true
                rows=6
                max_length=8_000
            />
        }
        .into_any()
    };
    view! { <FieldGroup title=text::FEATURES_TITLE>{body}</FieldGroup> }.into_any()
}
