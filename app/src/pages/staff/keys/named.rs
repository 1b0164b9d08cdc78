//! The named features of a key: those of its product's tree that are ticked, kept in the key's data object that
//! programs read.

use std::collections::BTreeSet;

use latchkey_shared::{
    api::{
        data::{AddDataObject, DataObject, DataObjects, DataQuery, EditDataObject, RefType},
        keys::LicenceKey,
        licensing::ProductLicensing,
    },
    feature_tree::{self as tree, Feature},
    ids::KeyGlobalId,
    permission::Permission,
    text::{common::SAVE, key_use as text},
};
use leptos::prelude::*;

use crate::{
    api::{self, Load, Shown, load, use_sender},
    components::{Button, ButtonRow, Card, unique_id, use_toasts},
    pages::staff::show::may,
};

/// The data object that programs read.
const OBJECT: &str = "cryptolens_features";

#[component]
pub fn NamedFeatures(data: Shown<LicenceKey>) -> impl IntoView {
    if !may(Permission::DataRead) || !may(Permission::ProductsRead) {
        return ().into_any();
    }
    let (key, product) = data.with_untracked(|key| (key.row.global_id, key.row.product));
    let rules = load(move || api::products::licensing(product));
    let objects = load(move || {
        api::data::list(&DataQuery {
            ref_type: RefType::Key.number(),
            ref_id: Some(key.0),
            contains: OBJECT.to_owned(),
        })
    });
    let known = Memo::new(move |_| Some((offered(rules)?, kept(objects)?)));
    let card = move || {
        let (offered, object) = known.get()?;
        let object = object.into_iter().next();
        let said = object.as_ref().map(|object| object.string_value.as_str()).unwrap_or_default();
        let Some(own) = tree::parse(said) else {
            return Some(
                view! { <Card title=text::NAMED><p class="muted">{text::NAMED_FOREIGN}</p></Card> }
                    .into_any(),
            );
        };
        let all = tree::union(&offered, &own);
        (!all.is_empty()).then(|| view! { <Chooser key all own object /> }.into_any())
    };
    view! { {card} }.into_any()
}

/// What the product's keys can have; nothing while it is loading.
fn offered(rules: Load<ProductLicensing>) -> Option<Vec<Feature>> {
    rules.with(|rules| rules.map(|rules| tree::parse(&rules.feature_template).unwrap_or_default()))
}

/// The key's object, of which there is at most one; nothing while it is loading.
fn kept(objects: Load<DataObjects>) -> Option<Vec<DataObject>> {
    let own = |found: &DataObjects| {
        found.objects.iter().find(|object| object.name == OBJECT).cloned().into_iter().collect()
    };
    objects.with(|found| found.map(own))
}

#[component]
fn Chooser(
    key: KeyGlobalId,
    /// What can be ticked.
    all: Vec<Feature>,
    /// What the key has.
    own: Vec<Feature>,
    object: Option<DataObject>,
) -> impl IntoView {
    let ticked = RwSignal::new(tree::paths(&own).into_iter().collect::<BTreeSet<_>>());
    let sender = use_sender();
    let toasts = use_toasts();
    let read_only = !may(Permission::DataWrite);
    let all = StoredValue::new(all);
    let object = StoredValue::new(object);
    let saved = move |saved: DataObject| {
        object.set_value(Some(saved));
        toasts.good(text::NAMED_SAVED);
    };
    let save = move || {
        let value = ticked.with_untracked(|ticked| {
            all.with_value(|all| tree::write(&tree::chosen(all, &|path| ticked.contains(path))))
        });
        if let Some(object) = object.get_value() {
            let form = EditDataObject { string_value: value, int_value: object.int_value };
            sender.press(api::data::edit(object.id, &form), saved);
        } else {
            let form = AddDataObject {
                ref_type: RefType::Key,
                ref_id: key.0,
                name: OBJECT.to_owned(),
                string_value: value,
                int_value: 0,
            };
            sender.press(api::data::add(&form), saved);
        }
    };
    let button = (!read_only).then(|| {
        view! {
            <ButtonRow>
                <Button busy=sender.busy() on_press=save>
                    {SAVE}
                </Button>
            </ButtonRow>
        }
    });
    view! {
        <Card title=text::NAMED>
            <fieldset class="plain" disabled=read_only>
                <legend class="unseen">{text::NAMED}</legend>
                {all.with_value(|all| branch(all, "", ticked))}
            </fieldset>
            {button}
        </Card>
    }
}

fn branch(features: &[Feature], above: &str, ticked: RwSignal<BTreeSet<String>>) -> AnyView {
    let leaf = |feature: &Feature| {
        let path = tree::path(above, &feature.name);
        let below = (!feature.children.is_empty()).then(|| branch(&feature.children, &path, ticked));
        view! { <li>{tick(feature.name.clone(), path, ticked)} {below}</li> }
    };
    view! { <ul class="feature-tree">{features.iter().map(leaf).collect_view()}</ul> }.into_any()
}

fn tick(name: String, path: String, ticked: RwSignal<BTreeSet<String>>) -> AnyView {
    let id = unique_id("feature");
    let (own, title) = (path.clone(), path.clone());
    view! {
        <div class="check">
            <input
                type="checkbox"
                id=id.clone()
                prop:checked=move || ticked.with(|ticked| ticked.contains(&own))
                on:change=move |event| {
                    let on = event_target_checked(&event);
                    ticked.update(|ticked| toggle(ticked, &path, on));
                }
            />
            <label for=id title=title>
                {name}
            </label>
        </div>
    }
    .into_any()
}

/// A feature comes with what it belongs to, and goes with what belongs to it.
fn toggle(ticked: &mut BTreeSet<String>, path: &str, on: bool) {
    if on {
        let ends = path.match_indices('.').map(|(at, _)| at).chain([path.len()]);
        ticked.extend(ends.map(|end| path[..end].to_owned()));
    } else {
        let below = [path, "."].concat();
        ticked.retain(|other| other != path && !other.starts_with(&below));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::toggle;

    #[test]
    fn parents_come_along_and_children_go_along() {
        let mut ticked = BTreeSet::from(["video".to_owned(), "videos".to_owned()]);
        toggle(&mut ticked, "video.export.fast", true);
        assert!(ticked.contains("video.export") && ticked.contains("video.export.fast"));
        toggle(&mut ticked, "video", false);
        assert_eq!(ticked, BTreeSet::from(["videos".to_owned()]));
    }
}
