//! How the licence Web API behaves.

use latchkey_shared::{
    api::web_api::{RefusalStatus, WebApiSettings},
    permission::Permission,
    text::signing as text,
};
use leptos::prelude::*;

use crate::{
    api::{Load, check, load, use_sender, web_api},
    components::{
        ButtonLink, ButtonRow, Card, CheckboxField, Choice, ChoiceCards, FieldPair, Form, FormErrors,
        NumberField, use_toasts,
    },
    pages::staff::save_row::SaveRow,
    pages::staff::show::may,
};

#[component]
pub fn WebApiSection(read_only: bool) -> impl IntoView {
    let settings = load(web_api::settings);
    let form = settings.view(8, move |data| {
        view! { <WebApiForm before=data.get_untracked() settings read_only /> }.into_any()
    });
    let log = may(Permission::AuditRead).then(|| {
        view! { <ButtonLink href="/Log?filter=succeeded%20%3D%20no">{text::OPEN_LOG}</ButtonLink> }
    });
    view! {
        <Card title=text::WEB_API_TITLE>
            <p class="muted">{text::WEB_API_INTRO}</p>
            {form}
        </Card>
        <Card title=text::LIMITS>
            <p>{text::LIMITS_TEXT}</p>
            <ButtonRow>
                {log} <ButtonLink href="/Tokens">{text::OPEN_TOKENS}</ButtonLink>
                <ButtonLink href="/Reference">{text::OPEN_REFERENCE}</ButtonLink>
            </ButtonRow>
        </Card>
    }
    .into_any()
}

#[component]
fn WebApiForm(before: WebApiSettings, settings: Load<WebApiSettings>, read_only: bool) -> impl IntoView {
    let get = RwSignal::new(before.get);
    let status = RwSignal::new(before.refusal_status.as_str().to_owned());
    let days = RwSignal::new(Some(before.log_days));
    let event_days = RwSignal::new(Some(before.event_days));
    let errors = FormErrors::new();
    let sender = use_sender();
    let toasts = use_toasts();
    let submit = move || {
        let kept = |name: &str, days: RwSignal<Option<i64>>| {
            let days = days.get_untracked();
            if days.is_none() {
                errors.set(name, text::DAYS_MISSING);
            }
            days.unwrap_or_default()
        };
        let (log_days, event_days) = (kept("log_days", days), kept("event_days", event_days));
        let chosen = status.with_untracked(|word| RefusalStatus::parse(word));
        let form = WebApiSettings {
            get: get.get_untracked(),
            refusal_status: chosen.unwrap_or(RefusalStatus::Mixed),
            log_days,
            event_days,
        };
        if errors.settle() && check(&form, errors) {
            sender.submit(errors, web_api::set(&form), move |saved| {
                settings.set(saved);
                toasts.good(text::SAVED);
            });
        }
    };
    let statuses = vec![
        Choice::new(RefusalStatus::Mixed.as_str(), text::MIXED).note(text::MIXED_NOTE),
        Choice::new(RefusalStatus::Ok.as_str(), text::ALWAYS_OK).note(text::ALWAYS_OK_NOTE),
        Choice::new(RefusalStatus::Error.as_str(), text::ALWAYS_ERROR).note(text::ALWAYS_ERROR_NOTE),
    ];
    view! {
        <Form errors busy=sender.busy() on_submit=submit>
            <fieldset class="plain" disabled=read_only>
                <CheckboxField name="get" value=get help=text::GET_HELP>
                    {text::GET}
                </CheckboxField>
                <ChoiceCards name="refusal_status" label=text::STATUS value=status options=statuses help=text::STATUS_HELP />
                <FieldPair>
                    <NumberField
                        name="log_days"
                        label=text::LOG_DAYS
                        value=days
                        min=1
                        max=3_650
                        unit=text::DAYS
                        help=text::LOG_DAYS_HELP
                        required=true
                    />
                    <NumberField
                        name="event_days"
                        label=text::EVENT_DAYS
                        value=event_days
                        min=1
                        max=3_650
                        unit=text::DAYS
                        help=text::EVENT_DAYS_HELP
                        required=true
                    />
                </FieldPair>
            </fieldset>
            <SaveRow busy=sender.busy() read_only />
        </Form>
    }
    .into_any()
}
