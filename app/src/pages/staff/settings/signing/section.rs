//! All pairs, and what can be done about them.

use latchkey_shared::{
    api::signing::{SigningKey, SigningKeys},
    permission::Permission,
    text::signing as text,
};
use leptos::prelude::*;

use super::{export::ExportDialog, import::ImportDialog, make::MakeDialog, pair, retire::RetireDialog};
use crate::{
    api::{load, signing},
    components::{Button, ButtonRow, Card, Glyph, use_toasts},
    pages::staff::show::may,
};

/// What a pair's buttons ask for.
#[derive(Clone, Copy)]
pub struct Asked {
    pub export: RwSignal<Option<SigningKey>>,
    pub retire: RwSignal<Option<SigningKey>>,
    /// Takes a retired pair into use again.
    pub restore: Callback<(i64,)>,
}

#[component]
pub fn SigningSection() -> impl IntoView {
    let pairs = load(signing::list);
    let toasts = use_toasts();
    let sender = crate::api::use_sender();
    let (making, importing) = (RwSignal::new(false), RwSignal::new(false));
    let done = Callback::from(move |found: SigningKeys, words: &'static str| {
        pairs.set(found);
        toasts.good(words);
    });
    let asked = Asked {
        export: RwSignal::new(None),
        retire: RwSignal::new(None),
        restore: Callback::from(move |id: i64| {
            sender.press(signing::retire(id, false), move |found| done.run((found, text::RESTORED)));
        }),
    };
    let list = pairs.view(6, move |found| {
        let cards = move || {
            let pairs = found.get().signing_keys;
            pairs.into_iter().map(|pair| pair::draw(pair, asked)).collect_view()
        };
        view! { {cards} }.into_any()
    });
    let make = may(Permission::SettingsWrite).then(|| {
        view! {
            <Button icon=Glyph::Plus on_press=move || making.set(true)>
                {text::NEW}
            </Button>
        }
    });
    let import = may(Permission::SigningManage).then(|| {
        view! {
            <Button icon=Glyph::Upload on_press=move || importing.set(true)>
                {text::IMPORT}
            </Button>
        }
    });
    view! {
        <Card title=text::KEYS_TITLE>
            <p>{text::KEYS_INTRO}</p>
            <ButtonRow>{make} {import}</ButtonRow>
        </Card>
        {list}
        <MakeDialog open=making done />
        <ImportDialog open=importing done />
        <ExportDialog asked=asked.export />
        <RetireDialog asked=asked.retire done />
    }
    .into_any()
}
