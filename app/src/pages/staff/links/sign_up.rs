//! `/Customer/SignUpLink`

use latchkey_shared::{
    api::{links::SignUpLink, settings::SetSignUpLink},
    permission::Permission as May,
    text::{customers, links as text},
};
use leptos::prelude::*;

use crate::{
    api::{self, Load, Shown, load, use_sender},
    components::{
        Banner, Button, Card, Columns, ConfirmDialog, CopyField, Crumb, Fact, Facts, Glyph, PageHeader,
        QrCode, Switch, Tone, use_toasts,
    },
    pages::staff::show::{self, may},
};

#[component]
pub fn SignUpLinkPage() -> impl IntoView {
    let link = load(api::sign_up_link::get);
    view! {
        <PageHeader title=text::TITLE crumbs=vec![Crumb::new(customers::TITLE, "/Customers")] />
        {link.view(6, move |shown| draw(link, shown))}
    }
    .into_any()
}

fn draw(link: Load<SignUpLink>, shown: Shown<SignUpLink>) -> AnyView {
    let url = Memo::new(move |_| shown.with(|shown| shown.url.clone()));
    let enabled = Memo::new(move |_| shown.with(|shown| shown.enabled));
    let qr = move || {
        url.get().map(|url| {
            view! {
                <Card title=text::QR_TITLE>
                    <QrCode text=url label=text::QR />
                    <p class="muted">{text::QR_HELP}</p>
                </Card>
            }
        })
    };
    let itself = move || match (enabled.get(), url.get()) {
        (true, Some(url)) => view! { <CopyField label=text::LABEL value=url /> }.into_any(),
        (true, None) => view! { <p class="muted">{text::HIDDEN}</p> }.into_any(),
        (false, _) => view! { <p class="muted">{text::OFF}</p> }.into_any(),
    };
    let manage = may(May::LinksManage);
    let aside = move || view! { {qr} {so_far(shown)} }.into_any();
    view! {
        {move || shown.with(blocked)}
        <Columns aside>
            <Card>
                <p>{text::INTRO}</p>
                {itself}
                {manage.then(|| switch(link, enabled))}
                {manage.then(|| rotate(link, enabled))}
            </Card>
        </Columns>
    }
    .into_any()
}

fn blocked(link: &SignUpLink) -> AnyView {
    let Some(why) = link.blocked.clone().filter(|_| link.enabled) else { return ().into_any() };
    let set = may(May::SettingsWrite).then(|| view! { <a href="/Settings/mail">{text::SET_MAIL}</a> });
    view! {
        <Banner tone=Tone::Notice title=text::BLOCKED>
            <p>{why} " " {set}</p>
        </Banner>
    }
    .into_any()
}

fn switch(link: Load<SignUpLink>, enabled: Memo<bool>) -> AnyView {
    let sending = use_sender();
    let toasts = use_toasts();
    let on_toggle = Callback::from(move |enabled: bool| {
        sending.press(api::sign_up_link::set(&SetSignUpLink { enabled }), move |answer| {
            link.set(answer);
            toasts.good(if enabled { text::SWITCHED_ON } else { text::SWITCHED_OFF });
        });
    });
    view! { <Switch label=text::ON on=enabled on_toggle help=text::ON_HELP disabled=sending.busy() /> }
        .into_any()
}

fn rotate(link: Load<SignUpLink>, enabled: Memo<bool>) -> AnyView {
    let asking = RwSignal::new(false);
    let sending = use_sender();
    let toasts = use_toasts();
    let ask = move || {
        sending.forget();
        asking.set(true);
    };
    let confirmed = move || {
        sending.confirm(api::sign_up_link::rotate(), move |answer| {
            link.set(answer);
            asking.set(false);
            toasts.good(text::ROTATED);
        });
    };
    view! {
        <div>
            <Button icon=Glyph::Refresh disabled=Signal::derive(move || !enabled.get()) on_press=ask>
                {text::ROTATE}
            </Button>
        </div>
        <ConfirmDialog
            open=asking
            title=text::ROTATE_TITLE
            confirm=text::ROTATE
            on_confirm=confirmed
            busy=sending.busy()
            problem=sending.problem()
        >
            <p>{text::ROTATE_TEXT}</p>
        </ConfirmDialog>
    }
    .into_any()
}

fn so_far(shown: Shown<SignUpLink>) -> AnyView {
    let since = move || show::day_or(shown.with(|shown| shown.rotated), text::NEVER);
    view! {
        <Card title=text::FACTS>
            <Facts>
                <Fact label=text::SIGN_UPS>{move || shown.with(|shown| shown.sign_ups)}</Fact>
                <Fact label=text::SINCE>{since}</Fact>
            </Facts>
        </Card>
    }
    .into_any()
}
