//! The addresses that customers are given.

use latchkey_shared::{permission::Permission, text::settings as text};
use leptos::prelude::*;

use super::page::Shown;
use crate::{
    components::{Card, CopyField, Fact, Facts, Tone},
    pages::staff::show::{self, may},
};

#[component]
pub fn LinksSection(shown: Shown) -> impl IntoView {
    let data = shown.data;
    let link = move || {
        let link = data.get().sign_up_link;
        let state = match (link.enabled, link.blocked.is_some()) {
            (false, _) => show::badge(Tone::Neutral, text::SIGN_UP_OFF),
            (true, true) => show::badge(Tone::Bad, text::SIGN_UP_BLOCKED),
            (true, false) => show::badge(Tone::Good, text::SIGN_UP_ON),
        };
        let copy = link.url.map(|url| view! { <CopyField label=text::SIGN_UP_LINK value=url /> });
        let blocked = link.blocked.map(|why| view! { <p class="muted">{why}</p> });
        view! {
            {copy}
            {blocked}
            <Facts>
                <Fact label=text::SIGN_UP_STATE>{state}</Fact>
                <Fact label=text::SIGN_UPS>{link.sign_ups}</Fact>
            </Facts>
        }
    };
    let manage = may(Permission::CustomersRead)
        .then(|| view! { <p><a href="/Customer/SignUpLink">{text::MANAGE_SIGN_UP}</a></p> });
    view! {
        <Card title=text::LINKS_TITLE>
            <CopyField
                label=text::COMPANY_PAGE
                value=Signal::derive(move || data.get().company_page)
                help=text::COMPANY_PAGE_HELP
            />
            {link}
            {manage}
            <CopyField
                label=text::PUBLIC_URL
                value=Signal::derive(move || data.get().public_url)
                help=text::PUBLIC_URL_HELP
            />
        </Card>
    }
    .into_any()
}
