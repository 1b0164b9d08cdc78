//! One licence key.

use latchkey_shared::{
    api::keys::LicenceKey,
    ids::KeyGlobalId,
    permission::Permission,
    status::{BlockSource, KeyStatus},
    text::keys as text,
};
use leptos::prelude::*;

use super::{
    associate::CustomerCard, block::BlockButton, details::Details, edit::KeyEditor, features::Features,
    limits::Limits,
};
use crate::{
    api::{self, load},
    components::{Banner, Card, Columns, Crumb, LicenceKey as KeyText, PageHeader, Tone},
    pages::staff::show::{self, may},
    routes::use_id,
};

#[component]
pub fn KeyPage() -> impl IntoView {
    let id = use_id::<KeyGlobalId>();
    let key = load(move || api::keys::get(id.get()));
    key.page(text::ONE, 10, move |data| {
        let editor = KeyEditor::new(key, data);
        let aside = move || view! { <CustomerCard editor /> <Details data /> }.into_any();
        view! {
            {head(editor)}
            {move || blocked(&data.get())}
            <Columns aside=ViewFn::from(aside)>
                <Card>
                    <KeyText
                        large=true
                        key_text=Signal::derive(move || data.get().row.key)
                        blocked=Signal::derive(move || data.get().row.status == KeyStatus::Blocked)
                    />
                </Card>
                <Features editor />
                <Limits editor />
            </Columns>
        }
        .into_any()
    })
}

fn head(editor: KeyEditor) -> AnyView {
    let data = editor.data;
    let row = data.get_untracked().row;
    let title = [text::ONE, " ", &row.id.to_string()].concat();
    let crumbs = vec![Crumb::new(text::TITLE, "/Keys")];
    let product = if may(Permission::ProductsRead) {
        let href = ["/Products/", &row.product.to_string(), "/keys"].concat();
        view! { <a href=href>{row.product_name}</a> }.into_any()
    } else {
        row.product_name.into_any()
    };
    let actions = move || {
        if may(Permission::KeysWrite) { view! { <BlockButton editor /> }.into_any() } else { ().into_any() }
    };
    view! {
        <PageHeader title crumbs actions=ViewFn::from(actions)>
            {move || {
                let status = data.get().row.status;
                show::badge(show::tone(status.tone()), status.label())
            }}
            <span>{product}</span>
        </PageHeader>
    }
    .into_any()
}

fn blocked(key: &LicenceKey) -> AnyView {
    if key.row.status != KeyStatus::Blocked {
        return ().into_any();
    }
    let why = match key.block_source.as_deref().and_then(BlockSource::parse) {
        Some(BlockSource::Staff) => text::BLOCKED_BY_STAFF,
        Some(BlockSource::Billing) => text::BLOCKED_BY_BILLING,
        Some(BlockSource::Scheduler) => text::BLOCKED_BY_SCHEDULER,
        Some(BlockSource::ReIssue) => text::BLOCKED_BY_REISSUE,
        None => "",
    };
    view! {
        <Banner tone=Tone::Bad title=text::BLOCKED_BANNER>
            <p>{why}</p>
        </Banner>
    }
    .into_any()
}
