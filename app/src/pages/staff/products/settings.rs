//! A product's settings.

use latchkey_shared::{
    api::catalog::{EditProduct, Product},
    permission::Permission,
    product_kind::ProductKind,
    text::products as text,
};
use leptos::prelude::*;

use super::kind::kind_field;
use crate::{
    api::{Problem, Shown, check, products, use_sender},
    components::{
        Banner, Button, ButtonRow, Card, CheckboxField, FieldGroup, Form, FormErrors, NumberField,
        TextAreaField, TextField, Tone, use_toasts,
    },
    pages::staff::save_row::SaveRow,
    pages::staff::show::may,
};

/// What stands in the form.
#[derive(Clone, Copy)]
struct Fields {
    name: RwSignal<String>,
    description: RwSignal<String>,
    kind: RwSignal<String>,
    active: RwSignal<bool>,
    grace: RwSignal<Option<i64>>,
    features: [RwSignal<String>; 8],
    version: RwSignal<i64>,
}

impl Fields {
    fn of(product: &Product) -> Self {
        let fields = Self {
            name: RwSignal::default(),
            description: RwSignal::default(),
            kind: RwSignal::default(),
            active: RwSignal::default(),
            grace: RwSignal::default(),
            features: std::array::from_fn(|_| RwSignal::default()),
            version: RwSignal::default(),
        };
        fields.fill(product);
        fields
    }

    fn fill(self, product: &Product) {
        self.name.set(product.name.clone());
        self.description.set(product.description.clone());
        self.kind.set(product.kind.as_str().to_owned());
        self.active.set(product.active);
        self.grace.set(Some(product.grace_days));
        for (index, feature) in self.features.iter().enumerate() {
            feature.set(product.feature_names.get(index).cloned().unwrap_or_default());
        }
        self.version.set(product.version);
    }

    fn form(self) -> EditProduct {
        EditProduct {
            name: self.name.get_untracked(),
            description: self.description.get_untracked(),
            kind: ProductKind::parse(&self.kind.get_untracked()),
            active: self.active.get_untracked(),
            // An empty field is as wrong as a number out of range.
            grace_days: self.grace.get_untracked().unwrap_or(-1),
            feature_names: self.features.iter().map(|feature| feature.get_untracked()).collect(),
            version: self.version.get_untracked(),
        }
    }
}

#[component]
pub fn ProductSettings(
    product: Shown<Product>,
    #[prop(into)] on_saved: Callback<(Product,)>,
) -> impl IntoView {
    let id = product.get_untracked().id;
    let fields = Fields::of(&product.get_untracked());
    let errors = FormErrors::new();
    let sender = use_sender();
    let toasts = use_toasts();
    let overtaken = RwSignal::new(false);
    let read_only = !may(Permission::ProductsWrite);
    let saved = move |saved: Product| {
        toasts.good(text::saved(&saved.name));
        fields.fill(&saved);
        overtaken.set(false);
        on_saved.run((saved,));
    };
    let submit = move || {
        let form = fields.form();
        if !(0..=365).contains(&form.grace_days) {
            errors.set("grace_days", text::GRACE_WRONG);
        }
        if !errors.settle() || !check(&form, errors) {
            return;
        }
        sender.send(products::edit(id, &form), move |answer| match answer {
            Ok(product) => saved(product),
            Err(Problem::Conflict(_)) => overtaken.set(true),
            Err(problem) => errors.fail(problem.into()),
        });
    };
    let load_theirs = move || {
        sender.press(products::get(id), move |theirs| {
            errors.reset();
            fields.fill(&theirs);
            overtaken.set(false);
            on_saved.run((theirs,));
        });
    };
    view! {
        <div class="form-page">
            <Card>
                <Show when=move || overtaken.get()>
                    <Banner tone=Tone::Notice title=text::CHANGED_MEANWHILE alert=true>
                        <ButtonRow>
                            <Button small=true on_press=load_theirs>
                                {text::LOAD_THEIRS}
                            </Button>
                        </ButtonRow>
                    </Banner>
                </Show>
                <Form errors busy=sender.busy() on_submit=submit>
                    <fieldset class="plain" disabled=read_only>
                        <TextField name="name" label=text::NAME value=fields.name max_length=100 required=true />
                        <TextAreaField
                            name="description"
                            label=text::DESCRIPTION
                            value=fields.description
                            help=text::DESCRIPTION_HELP
                            max_length=1000
                        />
                        {kind_field(fields.kind)}
                        <CheckboxField name="active" value=fields.active help=text::STATE_HELP>
                            {text::STATE_LABEL}
                        </CheckboxField>
                        <NumberField
                            name="grace_days"
                            label=text::GRACE
                            value=fields.grace
                            min=0
                            max=365
                            unit=text::DAYS
                            help=text::GRACE_HELP
                            required=true
                        />
                        <FieldGroup title=text::FEATURES_TITLE help=text::FEATURES_HELP>
                            <div class="feature-names">{feature_fields(fields)}</div>
                        </FieldGroup>
                    </fieldset>
                    <SaveRow busy=sender.busy() read_only />
                </Form>
            </Card>
        </div>
    }
    .into_any()
}

fn feature_fields(fields: Fields) -> AnyView {
    let field = |(index, value): (usize, RwSignal<String>)| {
        let name = ["feature_names[", &index.to_string(), "]"].concat();
        view! { <TextField name label=text::FEATURES[index] value placeholder=text::UNUSED max_length=100 /> }
    };
    fields.features.into_iter().enumerate().map(field).collect_view().into_any()
}
