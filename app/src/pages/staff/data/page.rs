//! The page, its three tabs, and what is asked from it.

use latchkey_shared::{
    api::data::{DataObject, DataQuery, RefType, TERMS_URL},
    permission::Permission,
    text::data as text,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{
    form::{Asked, ObjectDialog},
    remove::RemoveDialog,
    reserved,
    rows::{columns, row},
};
use crate::{
    api::{data, load},
    components::{Button, DataTable, EmptyState, Glyph, Look, PageHeader, SearchField, Tab, Tabs, Toolbar},
    hooks::{Query, use_query_state},
    pages::staff::show::may,
};

#[component]
pub fn DataPage() -> impl IntoView {
    let query = use_query_state();
    let ref_type = ref_type(query);
    let ref_id = query.memo("refId");
    let contains = query.memo("contains");
    let one = Memo::new(move |_| ref_id.get().and_then(|id| id.parse::<i64>().ok()));
    let objects = load(move || {
        data::list(&DataQuery {
            ref_type: ref_type.get().number(),
            ref_id: one.get(),
            contains: contains.get().unwrap_or_default(),
        })
    });
    let asked = RwSignal::new(None::<Asked>);
    let removing = RwSignal::new(None::<DataObject>);
    let edit = Callback::from(move |object: DataObject| asked.set(Some(Asked::Edit(object))));
    let remove = Callback::from(move |object: DataObject| removing.set(Some(object)));
    let add = move |name: &'static str| {
        asked.set(Some(Asked::Add {
            ref_type: ref_type.get_untracked(),
            ref_id: one.get_untracked(),
            name,
            fixed: false,
        }));
    };
    let rows = Signal::derive(move || {
        objects.with(|found| {
            found.map(|found| found.objects.iter().map(|object| row(object, true, edit, remove)).collect())
        })
    });
    let terms = Signal::derive(move || {
        objects.with(|found| {
            found.and_then(|found| found.objects.iter().find(|object| object.name == TERMS_URL).cloned())
        })
    });
    let set_terms = Callback::from(move |found: Option<DataObject>| match found {
        Some(object) => edit.run((object,)),
        None => add(TERMS_URL),
    });
    let filtered = Signal::derive(move || contains.with(Option::is_some) || one.with(Option::is_some));
    let clear = move || query.set(&[("contains", None), ("refId", None)]);
    let add_button = move || {
        may(Permission::DataWrite)
            .then(|| {
                view! {
                    <Button look=Look::Primary icon=Glyph::Plus on_press=move || add("")>
                        {text::ADD}
                    </Button>
                }
            })
            .into_any()
    };
    let empty = move || {
        let title = match ref_type.get() {
            RefType::Vendor => text::EMPTY_VENDOR,
            RefType::Product => text::EMPTY_PRODUCT,
            RefType::Key => text::EMPTY_KEY,
        };
        view! { <EmptyState title body=text::EMPTY_BODY glyph=Glyph::Database /> }.into_any()
    };
    let table = move || {
        view! {
            <DataTable
                label=text::TITLE
                columns=columns(ref_type.get(), true)
                rows
                reloading=objects.reloading()
                problem=objects.problem()
                on_retry=move || objects.again()
                filtered
                on_clear=clear
                empty=ViewFn::from(empty)
            />
        }
    };
    let reserved = move || (ref_type.get() == RefType::Vendor).then(|| reserved::card(terms, set_terms));
    view! {
        <PageHeader title=text::TITLE actions=ViewFn::from(add_button)>
            <span>{text::INTRO}</span>
        </PageHeader>
        <Tabs label=text::TABS_LABEL tabs=tabs(ref_type) />
        <Toolbar>
            <SearchField
                label=text::SEARCH
                value=Signal::derive(move || contains.get().unwrap_or_default())
                on_search=Callback::from(move |name: String| query.replace(&[("contains", Some(name))]))
            />
            {move || only_one(one.get(), ref_type.get(), query)}
        </Toolbar>
        {table}
        {reserved}
        <ObjectDialog asked on_done=move || objects.again() />
        <RemoveDialog removing on_done=move || objects.again() />
    }
    .into_any()
}

fn ref_type(query: Query) -> Memo<RefType> {
    Memo::new(move |_| {
        let number = query.get("refType").and_then(|number| number.parse().ok());
        number.and_then(RefType::from_number).unwrap_or_default()
    })
}

/// The three tabs. The current one carries the current query, so that it stays marked while that changes.
fn tabs(current: Memo<RefType>) -> Signal<Vec<Tab>> {
    let search = use_location().search;
    Signal::derive(move || {
        let names = [text::VENDOR, text::PRODUCT, text::KEY];
        let tab = |(kind, name): (RefType, &str)| {
            let query = search.get();
            let href = match (kind == current.get(), query.is_empty()) {
                (true, true) => "/Data".to_owned(),
                (true, false) => ["/Data?", &query].concat(),
                (false, _) => ["/Data?refType=", &kind.number().to_string()].concat(),
            };
            Tab::new(name, href)
        };
        RefType::ALL.into_iter().zip(names).map(tab).collect()
    })
}

fn only_one(one: Option<i64>, ref_type: RefType, query: Query) -> AnyView {
    let words = match (one, ref_type) {
        (None, _) | (_, RefType::Vendor) => return ().into_any(),
        (_, RefType::Product) => text::ONLY_ONE_PRODUCT,
        (_, RefType::Key) => text::ONLY_ONE_KEY,
    };
    view! {
        <p class="muted">{words}</p>
        <Button small=true on_press=move || query.set(&[("refId", None)])>
            {text::SHOW_ALL}
        </Button>
    }
    .into_any()
}
