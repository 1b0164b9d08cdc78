//! Where one is signed in.

use latchkey_shared::{
    api::auth::{OwnSession, OwnSessions},
    ids::SessionId,
    text::me as text,
};
use leptos::prelude::*;

use crate::{
    api::{self, Load, load, use_sender},
    components::{Button, Card, Column, DataTable, Row, Tone, use_toasts},
    pages::staff::show,
};

pub fn sessions() -> AnyView {
    let sessions = load(api::me::sessions);
    let sending = use_sender();
    let rows = Signal::derive(move || {
        sessions
            .with(|all| all.map(|all| all.sessions.iter().map(|one| row(one, sessions)).collect::<Vec<_>>()))
    });
    let several = Memo::new(move |_| sessions.with(|all| all.is_some_and(|all| all.sessions.len() > 1)));
    let toasts = use_toasts();
    let end_others = move || {
        sending.press(api::me::end_other_sessions(), move |()| {
            toasts.good(text::ENDED_OTHERS);
            sessions.again();
        });
    };
    let actions = move || {
        let button = move || {
            several.get().then(|| {
                view! {
                    <Button small=true busy=sending.busy() on_press=end_others>
                        {text::END_OTHERS}
                    </Button>
                }
            })
        };
        view! { {button} }.into_any()
    };
    let columns = vec![
        Column::new(text::DEVICE),
        Column::new(text::ADDRESS).fact(),
        Column::new(text::LAST_SEEN).fact(),
        Column::new(text::SINCE),
        Column::new(text::ACTIONS).right().fact(),
    ];
    view! {
        <Card title=text::SESSIONS_TITLE flush=true actions>
            <DataTable
                label=text::SESSIONS_TITLE
                columns
                rows
                reloading=sessions.reloading()
                problem=sessions.problem()
                on_retry=move || sessions.again()
                skeleton_rows=2
            />
        </Card>
    }
    .into_any()
}

fn row(session: &OwnSession, sessions: Load<OwnSessions>) -> Row {
    let OwnSession { id, current, created, last_seen, ip, device } = session.clone();
    let name = device.clone();
    Row::new(id)
        .cell(move || {
            let mark = current.then(|| show::badge(Tone::Good, text::THIS_ONE));
            view! { <span class="session-device">{device.clone()} {mark}</span> }
        })
        .text(ip)
        .cell(move || show::when(last_seen))
        .cell(move || show::when(created))
        .cell(move || (!current).then(|| end_button(id, name.clone(), sessions)))
}

fn end_button(id: SessionId, device: String, sessions: Load<OwnSessions>) -> AnyView {
    let sending = use_sender();
    let toasts = use_toasts();
    let end = move || {
        sending.press(api::me::end_session(id), move |()| {
            toasts.good(text::ENDED);
            sessions.again();
        });
    };
    view! {
        <Button small=true busy=sending.busy() on_press=end>
            <span aria-hidden="true">{text::END}</span>
            <span class="unseen">{text::end_on(&device)}</span>
        </Button>
    }
    .into_any()
}
