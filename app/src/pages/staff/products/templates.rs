//! A product's licence templates.

use latchkey_shared::{
    api::{catalog::Product, licensing::LicenceTemplate},
    permission::Permission,
    text::templates as text,
};
use leptos::prelude::*;

use super::{
    key_fields::describe,
    page::address,
    template_dialogs::{Asked, RemoveTemplate, TemplateDialog},
};
use crate::{
    api::{Shown, load, products},
    components::{Button, ButtonLink, Column, DataTable, EmptyState, Glyph, IconButton, Row, Tag, Toolbar},
    pages::staff::show::may,
};

#[component]
pub fn Templates(product: Shown<Product>) -> impl IntoView {
    let (id, names) = product.with_untracked(|product| (product.id, product.feature_names.clone()));
    let templates = load(move || products::templates(id));
    let asked = RwSignal::new(None::<Asked>);
    let removing = RwSignal::new(None::<LicenceTemplate>);
    let names = StoredValue::new(names);
    let rows = Signal::derive(move || {
        templates.with(|found| {
            let row = |template: &LicenceTemplate| row(template, names, asked, removing);
            found.map(|found| found.templates.iter().map(row).collect::<Vec<_>>())
        })
    });
    let columns = vec![
        Column::new(text::NAME),
        Column::new(text::A_KEY_IS).fact(),
        Column::new(text::ID).right(),
        Column::new(text::ACTIONS).right().fact(),
    ];
    let add = move || {
        may(Permission::ProductsWrite).then(|| {
            view! {
                <Button icon=Glyph::Plus on_press=move || asked.set(Some(Asked::Add))>
                    {text::NEW}
                </Button>
            }
        })
    };
    let empty = move || {
        view! {
            <EmptyState title=text::EMPTY_TITLE body=text::EMPTY_BODY glyph=Glyph::Document>
                {add()}
            </EmptyState>
        }
        .into_any()
    };
    let some =
        Memo::new(move |_| templates.with(|found| found.is_some_and(|found| !found.templates.is_empty())));
    view! {
        {move || some.get().then(|| view! { <Toolbar>{add()}</Toolbar> })}
        <DataTable
            label=text::TITLE
            columns
            rows
            reloading=templates.reloading()
            problem=templates.problem()
            on_retry=move || templates.again()
            empty=ViewFn::from(empty)
        />
        <TemplateDialog product=id names asked on_done=move || templates.again() />
        <RemoveTemplate removing on_done=move || templates.again() />
    }
    .into_any()
}

fn row(
    template: &LicenceTemplate,
    names: StoredValue<Vec<String>>,
    asked: RwSignal<Option<Asked>>,
    removing: RwSignal<Option<LicenceTemplate>>,
) -> Row {
    let lines = names.with_value(|names| describe(&template.key, names));
    let id = template.id.to_string();
    let template = template.clone();
    Row::new(template.id)
        .text(template.name.clone())
        .cell(move || {
            let tags = lines.iter().map(|line| view! { <Tag text=line.clone() /> }).collect_view();
            view! { <span class="tags">{tags}</span> }.into_any()
        })
        .cell(move || {
            let id = id.clone();
            view! { <span title=text::ID_TITLE>{id}</span> }.into_any()
        })
        .cell(move || actions(&template, asked, removing))
}

fn actions(
    template: &LicenceTemplate,
    asked: RwSignal<Option<Asked>>,
    removing: RwSignal<Option<LicenceTemplate>>,
) -> AnyView {
    let href = [&address(template.product), "/Keys/New?template=", &template.id.to_string()].concat();
    let make = may(Permission::KeysWrite).then(|| {
        view! {
            <ButtonLink href small=true>
                {text::MAKE}
            </ButtonLink>
        }
    });
    let name = |word: &str| [word, " ", &template.name].concat();
    let (edited, removed) = (template.clone(), template.clone());
    let change = may(Permission::ProductsWrite).then(|| {
        view! {
            <IconButton
                glyph=Glyph::Edit
                label=name(text::EDIT)
                on_press=move || asked.set(Some(Asked::Edit(edited.clone())))
            />
            <IconButton
                glyph=Glyph::Trash
                label=name(text::REMOVE)
                on_press=move || removing.set(Some(removed.clone()))
            />
        }
    });
    view! { <span class="row-actions">{make} {change}</span> }.into_any()
}
