//! The eight switches of a key.

use latchkey_shared::{
    permission::Permission,
    text::{keys as text, products},
};
use leptos::prelude::*;

use super::edit::KeyEditor;
use crate::{
    components::{Card, Switch},
    pages::staff::show::may,
};

#[component]
pub fn Features(editor: KeyEditor) -> impl IntoView {
    let read_only = !may(Permission::KeysWrite);
    let names = editor.data.get_untracked().feature_names;
    let draw = move |index: usize| {
        let label = products::feature(index, names.get(index).map_or("", String::as_str));
        let on = Signal::derive(move || {
            editor.data.with(|key| key.features.get(index).copied().unwrap_or_default())
        });
        let name = label.clone();
        let toggle = move |on: bool| {
            let switch = move |form: &mut latchkey_shared::api::keys::EditKey| {
                if let Some(feature) = form.features.get_mut(index) {
                    *feature = on;
                }
            };
            editor.save(switch, text::switched(&name, on), None, || {});
        };
        view! { <Switch label on on_toggle=Callback::from(toggle) disabled=read_only /> }
    };
    view! {
        <Card title=text::FEATURES_TITLE>
            {(!read_only).then(|| view! { <p class="field-help">{text::FEATURES_HELP}</p> })}
            <div class="feature-list">{(0..8).map(draw).collect_view()}</div>
        </Card>
    }
    .into_any()
}
