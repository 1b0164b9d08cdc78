//! Lists of keys whose rows can be ticked: what can be done with many, and the file of all that match.

use latchkey_shared::{
    api::key_bulk::KeysQuery, ids::ProductId, permission::Permission, text::key_bulk as text,
};
use leptos::prelude::*;

use super::bulk::{BulkActions, Target};
use crate::{
    api::keys,
    components::{DownloadLink, Selection},
    pages::staff::{
        listing::{ListState, Source, Ticking},
        show::may,
    },
};

/// For the keys of a product, or of all. `reload` follows when keys may have changed.
pub fn ticking(
    state: ListState,
    source: Source,
    product: Option<ProductId>,
    reload: Callback<()>,
) -> Ticking {
    let filter = Signal::derive(move || state.filter());
    let export = move || {
        let href = Signal::derive(move || {
            keys::export(&KeysQuery { filter: filter.get(), product: product.map(|id| id.0) })
        });
        view! {
            <DownloadLink href title=text::EXPORT_TITLE>
                {text::EXPORT}
            </DownloadLink>
        }
        .into_any()
    };
    let selection = Selection::new();
    let target = Target { selection, filter, product, meta: source.meta() };
    let actions = move || view! { <BulkActions target on_done=reload /> }.into_any();
    Ticking {
        selection: may(Permission::KeysWrite).then_some(selection),
        actions: ViewFn::from(actions),
        tools: ViewFn::from(export),
    }
}
