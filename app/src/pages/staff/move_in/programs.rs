//! What to change in programs, per SDK, with the vendor's own values.

use latchkey_shared::{
    api::move_in::{MoveIn, PublicKey},
    text::move_in::{self as text, SDKS, Sdk},
};
use leptos::prelude::*;

use super::page::Moving;
use crate::{
    components::{Banner, Choice, CopyButton, CopyField, SelectField, Tone},
    pages::staff::step::Step,
};

#[component]
pub fn ProgramsStep(moving: Moving) -> impl IntoView {
    let language = RwSignal::new(SDKS[0].key.to_owned());
    let server = Memo::new(move |_| address(&moving.data.get()));
    let keys = Memo::new(move |_| moving.data.get().public_keys);
    let options = SDKS.iter().map(|sdk| Choice::new(sdk.key, sdk.name)).collect::<Vec<_>>();
    let key = |key: PublicKey| {
        view! { <CopyField label=text::public_key_for(&key.products) value=key.xml /> }
    };
    let chosen = move || {
        let sdk = SDKS.iter().find(|sdk| language.with(|language| language == sdk.key));
        sdk.map(|sdk| change(sdk, &server.get()))
    };
    view! {
        <Step number="6" title=text::STEP_PROGRAMS>
            <p>{text::PROGRAMS_BODY}</p>
            <CopyField label=text::SERVER value=server />
            {move || keys.get().into_iter().map(key).collect_view()}
            <SelectField name="language" label=text::LANGUAGE value=language options=Signal::stored(options) />
            <div aria-live="polite" class="lines">
                {chosen}
            </div>
        </Step>
    }
    .into_any()
}

fn address(moving: &MoveIn) -> String {
    moving.server.trim_end_matches('/').to_owned()
}

fn change(sdk: &Sdk, server: &str) -> AnyView {
    let code = sdk.code.replace("{server}", server);
    let built_in = sdk.built_in.then(|| {
        view! {
            <Banner tone=Tone::Notice title=text::BUILT_IN>
                <p>{text::BUILT_IN_NOTE}</p>
            </Banner>
        }
    });
    let note = (!sdk.note.is_empty()).then_some(sdk.note);
    view! {
        {built_in}
        <p>{sdk.what}</p>
        <div class="move-in-code">
            <pre tabindex="0" aria-label=text::CODE>
                <code>{code.clone()}</code>
            </pre>
            <CopyButton value=code what=text::CODE />
        </div>
        {note.map(|note| view! { <p class="muted">{note}</p> })}
    }
    .into_any()
}
