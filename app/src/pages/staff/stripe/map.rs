//! Connecting a product at Stripe to one of Latchkey.

use latchkey_shared::{
    api::{
        common::ListQuery,
        stripe::{MapProduct, StripeCheck},
    },
    text::stripe as text,
};
use leptos::prelude::*;

use super::{catalogue::Mapping, which::Which};
use crate::{
    api::{self, Load, load, stripe, use_sender},
    components::{
        Button, ButtonRow, CancelButton, Choice, ChoiceCards, Dialog, Form, FormErrors, Look, SelectField,
        use_toasts,
    },
    pages::staff::show::open_while,
};

const NEW: &str = "new";
const EXISTING: &str = "existing";

/// Open while `mapping` holds a product.
#[component]
pub fn MapDialog(
    mapping: RwSignal<Option<Mapping>>,
    check: Load<StripeCheck>,
    which: Which,
) -> impl IntoView {
    let open = open_while(mapping);
    let title =
        Signal::derive(move || mapping.get().map(|(_, name)| text::map_title(&name)).unwrap_or_default());
    view! {
        <Dialog open title>
            {mapping.get_untracked().map(|mapping| view! { <MapForm mapping open check which /> })}
        </Dialog>
    }
    .into_any()
}

#[component]
fn MapForm(mapping: Mapping, open: RwSignal<bool>, check: Load<StripeCheck>, which: Which) -> impl IntoView {
    let (stripe_id, name) = mapping;
    let how = RwSignal::new(NEW.to_owned());
    let product = RwSignal::new(String::new());
    let errors = FormErrors::new();
    let sender = use_sender();
    let toasts = use_toasts();
    let found = load(|| {
        api::products::list(&ListQuery { limit: 100, sort: "name".to_owned(), ..ListQuery::default() })
    });
    let options = Signal::derive(move || {
        let rows = found.get().map(|list| list.items).unwrap_or_default();
        rows.into_iter().map(|row| Choice::new(row.id.to_string(), row.name)).collect::<Vec<_>>()
    });
    let ways = Signal::stored(vec![
        Choice::new(NEW, text::MAP_NEW).note(text::MAP_NEW_NOTE),
        Choice::new(EXISTING, text::MAP_EXISTING).note(text::MAP_EXISTING_NOTE),
    ]);
    let existing = Memo::new(move |_| how.with(|how| how == EXISTING));
    let submit = move || {
        let chosen = product.with_untracked(|product| product.parse().ok());
        if existing.get_untracked() && chosen.is_none() {
            errors.set("product", text::MAP_CHOOSE);
            errors.settle();
            return;
        }
        let form = MapProduct { product: chosen.filter(|_| existing.get_untracked()) };
        let done = text::mapped(&name);
        sender.submit(errors, stripe::map_product(which.now(), &stripe_id, &form), move |checked| {
            open.set(false);
            toasts.good(done);
            check.set(checked);
        });
    };
    view! {
        <Form errors busy=sender.busy() on_submit=submit>
            <p>{text::MAP_TEXT}</p>
            <ChoiceCards name="how" label=text::MAP_WHICH value=how options=ways />
            <Show when=move || existing.get()>
                <SelectField
                    name="product"
                    label=text::MAP_PRODUCT
                    value=product
                    options
                    placeholder=text::MAP_CHOOSE
                    required=true
                />
            </Show>
            <ButtonRow end=true>
                <CancelButton open />
                <Button submit=true look=Look::Primary busy=sender.busy()>
                    {text::MAP_SAVE}
                </Button>
            </ButtonRow>
        </Form>
    }
    .into_any()
}
