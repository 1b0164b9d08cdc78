//! What staff do with a subscription besides changing it: extend, pause, resume, cancel, take back.

use latchkey_shared::{
    api::{
        changes::{AskChange, ChangeAction, ChangeOptions, ChangePreview, ChangeWhen, CommitChange},
        subscriptions::SubscriptionRow,
    },
    change::Refund,
    ids::SubscriptionId,
    permission::Permission,
    text::changes as text,
};
use leptos::prelude::*;

use super::{change::draw_preview, fields::reason_field, offline};
use crate::{
    api::{Load, changes, load, use_sender},
    components::{
        Banner, Button, ButtonLink, ButtonRow, CancelButton, CheckboxField, Choice, ChoiceCards, Dialog,
        Form, FormErrors, Look, Menu, MenuItem, NumberField, Spinner, Tone, use_toasts, words,
    },
    pages::staff::show::{self, may},
};

/// The subscription's page as its actions see it. A copyable handle.
#[derive(Clone, Copy)]
pub struct Actions {
    id: SubscriptionId,
    row: Load<SubscriptionRow>,
    options: Load<ChangeOptions>,
    asking: RwSignal<ChangeAction>,
    open: RwSignal<bool>,
}

impl Actions {
    pub fn new(id: SubscriptionId, row: Load<SubscriptionRow>) -> Self {
        Self {
            id,
            row,
            options: load(move || changes::options(id)),
            asking: RwSignal::new(ChangeAction::Extend),
            open: RwSignal::new(false),
        }
    }

    /// The buttons of the page's head.
    pub fn buttons(self) -> AnyView {
        if !may(Permission::SubscriptionsWrite) {
            return ().into_any();
        }
        let to = move |what: &str| ["/Subscriptions/", &self.id.to_string(), what].concat();
        let (renew_to, change_to) = (to("/Renew"), to("/Change"));
        let can = Memo::new(move |_| {
            self.options.with(|options| {
                options.map(|o| {
                    [o.can_renew, o.can_change, o.can_extend, o.can_pause, o.can_resume, o.can_cancel]
                })
            })
        });
        let draw = move || {
            let [renew, change, extend, pause, resume, cancel] = can.get().unwrap_or_default();
            let renew = renew.then(|| {
                view! {
                    <ButtonLink href=renew_to.clone() look=Look::Secondary>
                        {text::RENEW}
                    </ButtonLink>
                }
            });
            let change = change.then(|| {
                view! {
                    <ButtonLink href=change_to.clone() look=Look::Primary>
                        {text::CHANGE}
                    </ButtonLink>
                }
            });
            let more = [
                (extend, ChangeAction::Extend, text::EXTEND),
                (pause, ChangeAction::Pause, text::PAUSE),
                (resume, ChangeAction::Resume, text::RESUME),
                (cancel, ChangeAction::Cancel, text::CANCEL),
            ];
            let more: Vec<_> = more.into_iter().filter(|(can, ..)| *can).collect();
            let menu = (!more.is_empty()).then(|| {
                let items = move || {
                    more.iter()
                        .map(|(_, action, label)| {
                            let (action, label) = (*action, *label);
                            let ask = move || {
                                self.asking.set(action);
                                self.open.set(true);
                            };
                            view! {
                                <MenuItem danger=action == ChangeAction::Cancel on_press=ask>
                                    {label}
                                </MenuItem>
                            }
                        })
                        .collect_view()
                };
                view! { <Menu label=text::MORE>{items()}</Menu> }
            });
            view! { {renew} {change} {menu} }
        };
        view! { {draw} }.into_any()
    }

    /// What is arranged where it is billed offline.
    pub fn arranged(self) -> AnyView {
        offline::card(self.id, self.options)
    }

    /// What is planned, with the way to take it back; and the dialogs.
    pub fn notices(self) -> AnyView {
        let sender = use_sender();
        let toasts = use_toasts();
        let undo = move || {
            sender.press(changes::undo(self.id), move |row| {
                self.row.set(row);
                self.options.again();
                toasts.good(text::UNDONE);
            });
        };
        let planned = move || {
            let options = self.options.get()?;
            let button = (options.can_undo && may(Permission::SubscriptionsWrite)).then(|| {
                view! {
                    <Button small=true busy=sender.busy() on_press=undo>
                        {text::UNDO}
                    </Button>
                }
            });
            match options.pending {
                Some(pending) => {
                    let error = pending.error.map(|error| view! { <p>{error}</p> });
                    Some(
                        view! {
                            <Banner tone=Tone::Neutral title=text::PLANNED>
                                <p>{pending.text} ", " {show::day(pending.due)} "."</p>
                                {error}
                                {button}
                            </Banner>
                        }
                        .into_any(),
                    )
                }
                None => button.map(IntoAny::into_any),
            }
        };
        let title = Signal::derive(move || {
            match self.asking.get() {
                ChangeAction::Pause => text::PAUSE_TITLE,
                ChangeAction::Resume => text::RESUME_TITLE,
                ChangeAction::Cancel => text::CANCEL_TITLE,
                _ => text::EXTEND_TITLE,
            }
            .to_owned()
        });
        view! {
            {planned}
            <Dialog open=self.open title>{self.dialog()}</Dialog>
        }
        .into_any()
    }

