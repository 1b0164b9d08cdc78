//! The machines of a key, and its floating seats with the time that is left to them.

use std::time::Duration;

use latchkey_shared::{
    api::web_api::{Machine, Machines},
    ids::KeyGlobalId,
    text::key_use as text,
};
use leptos::prelude::*;

use super::{
    edit::KeyEditor,
    machine_rows::{Clock, columns, name_of, row},
};
use crate::{
    api::{self, Load, load, use_sender},
    components::{ConfirmDialog, DataTable, EmptyState, Glyph, now_ms, use_toasts},
    hooks::{use_effect, use_poll},
    pages::staff::show::open_while,
};

/// How often it is asked who holds a seat.
const EVERY: Duration = Duration::from_secs(10);
const SECOND: Duration = Duration::from_secs(1);

#[component]
pub fn KeyMachines(editor: KeyEditor) -> impl IntoView {
    let id = editor.data.get_untracked().row.global_id;
    let machines = load(move || api::keys::machines(id)).poll(true, EVERY);
    let removing = RwSignal::new(None::<Machine>);
    let remove = Callback::from(move |machine: Machine| removing.set(Some(machine)));
    let clock = ticking(machines);
    // The server's time differs in each answer; the rows change only with the machines.
    let shown = Memo::new(move |_| machines.get().map(|found| found.machines));
    let rows = Signal::derive(move || {
        shown.with(|found| {
            found
                .as_ref()
                .map(|found| found.iter().map(|machine| row(machine, clock, remove)).collect::<Vec<_>>())
        })
    });
    let done = move |()| {
        machines.again();
        editor.reload();
    };
    view! {
        <p class="muted" role="status">
            {move || summary(editor, shown)}
        </p>
        <DataTable
            label=text::TAB_MACHINES
            columns=columns()
            rows
            reloading=machines.reloading()
            problem=machines.problem()
            on_retry=move || machines.again()
            empty=ViewFn::from(move || empty(editor))
        />
        <RemoveMachine key=id removing on_done=Callback::from(move || done(())) />
    }
    .into_any()
}

/// The server's time, each second.
fn ticking(machines: Load<Machines>) -> Clock {
    let ahead = RwSignal::new(0);
    let now = RwSignal::new(now_ms());
    use_effect(move || {
        if let Some(server) = machines.with(|found| found.map(|found| found.now.millis())) {
            ahead.set(server - now_ms());
            now.set(server);
        }
    });
    use_poll(Signal::stored(true), SECOND, move || now.set(now_ms() + ahead.get_untracked()));
    now.into()
}

fn summary(editor: KeyEditor, shown: Memo<Option<Vec<Machine>>>) -> Option<String> {
    let most = editor.data.with(|key| key.row.max_machines);
    shown.with(|found| {
        let found = found.as_ref()?;
        let seats = found.iter().filter(|machine| machine.lease_until.is_some()).count();
        let locked = i64::try_from(found.len() - seats).unwrap_or(i64::MAX);
        let mut words = text::machines_of(locked, most);
        if seats > 0 {
            words.push_str(" · ");
            words.push_str(&text::seats_taken(seats));
        }
        Some(words)
    })
}

fn empty(editor: KeyEditor) -> AnyView {
    let unlocked = editor.data.with_untracked(|key| key.row.max_machines == 0);
    let body = if unlocked { text::MACHINES_EMPTY_UNLOCKED } else { text::MACHINES_EMPTY_BODY };
    view! { <EmptyState title=text::MACHINES_EMPTY body glyph=Glyph::Screen /> }.into_any()
}

/// Asks before a machine is removed; open while `removing` holds one.
#[component]
fn RemoveMachine(
    key: KeyGlobalId,
    removing: RwSignal<Option<Machine>>,
    on_done: Callback<()>,
) -> impl IntoView {
    let open = open_while(removing);
    let sender = use_sender();
    let toasts = use_toasts();
    use_effect(move || {
        if removing.with(Option::is_some) {
            sender.forget();
        }
    });
    let name = move || removing.with(|machine| machine.as_ref().map(name_of).unwrap_or_default());
    let confirm = move || {
        let Some(machine) = removing.get_untracked() else { return };
        sender.confirm(api::keys::remove_machine(key, machine.id), move |()| {
            open.set(false);
            toasts.good(text::removed(&name_of(&machine)));
            on_done.run(());
        });
    };
    let consequence = move || {
        let seat = removing.with(|machine| machine.as_ref().is_some_and(|it| it.lease_until.is_some()));
        if seat { text::REMOVE_SEAT_TEXT } else { text::REMOVE_TEXT }
    };
    view! {
        <ConfirmDialog
            open
            title=Signal::derive(move || text::remove_question(&name()))
            confirm=text::REMOVE_CONFIRM
            on_confirm=confirm
            busy=sender.busy()
            problem=sender.problem()
        >
            <p>{consequence}</p>
        </ConfirmDialog>
    }
    .into_any()
}
