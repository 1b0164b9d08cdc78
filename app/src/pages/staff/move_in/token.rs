//! Taking over the access token that programs in the field carry.

use latchkey_shared::{api::move_in::KnownToken, text::move_in as text};
use leptos::prelude::*;

use super::page::Moving;
use crate::{
    api::{check, move_in, use_sender},
    components::{Button, ButtonRow, Choice, ChoiceCards, Form, FormErrors, TextField, TextKind, use_toasts},
    pages::staff::step::Step,
};

/// What most programs do.
const USUAL: &str = "usual";
/// What somebody names.
const OTHER: &str = "other";

#[component]
pub fn TokenStep(moving: Moving) -> impl IntoView {
    let form = moving.may_write.then(|| view! { <TokenForm /> });
    view! {
        <Step number="4" title=text::STEP_TOKEN>
            <p>{text::TOKEN_BODY}</p>
            {form}
        </Step>
    }
    .into_any()
}

#[component]
fn TokenForm() -> impl IntoView {
    let token = RwSignal::new(String::new());
    let name = RwSignal::new(text::TOKEN_NAME_START.to_owned());
    let may = RwSignal::new(USUAL.to_owned());
    let methods = RwSignal::new(String::new());
    let errors = FormErrors::new();
    let sender = use_sender();
    let toasts = use_toasts();
    let submit = move || {
        let named = if may.with_untracked(|may| may == USUAL) {
            text::TOKEN_USUAL.to_owned()
        } else {
            methods.get_untracked()
        };
        let scopes = named.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
        let form = KnownToken {
            token: token.with_untracked(|token| token.trim().to_owned()),
            name: name.get_untracked(),
            scopes: scopes.collect(),
            product_lock: None,
        };
        if check(&form, errors) {
            sender.submit(errors, move_in::take_token(&form), move |taken| {
                token.set(String::new());
                if taken.changed {
                    toasts.good(text::token_taken(taken.id));
                } else {
                    toasts.good(text::TOKEN_SAME);
                }
            });
        }
    };
    let ways = Signal::stored(vec![
        Choice::new(USUAL, text::TOKEN_USUAL).note(text::TOKEN_USUAL_NOTE),
        Choice::new(OTHER, text::TOKEN_OTHER).note(text::TOKEN_OTHER_NOTE),
    ]);
    view! {
        <Form errors busy=sender.busy() on_submit=submit>
            <TextField
                name="token"
                label=text::TOKEN
                value=token
                kind=TextKind::Code
                autocomplete="off"
                max_length=400
                help=text::TOKEN_HELP
                required=true
            />
            <TextField name="name" label=text::TOKEN_NAME value=name autocomplete="off" max_length=100 required=true />
            <ChoiceCards name="may" label=text::TOKEN_MAY value=may options=ways />
            <Show when=move || may.with(|may| may == OTHER)>
                <TextField
                    name="scopes"
                    label=text::TOKEN_METHODS
                    value=methods
                    kind=TextKind::Code
                    autocomplete="off"
                    help=text::TOKEN_METHODS_HELP
                />
            </Show>
            <ButtonRow>
                <Button submit=true busy=sender.busy()>
                    {text::TOKEN_TAKE}
                </Button>
            </ButtonRow>
        </Form>
    }
    .into_any()
}
