//! One pair.

use latchkey_shared::{
    api::signing::{SigningKey, SigningProduct},
    permission::Permission,
    text::signing as text,
};
use leptos::prelude::*;

use super::section::Asked;
use crate::{
    components::{Button, ButtonRow, Card, CodeBlock, Fact, Facts, Look, Tone},
    pages::staff::show::{self, may},
};

pub fn draw(pair: SigningKey, asked: Asked) -> AnyView {
    let (state, products) = (badges(&pair), products(&pair));
    let SigningKey { name, public_xml, public_pem, created, .. } = pair.clone();
    view! {
        <Card title=name>
            <Facts>
                <Fact label=text::STATE>{state}</Fact>
                <Fact label=text::PRODUCTS>{products}</Fact>
                <Fact label=text::MADE>{show::day(created)}</Fact>
            </Facts>
            <details class="qr-details">
                <summary>{text::PUBLIC}</summary>
                <div class="stack">
                    <CodeBlock label=text::PUBLIC_XML code=public_xml />
                    <CodeBlock label=text::PUBLIC_PEM code=public_pem />
                </div>
            </details>
            {buttons(&pair, asked)}
        </Card>
    }
    .into_any()
}

fn badges(pair: &SigningKey) -> AnyView {
    let state = match pair {
        SigningKey { retired: true, .. } => show::badge(Tone::Neutral, text::RETIRED),
        SigningKey { products: 0, .. } => show::badge(Tone::Neutral, text::UNUSED),
        _ => show::badge(Tone::Good, text::IN_USE),
    };
    let default = pair.is_default.then(|| show::badge(Tone::Accent, text::DEFAULT));
    view! { <span class="lines">{state} {default}</span> }.into_any()
}

fn products(pair: &SigningKey) -> AnyView {
    if pair.used_by.is_empty() {
        return show::quiet(text::NO_PRODUCT);
    }
    let link = |SigningProduct { id, name }: &SigningProduct| {
        let href = ["/Products/", &id.to_string()].concat();
        view! { <a href=href>{name.clone()}</a> }
    };
    let more = pair.products - i64::try_from(pair.used_by.len()).unwrap_or_default();
    let more = (more > 0).then(|| view! { <span class="muted">{text::and_more(more)}</span> });
    view! { <span class="lines">{pair.used_by.iter().map(link).collect_view()} {more}</span> }.into_any()
}

fn buttons(pair: &SigningKey, asked: Asked) -> AnyView {
    let (exported, retired) = (pair.clone(), pair.clone());
    let id = pair.id;
    let export = may(Permission::SigningManage).then(|| {
        view! { <Button on_press=move || asked.export.set(Some(exported.clone()))>{text::EXPORT}</Button> }
    });
    if !may(Permission::SettingsWrite) {
        return export.map(|export| view! { <ButtonRow>{export}</ButtonRow> }).into_any();
    }
    let retire = if pair.retired {
        view! { <Button on_press=move || asked.restore.run((id,))>{text::RESTORE}</Button> }.into_any()
    } else if pair.products > 0 {
        view! { <p class="muted">{text::RETIRE_HELD}</p> }.into_any()
    } else {
        view! {
            <Button look=Look::Quiet on_press=move || asked.retire.set(Some(retired.clone()))>
                {text::RETIRE}
            </Button>
        }
        .into_any()
    };
    view! { <ButtonRow>{export} {retire}</ButtonRow> }.into_any()
}
