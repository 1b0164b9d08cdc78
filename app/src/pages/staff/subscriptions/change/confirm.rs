//! How it was paid, why, and the button that says the amount.

use latchkey_shared::{
    api::changes::{ChangeAction, ChangePreview, CommitChange},
    change::PaidBy,
    ids::SubscriptionId,
    text::changes as text,
};
use leptos::prelude::*;

use super::super::fields::{reason_field, reference_field};
use crate::{
    api::{Load, changes, use_sender},
    components::{
        Banner, Button, ButtonLink, ButtonRow, Choice, Form, FormErrors, Look, SelectField, Tone, format_day,
        format_money, use_toasts, words,
    },
    routes::use_go,
};

pub fn draw(
    id: SubscriptionId,
    is_offline: bool,
    preview: Signal<Option<ChangePreview>>,
    shown: Load<ChangePreview>,
) -> AnyView {
    let paid_by = RwSignal::new(PaidBy::BankTransfer.as_str().to_owned());
    let reference = RwSignal::new(String::new());
    let reason = RwSignal::new(String::new());
    let moved = RwSignal::new(false);
    let errors = FormErrors::new();
    let sender = use_sender();
    let toasts = use_toasts();
    let go = use_go();
    let address = ["/Subscriptions/", &id.to_string()].concat();
    let back = address.clone();
    let submit = move || {
        let Some(preview) = preview.get_untracked() else { return };
        let form = CommitChange {
            quote: preview.quote.id,
            digest: preview.quote.digest,
            paid_by: paid_by.with_untracked(|word| PaidBy::parse(word)).unwrap_or_default(),
            reference: reference.get_untracked(),
            reason: reason.get_untracked(),
        };
        let done = match (preview.action, preview.is_planned) {
            (ChangeAction::Renew, _) => text::DONE_RENEWED,
            (_, true) => text::DONE_PLANNED,
            (_, false) => text::DONE_CHANGED,
        };
        let address = address.clone();
        moved.set(false);
        sender.send(changes::commit(id, &form), move |answer| match answer {
            Ok(_) => {
                toasts.good(done);
                go.run((address,));
            }
            Err(problem) => {
                // Shown anew, so that the person confirms what is so now.
                if matches!(problem.code(), "quote_changed" | "quote_expired") {
                    moved.set(true);
                    shown.again();
                } else {
                    errors.fail(problem.into());
                }
            }
        });
    };
    let due = Memo::new(move |_| {
        let due = preview.with(|preview| preview.as_ref().map(|preview| preview.due))?;
        (due.minor > 0).then_some(due)
    });
    let label = move || {
        preview.with(|preview| {
            let Some(preview) = preview else { return text::CHANGE.to_owned() };
            let due = due.get().map(|due| format_money(due.minor, due.currency.code()));
            let is_renewal = preview.action == ChangeAction::Renew;
            let day = format_day(preview.effective.millis());
            text::commit_label(is_renewal, preview.is_planned, due.as_deref(), &day, !is_offline)
        })
    };
    let methods =
        [PaidBy::BankTransfer, PaidBy::Cash].map(|by| Choice::new(by.as_str(), by.label())).to_vec();
    let methods = Signal::stored(methods);
    view! {
        <Form errors busy=sender.busy() on_submit=submit>
            {move || {
                moved.get().then(|| view! { <Banner tone=Tone::Notice title=text::MOVED alert=true /> })
            }}
            <Show when=move || is_offline && due.get().is_some()>
                <SelectField name="paid_by" label=text::PAID_BY value=paid_by options=methods />
                {reference_field(reference)}
            </Show>
            {reason_field(reason, false)}
            <ButtonRow>
                <Button
                    submit=true
                    look=Look::Primary
                    busy=sender.busy()
                    disabled=Signal::derive(move || preview.with(Option::is_none))
                >
                    {label}
                </Button>
                <ButtonLink href=back look=Look::Quiet>
                    {words::CANCEL}
                </ButtonLink>
            </ButtonRow>
        </Form>
    }
    .into_any()
}
