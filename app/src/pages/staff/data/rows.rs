//! Data objects as rows of a table.

use latchkey_shared::{
    api::data::{DataObject, RefType},
    text::data as text,
};
use leptos::prelude::*;

use super::reserved::may_set;
use crate::{
    components::{Column, Glyph, IconButton, Row, Tone},
    pages::staff::show,
};

/// With what each is attached to, where the table is not about one thing.
pub fn columns(ref_type: RefType, attached: bool) -> Vec<Column> {
    let mut columns = vec![
        Column::new(text::NAME),
        Column::new(text::STRING).fact(),
        Column::new(text::INT).right().fact(),
        Column::new(text::UPDATED),
        Column::new(text::ACTIONS).right().fact(),
    ];
    if attached && ref_type != RefType::Vendor {
        columns.insert(1, Column::new(text::ATTACHED).fact());
    }
    columns
}

pub fn row(
    object: &DataObject,
    attached: bool,
    edit: Callback<(DataObject,)>,
    remove: Callback<(DataObject,)>,
) -> Row {
    let object = object.clone();
    let named = object.clone();
    let (string, updated, ref_id) = (object.string_value.clone(), object.updated, object.ref_id);
    let mut row = Row::new(object.id).cell(move || name(&named));
    row = match object.ref_type {
        _ if !attached => row,
        RefType::Vendor => row,
        RefType::Product => row.cell(move || link("/Products/", ref_id, text::product_number(ref_id))),
        RefType::Key => row.cell(move || link("/Keys/", ref_id, text::key_number(ref_id))),
    };
    row.text(string)
        .text(object.int_value.to_string())
        .cell(move || show::when(updated))
        .cell(move || actions(object.clone(), edit, remove))
}

fn name(object: &DataObject) -> AnyView {
    let name = object.name.clone();
    let reserved = object.reserved.is_some().then(|| show::badge(Tone::Accent, text::RESERVED));
    view! {
        <span class="lines" title=object.reserved.clone()>
            <code class="cell-text">{name}</code>
            {reserved}
        </span>
    }
    .into_any()
}

fn link(to: &str, id: i64, words: String) -> AnyView {
    view! { <a href=[to, &id.to_string()].concat()>{words}</a> }.into_any()
}

fn actions(object: DataObject, edit: Callback<(DataObject,)>, remove: Callback<(DataObject,)>) -> AnyView {
    if !may_set(object.ref_type, &object.name) {
        return ().into_any();
    }
    let (edited, removed) = (object.clone(), object.clone());
    view! {
        <span class="row-actions">
            <IconButton
                glyph=Glyph::Edit
                label=[text::EDIT, " ", &object.name].concat()
                on_press=move || edit.run((edited.clone(),))
            />
            <IconButton
                glyph=Glyph::Trash
                label=[text::REMOVE, " ", &object.name].concat()
                on_press=move || remove.run((removed.clone(),))
            />
        </span>
    }
    .into_any()
}
