//! The three steps of connecting.

use latchkey_shared::text::stripe as text;
use leptos::prelude::*;

use super::connect::{AUTO, Fields, OWN};
use crate::{
    components::{Choice, ChoiceCards, CopyField, OutLink, TextField, TextKind},
    pages::staff::step::Step,
};

#[component]
pub fn KeyStep(fields: Fields) -> impl IntoView {
    view! {
        <Step number="1" title=text::STEP_KEY>
            <p>{text::STEP_KEY_BODY}</p>
            <p>
                <OutLink href=text::KEYS_URL>{text::OPEN_KEYS}</OutLink>
            </p>
            <TextField
                name="secret_key"
                label=text::SECRET_KEY
                value=fields.key
                kind=TextKind::Code
                autocomplete="off"
                max_length=300
                help=text::SECRET_KEY_HELP
                required=true
            />
        </Step>
    }
    .into_any()
}

#[component]
pub fn PermissionStep() -> impl IntoView {
    let row = |(name, write, why): (&'static str, bool, &'static str)| {
        let level = if write { text::WRITE_LEVEL } else { text::READ_LEVEL };
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{level}</td>
                <td>{why}</td>
            </tr>
        }
    };
    view! {
        <Step number="2" title=text::STEP_MAY>
            <p>{text::STEP_MAY_BODY}</p>
            <div class="table-scroll" role="region" aria-label=text::STEP_MAY tabindex="0">
                <table class="small-table">
                    <thead>
                        <tr>
                            <th scope="col">{text::PERMISSION}</th>
                            <th scope="col">{text::LEVEL}</th>
                            <th scope="col">{text::NEEDED_FOR}</th>
                        </tr>
                    </thead>
                    <tbody>{text::PERMISSIONS.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </Step>
    }
    .into_any()
}

#[component]
pub fn WebhookStep(
    fields: Fields,
    address: Signal<Option<String>>,
    own_address: Memo<bool>,
) -> impl IntoView {
    let ways = Signal::derive(move || {
        let own = if own_address.get() { text::WEBHOOK_OWN_LATER } else { text::WEBHOOK_OWN_NOTE };
        vec![
            Choice::new(AUTO, text::WEBHOOK_AUTO).note(text::WEBHOOK_AUTO_NOTE),
            Choice::new(OWN, text::WEBHOOK_OWN).note(own),
        ]
    });
    let own = Memo::new(move |_| !own_address.get() && fields.webhook.with(|how| how == OWN));
    let copy = move || address.get().map(|value| view! { <CopyField label=text::WEBHOOK_ADDRESS value /> });
    view! {
        <Step number="3" title=text::STEP_WEBHOOK>
            <p>{text::STEP_WEBHOOK_BODY}</p>
            <ChoiceCards name="webhook" label=text::WEBHOOK_HOW value=fields.webhook options=ways />
            <Show when=move || own.get()>
                {copy}
                <TextField
                    name="webhook_secret"
                    label=text::WEBHOOK_SECRET
                    value=fields.webhook_secret
                    kind=TextKind::Code
                    autocomplete="off"
                    max_length=200
                    help=text::WEBHOOK_SECRET_HELP
                />
            </Show>
        </Step>
    }
    .into_any()
}