    /// What is inside the dialog, anew each time it opens.
    fn dialog(self) -> AnyView {
        let action = self.asking.get_untracked();
        let is_offline = self.options.with(|options| options.is_some_and(|options| options.is_offline));
        let days = RwSignal::new(Some(7_i64));
        // What has not begun has no end to wait for.
        let begun =
            self.options.with(|own| own.is_some_and(|own| !own.is_offline || own.paid_through.is_some()));
        let when = if begun { ChangeWhen::PeriodEnd } else { ChangeWhen::Now };
        let when = RwSignal::new(when.as_str().to_owned());
        let refund = RwSignal::new(false);
        let reason = RwSignal::new(String::new());
        let ask = Memo::new(move |_| AskChange {
            action,
            days: (action == ChangeAction::Extend).then(|| days.get()).flatten(),
            when: when.with(|when| ChangeWhen::parse(when)).unwrap_or_default(),
            refund: if refund.get() && when.get() == ChangeWhen::Now.as_str() {
                Refund::ToBalance
            } else {
                Refund::Nothing
            },
            ..AskChange::default()
        });
        let id = self.id;
        let shown = load(move || ask.with(|ask| changes::preview(id, ask)));
        let preview: Signal<Option<ChangePreview>> =
            Signal::derive(move || shown.failure().is_none().then(|| shown.get()).flatten());
        let body = move || match (shown.failure(), preview.get()) {
            (Some(problem), _) => view! { <Banner tone=Tone::Notice title=problem.sentence() /> }.into_any(),
            (None, Some(preview)) => draw_preview(&preview),
            (None, None) => view! { <Spinner label=text::COMPUTING /> }.into_any(),
        };
        let about = match action {
            ChangeAction::Extend => text::EXTEND_BODY,
            ChangeAction::Pause if is_offline => text::PAUSE_OFFLINE,
            ChangeAction::Pause => text::PAUSE_STRIPE,
            _ => "",
        };
        let (button, done) = match action {
            ChangeAction::Extend => (text::EXTEND_BUTTON, text::DONE_EXTENDED),
            ChangeAction::Pause => (text::PAUSE_BUTTON, text::DONE_PAUSED),
            ChangeAction::Resume => (text::RESUME_BUTTON, text::DONE_RESUMED),
            _ => (text::CANCEL_BUTTON, text::DONE_CANCELLED),
        };
        // Beside "Cancel subscription" it would be read as the same.
        let (look, dismiss) = match action {
            ChangeAction::Cancel => (Look::Danger, text::CANCEL_DISMISS),
            _ => (Look::Primary, words::CANCEL),
        };
        let fields = match action {
            ChangeAction::Extend => {
                view! { <NumberField name="days" label=text::DAYS value=days min=1 max=3_660 required=true /> }.into_any()
            }
            ChangeAction::Cancel => ending(when, refund, is_offline),
            _ => ().into_any(),
        };
        let (errors, sender, toasts) = (FormErrors::new(), use_sender(), use_toasts());
        let submit = move || {
            let Some(preview) = preview.get_untracked() else { return };
            let form = CommitChange {
                quote: preview.quote.id,
                digest: preview.quote.digest,
                reason: reason.get_untracked(),
                ..CommitChange::default()
            };
            sender.send(changes::commit(id, &form), move |answer| match answer {
                Ok(row) => {
                    self.open.set(false);
                    self.row.set(row);
                    self.options.again();
                    toasts.good(done);
                }
                Err(problem) => {
                    if matches!(problem.code(), "quote_changed" | "quote_expired") {
                        shown.again();
                    }
                    errors.fail(problem.into());
                }
            });
        };
        let waits = Signal::derive(move || preview.with(Option::is_none));
        view! {
            <Form errors busy=sender.busy() on_submit=submit>
                {(!about.is_empty()).then(|| view! { <p>{about}</p> })} {fields}
                <div aria-live="polite">{body}</div>
                {reason_field(reason, action == ChangeAction::Extend)}
                <ButtonRow end=true>
                    <CancelButton open=self.open word=dismiss />
                    <Button submit=true look busy=sender.busy() disabled=waits>
                        {button}
                    </Button>
                </ButtonRow>
            </Form>
        }
        .into_any()
    }
}

/// When it ends, and what becomes of the unused time.
fn ending(when: RwSignal<String>, refund: RwSignal<bool>, is_offline: bool) -> AnyView {
    let options = vec![
        Choice::new(ChangeWhen::PeriodEnd.as_str(), text::PERIOD_END).note(text::CANCEL_END_NOTE),
        Choice::new(ChangeWhen::Now.as_str(), text::NOW).note(text::CANCEL_NOW_NOTE),
    ];
    let can_refund = is_offline && may(Permission::MoneyWrite);
    view! {
        <ChoiceCards name="when" label=text::CANCEL_WHEN value=when options=Signal::stored(options) />
        <Show when=move || can_refund && when.get() == ChangeWhen::Now.as_str()>
            <CheckboxField name="refund" value=refund>
                {text::REFUND}
            </CheckboxField>
        </Show>
    }
    .into_any()
}
