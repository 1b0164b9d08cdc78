//! One licence key: its head and its tabs.

use latchkey_shared::{
    api::keys::LicenceKey,
    ids::KeyGlobalId,
    permission::Permission,
    status::{BlockSource, KeyStatus},
    text::{key_use, keys as text},
};
use leptos::prelude::*;

use super::{
    activity::Activity, associate::CustomerCard, block::BlockButton, details::Details, edit::KeyEditor,
    features::Features, history::History, limits::Limits, machines::KeyMachines, named::NamedFeatures,
    objects::KeyObjects, reissue::ReissueButton, rows::address,
};
use crate::{
    api::{self, Shown, load},
    components::{
        Banner, Card, Columns, Crumb, DownloadLink, LicenceKey as KeyText, Missing, PageHeader, Tab, Tabs,
        Tone,
    },
    pages::staff::show::{self, may},
    routes::{use_id, use_param},
};

#[component]
pub fn KeyPage() -> impl IntoView {
    let id = use_id::<KeyGlobalId>();
    let tab = use_param("tab");
    let tab = Memo::new(move |_| tab.get().unwrap_or_default());
    let key = load(move || api::keys::get(id.get()));
    key.page(text::ONE, 10, move |data| {
        let editor = KeyEditor::new(key, data);
        let body = move || match tab.get().as_str() {
            "" => overview(editor),
            "machines" => view! { <KeyMachines editor /> }.into_any(),
            "data" if may(Permission::DataRead) => view! { <KeyObjects id=id.get_untracked() /> }.into_any(),
            "activity" => view! { <Activity id=id.get_untracked() /> }.into_any(),
            "history" => view! { <History data /> }.into_any(),
            _ => view! { <Missing back_to="/Keys" /> }.into_any(),
        };
        view! {
            {head(editor)}
            {move || blocked(&data.get())}
            <Tabs label=key_use::TABS tabs=Signal::from(tabs(data)) />
            {body}
        }
        .into_any()
    })
}

fn overview(editor: KeyEditor) -> AnyView {
    let data = editor.data;
    let aside = move || view! { <CustomerCard editor /> <Details data /> }.into_any();
    view! {
        <Columns aside=ViewFn::from(aside)>
            <Card>
                <KeyText
                    large=true
                    key_text=Signal::derive(move || data.get().row.key)
                    blocked=Signal::derive(move || data.get().row.status == KeyStatus::Blocked)
                />
            </Card>
            <Features editor />
            <NamedFeatures data />
            <Limits editor />
        </Columns>
    }
    .into_any()
}

fn tabs(data: Shown<LicenceKey>) -> Memo<Vec<Tab>> {
    Memo::new(move |_| {
        let (root, machines) = data
            .with(|key| (address(key.row.global_id.0), u64::try_from(key.row.machines).unwrap_or_default()));
        let at = |label: &str, part: &str| Tab::new(label, [root.as_str(), part].concat());
        let mut tabs =
            vec![at(key_use::TAB_OVERVIEW, ""), at(key_use::TAB_MACHINES, "/machines").count(machines)];
        if may(Permission::DataRead) {
            tabs.push(at(key_use::TAB_DATA, "/data"));
        }
        tabs.push(at(key_use::TAB_ACTIVITY, "/activity"));
        tabs.push(at(key_use::TAB_HISTORY, "/history"));
        tabs
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
        // A replaced key stays as it is.
        let replaced = data.get().block_source.as_deref() == Some(BlockSource::ReIssue.as_str());
        let change = (may(Permission::KeysWrite) && !replaced)
            .then(|| view! { <ReissueButton editor /> <BlockButton editor /> });
        view! {
            <DownloadLink href=api::keys::licence_file(row.global_id) title=key_use::LICENCE_FILE_TITLE>
                {key_use::LICENCE_FILE}
            </DownloadLink>
            {change}
        }
        .into_any()
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
        Some(BlockSource::Refund) => text::BLOCKED_BY_REFUND,
        None => "",
    };
    view! {
        <Banner tone=Tone::Bad title=text::BLOCKED_BANNER>
            <p>{why}</p>
        </Banner>
    }
    .into_any()
}
