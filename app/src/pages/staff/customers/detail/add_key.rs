//! For which product a key is to be made by hand.

use latchkey_shared::{
    api::{
        catalog::ProductRow,
        common::{List, ListQuery},
        customers::Customer,
    },
    text::customers as text,
};
use leptos::prelude::*;

use crate::{
    api::{self, Shown, load},
    components::{Dialog, Glyph, Icon},
};

/// Lists the products; each leads to the page that makes a key of it for this customer.
pub fn product_dialog(open: RwSignal<bool>, shown: Shown<Customer>) -> AnyView {
    view! {
        <Dialog open title=text::CHOOSE_PRODUCT>
            {products(shown)}
        </Dialog>
    }
    .into_any()
}

fn products(shown: Shown<Customer>) -> AnyView {
    let query = ListQuery { sort: "name".to_owned(), limit: 100, ..ListQuery::default() };
    let products = load(move || api::products::list(&query));
    products.view(4, move |list: Shown<List<ProductRow>>| {
        let entry = move |product: ProductRow| {
            let customer = shown.with_untracked(|shown| shown.id.to_string());
            let href = ["/Products/", &product.id.to_string(), "/Keys/New?customer=", &customer].concat();
            view! {
                <li>
                    <a class="choice-link" href=href>
                        <Icon glyph=Glyph::Box />
                        <span>{product.name}</span>
                        <Icon glyph=Glyph::ChevronRight />
                    </a>
                </li>
            }
        };
        let body = move || {
            let rows: Vec<_> = list.get().items.into_iter().filter(|product| product.active).collect();
            if rows.is_empty() {
                view! { <p class="muted">{text::NO_PRODUCTS}</p> }.into_any()
            } else {
                view! { <ul class="choice-links">{rows.into_iter().map(entry).collect_view()}</ul> }
                    .into_any()
            }
        };
        view! { {body} }.into_any()
    })
}
