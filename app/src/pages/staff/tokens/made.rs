//! A new token, this once, and a call to try it with.

use latchkey_shared::{
    api::{common::ListQuery, tokens::NewToken},
    permission::Permission,
    text::tokens as text,
};
use leptos::prelude::*;

use super::sample::{Sample, SampleKey};
use crate::{
    api::{encoded, keys, load},
    components::{Banner, ButtonLink, ButtonRow, Card, CodeBlock, CopyField, Look, Stack, Tone},
    pages::staff::show::may,
    routes::origin,
};

#[component]
pub fn Made(token: NewToken, sample: Sample) -> impl IntoView {
    let filter = sample.key_filter();
    let wanted = sample.needs_key() && may(Permission::KeysRead);
    let found = load(move || {
        wanted.then(|| keys::list(&ListQuery { filter: filter.clone(), limit: 1, ..ListQuery::default() }))
    });
    let key = Memo::new(move |_| {
        let first = found.get()?.items.into_iter().next()?;
        Some((first.product.0, first.key))
    });
    let path = sample.path().map(ToOwned::to_owned);
    let filled = sample.needs_key();
    let (product, wire) = (sample.product, token.token.clone());
    let command = Signal::derive(move || {
        let found = key.get();
        let (product, key) = found.as_ref().map_or_else(
            || (product.map_or(1, |id| id.0), text::YOUR_KEY),
            |(product, key)| (*product, key.as_str()),
        );
        sample.command(&origin(), &wire, SampleKey { product, key })
    });
    let note = move || if filled && key.with(Option::is_none) { text::TRY_KEY } else { text::TRY_BODY };
    let reference = match &path {
        Some(path) => ["/Reference?method=", &encoded(&["post /api/", path].concat())].concat(),
        None => "/Reference".to_owned(),
    };
    view! {
        <Stack>
            <Banner tone=Tone::Notice title=text::MADE_TITLE alert=true>
                <p>{text::MADE_BODY}</p>
            </Banner>
            <Card>
                <CopyField label=text::TOKEN value=token.token />
            </Card>
            <Card title=text::TRY_TITLE>
                <p class="muted">{note}</p>
                <CodeBlock label=text::SAMPLE code=command />
                <p>
                    <a href=reference>{text::TRY_MORE}</a>
                </p>
            </Card>
            <ButtonRow>
                <ButtonLink href="/Tokens" look=Look::Primary>
                    {text::DONE}
                </ButtonLink>
            </ButtonRow>
        </Stack>
    }
    .into_any()
}
