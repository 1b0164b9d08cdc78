//! The machines that a licence is used on, and taking one off.

use latchkey_shared::{
    api::portal::{Licences, OwnLicence, OwnMachine},
    ids::KeyGlobalId,
    text::portal::licences as text,
};
use leptos::prelude::*;

use crate::{
    api::{self, Load, Sender, use_sender},
    components::{Button, ConfirmDialog, When, use_toasts},
};

/// Which machine is to be removed, and from which licence.
#[derive(Clone, Copy)]
pub struct Removing {
    open: RwSignal<bool>,
    which: RwSignal<Option<(KeyGlobalId, OwnMachine)>>,
    sender: Sender,
}

impl Removing {
    pub fn new() -> Self {
        Self { open: RwSignal::new(false), which: RwSignal::new(None), sender: use_sender() }
    }

    fn ask(self, licence: KeyGlobalId, machine: OwnMachine) {
        self.sender.forget();
        self.which.set(Some((licence, machine)));
        self.open.set(true);
    }

    fn name(self) -> String {
        self.which.with(|which| which.as_ref().map(|(_, machine)| machine.name.clone()).unwrap_or_default())
    }
}

/// How many of how many, and each with when it was last seen. Nothing for a licence that is locked to none.
pub fn list(own: &OwnLicence, removing: Removing) -> AnyView {
    if own.machines.is_empty() && own.licence.max_machines == 0 {
        return ().into_any();
    }
    let (licence, may_remove) = (own.licence.id, own.can_remove_machines);
    let row = |machine: &OwnMachine| row(licence, machine.clone(), may_remove.then_some(removing));
    let rows = if own.machines.is_empty() {
        view! { <p class="muted">{text::NO_MACHINES}</p> }.into_any()
    } else {
        view! { <ul class="sessions">{own.machines.iter().map(row).collect_view()}</ul> }.into_any()
    };
    let listed = i64::try_from(own.machines.len()).unwrap_or(i64::MAX);
    let left_out =
        (own.locked_machines > listed).then(|| view! { <p class="muted">{text::SOME_LEFT_OUT}</p> });
    view! {
        <section class="machines">
            <h3>
                {text::MACHINES} " "
                <span class="muted">{text::machines(own.locked_machines, own.licence.max_machines)}</span>
            </h3>
            {rows}
            {left_out}
        </section>
    }
    .into_any()
}

fn row(licence: KeyGlobalId, machine: OwnMachine, removing: Option<Removing>) -> AnyView {
    let OwnMachine { name, last_seen, lease_until, .. } = machine.clone();
    let seat = lease_until.map(|_| view! { {text::SEAT} " · " });
    let unseen = name.clone();
    let action = removing.map(|removing| {
        let machine = StoredValue::new(machine);
        view! {
            <Button small=true on_press=move || removing.ask(licence, machine.get_value())>
                {text::REMOVE}
                <span class="unseen">" " {unseen}</span>
            </Button>
        }
    });
    view! {
        <li class="session">
            <div class="session-text">
                <p>{name}</p>
                <p class="muted">{seat} {text::LAST_SEEN} " " <When at=last_seen.millis() /></p>
            </div>
            {action}
        </li>
    }
    .into_any()
}

/// Asks whether it is meant.
pub fn question(licences: Load<Licences>, removing: Removing) -> AnyView {
    let Removing { open, which, sender } = removing;
    let toasts = use_toasts();
    let confirm = Callback::from(move || {
        let Some((licence, machine)) = which.get_untracked() else { return };
        sender.confirm(api::portal::remove_machine(licence, machine.id), move |()| {
            open.set(false);
            toasts.good(text::removed(&machine.name));
            licences.update(|licences| take_off(licences, licence, &machine));
        });
    });
    view! {
        <ConfirmDialog
            open
            title=Signal::derive(move || text::remove_question(&removing.name()))
            confirm=text::REMOVE_CONFIRM
            on_confirm=confirm
            busy=sender.busy()
            problem=sender.problem()
        >
            <p>{text::REMOVE_MEANS}</p>
        </ConfirmDialog>
    }
    .into_any()
}

fn take_off(licences: &mut Licences, licence: KeyGlobalId, machine: &OwnMachine) {
    if let Some(own) = licences.licences.iter_mut().find(|own| own.licence.id == licence) {
        own.machines.retain(|other| other.id != machine.id);
        own.locked_machines -= i64::from(machine.lease_until.is_none());
    }
}
