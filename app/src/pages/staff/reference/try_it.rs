//! Trying a method: a form of its parameters, and what came back.

use latchkey_shared::text::reference as text;
use leptos::{prelude::*, task::spawn_local};
use serde_json::Value;

use super::{
    document::{Method, Param, Place},
    fields::Fields,
};
use crate::{
    api::reference::TrialAnswer,
    components::{
        Badge, Banner, Button, ButtonRow, Choice, CodeBlock, Form, FormErrors, Look, SelectField,
        TextAreaField, TextField, TextKind, Tone,
    },
};

/// Why a method cannot be tried here, where that is so.
fn unfit(method: &Method) -> Option<&'static str> {
    match method.tag.as_str() {
        "portal" if !method.web_api => Some(text::TRY_PORTAL),
        "session" | "webhooks" if !method.web_api => Some(text::TRY_NOT_HERE),
        _ => None,
    }
}

#[component]
pub fn TryIt(method: StoredValue<Method>, fields: Fields) -> AnyView {
    if let Some(why) = method.with_value(unfit) {
        return view! { <p class="muted">{why}</p> }.into_any();
    }
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let answer = RwSignal::new(None::<Result<TrialAnswer, String>>);
    let submit = move || {
        let Some(trial) = method.with_value(|method| {
            check(method, fields, errors);
            errors.settle().then(|| fields.trial(method))
        }) else {
            return;
        };
        busy.set(true);
        answer.set(None);
        spawn_local(async move {
            let came = trial.send().await;
            // The page has gone, and with it whoever waited.
            if busy.try_set(false).is_none() {
                answer.set(Some(came.map_err(|_| text::NO_ANSWER.to_owned())));
            }
        });
    };
    let web_api = method.with_value(|method| method.web_api);
    let changes = method.with_value(|method| method.verb != "GET");
    let has_body = method.with_value(|method| method.body.is_some());
    let token_help = if web_api { text::TRY_TOKEN_HELP } else { text::TRY_TOKEN_OR_SESSION };
    let inputs = method.with_value(|method| {
        let values = fields.values.get_value();
        method.params.iter().zip(values).filter_map(|(param, value)| input(param, value)).collect_view()
    });
    view! {
        {changes.then(|| view! { <p class="muted">{text::TRY_REAL}</p> })}
        <Form errors busy on_submit=submit>
            <TextField
                name="token"
                label=text::TRY_TOKEN
                value=fields.token
                kind=TextKind::Code
                autocomplete="off"
                help=token_help
                required=web_api
            />
            <div class="reference-fields">{inputs}</div>
            {has_body
                .then(|| {
                    view! { <TextAreaField name="body" label=text::TRY_BODY value=fields.body rows=6 code=true required=true /> }
                })}
            <ButtonRow>
                <Button submit=true look=Look::Primary busy>
                    {text::SEND}
                </Button>
            </ButtonRow>
        </Form>
        <div aria-live="polite">{move || answer.get().map(draw_answer)}</div>
    }
    .into_any()
}

/// What would not even make a call.
fn check(method: &Method, fields: Fields, errors: FormErrors) {
    let values = fields.values.get_value();
    for (param, value) in method.params.iter().zip(values) {
        if param.place == Place::Path && value.with_untracked(|value| value.trim().is_empty()) {
            errors.set(&param.name, text::PATH_MISSING);
        }
    }
    let body = fields.body.get_untracked();
    if method.body.is_some() && serde_json::from_str::<Value>(&body).is_err() {
        errors.set("body", text::BODY_WRONG);
    }
}

/// The fields of a JSON body stand in the body.
fn input(param: &Param, value: RwSignal<String>) -> Option<AnyView> {
    if param.place == Place::Json {
        return None;
    }
    let (name, required) = (param.name.clone(), param.required);
    let label = name.clone();
    Some(if param.kind == text::TRUTH {
        let options = ["true", "false"].map(|word| Choice::new(word, word)).to_vec();
        view! { <SelectField name label value options=Signal::stored(options) placeholder="" required /> }
            .into_any()
    } else {
        view! { <TextField name label value kind=TextKind::Code autocomplete="off" required /> }.into_any()
    })
}

fn draw_answer(answer: Result<TrialAnswer, String>) -> AnyView {
    let answer = match answer {
        Ok(answer) => answer,
        Err(message) => return view! { <Banner tone=Tone::Bad title=message /> }.into_any(),
    };
    let tone = match answer.status {
        200..400 => Tone::Good,
        400..500 => Tone::Notice,
        _ => Tone::Bad,
    };
    let body = if answer.text.is_empty() {
        view! { <p class="muted">{text::EMPTY_ANSWER}</p> }.into_any()
    } else {
        view! { <CodeBlock label=text::ANSWER code=answer.text /> }.into_any()
    };
    view! {
        <div class="reference-answer">
            <p class="lines">
                <Badge tone=Signal::stored(tone) text=answer.status.to_string() />
                <span class="muted">{text::took(answer.milliseconds)}</span>
            </p>
            {body}
        </div>
    }
    .into_any()
}
