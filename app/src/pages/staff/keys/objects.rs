//! The data objects of a key.

use latchkey_shared::{
    api::data::{DataObject, DataQuery, RefType},
    ids::KeyGlobalId,
    permission::Permission,
    text::{data as words, key_use as text},
};
use leptos::prelude::*;

use crate::{
    api::{data, load},
    components::{Button, DataTable, EmptyState, Glyph, Toolbar},
    pages::staff::{
        data::{Asked, ObjectDialog, RemoveDialog, columns, row},
        show::may,
    },
};

#[component]
pub fn KeyObjects(id: KeyGlobalId) -> impl IntoView {
    let objects = load(move || {
        data::list(&DataQuery { ref_type: RefType::Key.number(), ref_id: Some(id.0), ..DataQuery::default() })
    });
    let asked = RwSignal::new(None::<Asked>);
    let removing = RwSignal::new(None::<DataObject>);
    let edit = Callback::from(move |object: DataObject| asked.set(Some(Asked::Edit(object))));
    let remove = Callback::from(move |object: DataObject| removing.set(Some(object)));
    let add = move || {
        asked.set(Some(Asked::Add { ref_type: RefType::Key, ref_id: Some(id.0), name: "", fixed: true }));
    };
    let rows = Signal::derive(move || {
        objects.with(|found| {
            found.map(|found| found.objects.iter().map(|object| row(object, false, edit, remove)).collect())
        })
    });
    let button = may(Permission::DataWrite).then(|| {
        view! {
            <Toolbar>
                <Button icon=Glyph::Plus on_press=add>
                    {words::ADD}
                </Button>
            </Toolbar>
        }
    });
    view! {
        {button}
        <DataTable
            label=text::TAB_DATA
            columns=columns(RefType::Key, false)
            rows
            reloading=objects.reloading()
            problem=objects.problem()
            on_retry=move || objects.again()
            empty=ViewFn::from(empty)
        />
        <ObjectDialog asked on_done=move || objects.again() />
        <RemoveDialog removing on_done=move || objects.again() />
    }
    .into_any()
}

fn empty() -> AnyView {
    view! { <EmptyState title=text::DATA_EMPTY body=text::DATA_EMPTY_BODY glyph=Glyph::Database /> }
        .into_any()
}
