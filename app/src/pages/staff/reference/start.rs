//! How to call, for who has not chosen a method yet.

use latchkey_shared::{permission::Permission, text::reference as text};
use leptos::prelude::*;

use crate::{
    components::{ButtonLink, ButtonRow, Card, CodeBlock, Glyph},
    pages::staff::show::may,
    routes::origin,
};

pub fn draw() -> AnyView {
    let sample = [
        "curl ",
        &origin(),
        "/api/key/GetKey \\\n  --data-urlencode 'token=TOKEN' \\\n  -d ProductId=1 \\\n  -d Key=YOUR-KEY",
    ]
    .concat();
    let tokens = may(Permission::SettingsWrite).then(|| {
        view! {
            <ButtonRow>
                <ButtonLink href="/Tokens/New" icon=Glyph::Plus>
                    {text::START_TOKEN}
                </ButtonLink>
            </ButtonRow>
        }
    });
    view! {
        <Card title=text::START_TITLE>
            <p>{text::CHOOSE}</p>
            <h3>{text::WEB_API}</h3>
            <p>{text::START_WEB_API}</p>
            <CodeBlock label=text::START_SAMPLE code=sample />
            <h3>{text::LATCHKEY}</h3>
            <p>{text::START_LATCHKEY}</p>
            {tokens}
        </Card>
    }
    .into_any()
}
