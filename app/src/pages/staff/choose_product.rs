//! For which product keys are to be made by hand.

use latchkey_shared::{
    api::{
        catalog::ProductRow,
        common::{List, ListQuery},
    },
    text::customers as text,
};
use leptos::prelude::*;

use crate::{
    api::{self, Shown, load},
    components::{Dialog, Glyph, Icon},
};

/// Lists the products; each leads to the page that makes keys of it, with `search` (such as `?customer=7`).
pub fn product_dialog(open: RwSignal<bool>, search: Signal<String>) -> AnyView {
    view! {
        <Dialog open title=text::CHOOSE_PRODUCT>
            {products(search)}
        </Dialog>
    }
    .into_any()
}

fn products(search: Signal<String>) -> AnyView {
    let query = ListQuery { sort: "name".to_owned(), limit: 100, ..ListQuery::default() };
    let products = load(move || api::products::list(&query));
    products.view(4, move |list: Shown<List<ProductRow>>| {
        let entry = move |product: ProductRow| {
            let search = search.get_untracked();
            let href = ["/Products/", &product.id.to_string(), "/Keys/New", &search].concat();
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
