//! How messages leave, and a way to try it.

use latchkey_shared::{
    api::{session::Environment, settings::MailTest},
    text::settings as text,
};
use leptos::prelude::*;

use super::{mail_form::MailForm, page::Shown};
use crate::{
    api::{settings, use_sender},
    components::{Banner, Button, ButtonRow, Card, Fact, Facts, Glyph, Tone},
    pages::staff::show,
    session::use_session,
};

#[component]
pub fn MailSection(shown: Shown) -> impl IntoView {
    let Shown { data, read_only, .. } = shown;
    let configured = Memo::new(move |_| data.with(|settings| settings.mail.configured));
    let fixed = data.get_untracked().mail.fixed;
    let state = move || {
        let mail = data.get().mail;
        if !mail.configured {
            let demo = use_session().environment() == Some(Environment::Demo);
            let body = if demo { text::MAIL_DEMO_BODY } else { text::MAIL_OFF_BODY };
            return view! {
                <Banner tone=Tone::Notice title=text::MAIL_OFF>
                    <p>{body}</p>
                </Banner>
            }
            .into_any();
        }
        view! {
            <Facts>
                <Fact label=text::MAIL_STATE>{show::badge(Tone::Good, text::MAIL_ON)}</Fact>
                <Fact label=text::MAIL_SERVER>
                    <code>{mail.server}</code>
                </Fact>
                <Fact label=text::MAIL_FROM>{mail.from}</Fact>
            </Facts>
        }
        .into_any()
    };
    view! {
        <Card title=text::MAIL_TITLE>
            {state}
            {fixed.then(|| view! { <p class="muted">{text::MAIL_FIXED}</p> })}
            {(!fixed && !read_only).then(|| view! { <MailForm shown /> })}
        </Card>
        <Show when=move || configured.get() && !read_only>
            <TestCard />
        </Show>
    }
    .into_any()
}

#[component]
fn TestCard() -> impl IntoView {
    let sender = use_sender();
    let result = RwSignal::new(None::<MailTest>);
    let test = move || {
        result.set(None);
        sender.press(settings::test_mail(), move |answer| result.set(Some(answer)));
    };
    let answer = move || {
        result.get().map(|test| {
            let tone = if test.ok { Tone::Good } else { Tone::Bad };
            view! { <Banner tone title=test.message alert=true /> }
        })
    };
    view! {
        <Card title=text::MAIL_TEST_TITLE>
            <p class="muted">{text::MAIL_TEST_BODY}</p>
            {answer}
            <ButtonRow>
                <Button icon=Glyph::Send busy=sender.busy() on_press=test>
                    {text::MAIL_TEST}
                </Button>
            </ButtonRow>
        </Card>
    }
    .into_any()
}
