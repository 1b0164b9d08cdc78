//! Where the user is signed in.

use latchkey_shared::{
    api::auth::{OwnSession, OwnSessions},
    text::portal::account as words,
};
use leptos::prelude::*;

use crate::{
    api::{self, Load, Sender, Shown, load, use_sender},
    components::{Badge, Button, ButtonRow, Card, ConfirmDialog, Tone, When, use_toasts},
};

pub fn card() -> AnyView {
    let sessions = load(api::portal::sessions);
    let sender = use_sender();
    view! {
        <Card title=words::SESSIONS>
            <p class="muted">{words::SESSIONS_HELP}</p>
            {sessions.view(3, move |shown| list(sessions, shown, sender))}
        </Card>
    }
    .into_any()
}

fn list(sessions: Load<OwnSessions>, shown: Shown<OwnSessions>, sender: Sender) -> AnyView {
    let rows = move || {
        let row = |one: OwnSession| row(sessions, one, sender);
        shown.get().sessions.into_iter().map(row).collect_view()
    };
    let others = Memo::new(move |_| shown.with(|shown| shown.sessions.iter().any(|one| !one.current)));
    let end_others = move || others.get().then(|| end_others(sessions, sender));
    view! {
        <ul class="sessions">{rows}</ul>
        {end_others}
    }
    .into_any()
}

fn row(sessions: Load<OwnSessions>, one: OwnSession, sender: Sender) -> AnyView {
    let OwnSession { id, current, last_seen, ip, device, .. } = one;
    let toasts = use_toasts();
    let name = StoredValue::new(device.clone());
    let end = move || {
        sender.press(api::portal::end_session(id), move |()| {
            sessions.update(|sessions| sessions.sessions.retain(|other| other.id != id));
            toasts.good(name.with_value(|device| words::signed_out_of(device)));
        });
    };
    let action = if current {
        view! { <Badge tone=Tone::Good text=words::THIS_ONE /> }.into_any()
    } else {
        view! {
            <Button small=true busy=sender.busy() on_press=end>
                {words::SIGN_OUT}
                <span class="unseen">" " {name.get_value()}</span>
            </Button>
        }
        .into_any()
    };
    view! {
        <li class="session">
            <div class="session-text">
                <p>{device}</p>
                <p class="muted">{words::LAST_SEEN} " " <When at=last_seen.millis() /> " · " {ip}</p>
            </div>
            {action}
        </li>
    }
    .into_any()
}

fn end_others(sessions: Load<OwnSessions>, sender: Sender) -> AnyView {
    let asking = RwSignal::new(false);
    let toasts = use_toasts();
    let confirm = Callback::from(move || {
        sender.confirm(api::portal::end_other_sessions(), move |()| {
            asking.set(false);
            toasts.good(words::SIGNED_OUT_OTHERS);
            sessions.update(|sessions| sessions.sessions.retain(|one| one.current));
        });
    });
    let ask = move || {
        sender.forget();
        asking.set(true);
    };
    view! {
        <ButtonRow>
            <Button on_press=ask>{words::SIGN_OUT_OTHERS}</Button>
        </ButtonRow>
        <ConfirmDialog
            open=asking
            title=words::SIGN_OUT_OTHERS_TITLE
            confirm=words::SIGN_OUT_OTHERS
            on_confirm=confirm
            busy=sender.busy()
            problem=sender.problem()
        >
            <p>{words::SIGN_OUT_OTHERS_MEANS}</p>
        </ConfirmDialog>
    }
    .into_any()
}
