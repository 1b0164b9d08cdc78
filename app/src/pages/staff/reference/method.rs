//! One method: what it takes, what it answers, a sample, and a form to try it.

use latchkey_shared::text::reference as text;
use leptos::prelude::*;

use super::{
    document::{Answer, Method, Param, Place},
    fields::Fields,
    try_it::TryIt,
};
use crate::{
    components::{Card, CodeBlock},
    routes::origin,
};

/// `token` is the page's.
pub fn draw(method: &Method, token: RwSignal<String>) -> AnyView {
    let fields = Fields::of(method, token);
    let kept = StoredValue::new(method.clone());
    let command = Signal::derive(move || kept.with_value(|method| fields.command(method, &origin())));
    let answers = method.answers.iter().map(draw_answer).collect_view();
    let sample = method.answers.iter().find_map(|answer| answer.sample.clone());
    let (flush, params) = (!method.params.is_empty(), params(&method.params));
    view! {
        <header class="reference-head">
            <h2 tabindex="-1">
                <span class="verb">{method.verb.clone()}</span>
                <code>{method.path.clone()}</code>
            </h2>
            <p>{method.about.clone()}</p>
            <p class="muted">{method.more.clone()}</p>
        </header>
        <Card title=text::PARAMETERS flush=flush>
            {params}
        </Card>
        <Card title=text::SAMPLE>
            <p class="muted">{text::SAMPLE_NOTE}</p>
            <CodeBlock label=text::SAMPLE code=command />
        </Card>
        <Card title=text::TRY>
            <TryIt method=kept fields />
        </Card>
        <Card title=text::ANSWERS>
            <dl class="facts">{answers}</dl>
            {sample.map(|sample| view! { <CodeBlock label=text::ANSWER_SAMPLE code=sample /> })}
        </Card>
    }
    .into_any()
}

fn params(params: &[Param]) -> AnyView {
    if params.is_empty() {
        return view! { <p class="muted">{text::NO_PARAMETERS}</p> }.into_any();
    }
    let row = |param: &Param| {
        let place = match param.place {
            Place::Path => text::IN_PATH,
            Place::Query => text::IN_QUERY,
            Place::Form | Place::Json => "",
        };
        view! {
            <div class="param">
                <dt>
                    <code>{param.name.clone()}</code>
                    {param.required.then(|| view! { <span class="param-required">{text::REQUIRED}</span> })}
                </dt>
                <dd>
                    <span class="muted">{param.kind.clone()} {(!place.is_empty()).then(|| [", ", place].concat())}</span>
                    {(!param.about.is_empty()).then(|| view! { <span>{param.about.clone()}</span> })}
                </dd>
            </div>
        }
    };
    view! { <dl class="params">{params.iter().map(row).collect_view()}</dl> }.into_any()
}

fn draw_answer(answer: &Answer) -> AnyView {
    view! {
        <div class="fact">
            <dt>{answer.status.clone()}</dt>
            <dd>{answer.about.clone()}</dd>
        </div>
    }
    .into_any()
}
