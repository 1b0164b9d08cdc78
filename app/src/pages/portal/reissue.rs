//! A new key for one that got into the wrong hands.

use latchkey_shared::{
    api::portal::{Licences, OwnLicence},
    text::portal::licences as text,
};
use leptos::prelude::*;

use crate::{
    api::{self, Load, Sender, use_sender},
    components::{Button, ConfirmDialog, Glyph, Look, use_toasts},
};

/// Which licence is to get a new key.
#[derive(Clone, Copy)]
pub struct Reissuing {
    open: RwSignal<bool>,
    which: RwSignal<Option<OwnLicence>>,
    sender: Sender,
}

impl Reissuing {
    pub fn new() -> Self {
        Self { open: RwSignal::new(false), which: RwSignal::new(None), sender: use_sender() }
    }

    fn ask(self, own: OwnLicence) {
        self.sender.forget();
        self.which.set(Some(own));
        self.open.set(true);
    }

    fn product(self) -> String {
        self.which
            .with(|which| which.as_ref().map(|own| own.licence.product_name.clone()).unwrap_or_default())
    }
}

/// Nothing where the vendor does not let customers do it, or it was done today.
pub fn button(own: &OwnLicence, reissuing: Reissuing) -> AnyView {
    if !own.can_reissue {
        return ().into_any();
    }
    let own = StoredValue::new(own.clone());
    view! {
        <Button look=Look::Quiet icon=Glyph::Attention on_press=move || reissuing.ask(own.get_value())>
            {text::COMPROMISED}
        </Button>
    }
    .into_any()
}

/// Asks whether it is meant, and shows the new key in the place of the old one.
pub fn question(licences: Load<Licences>, reissuing: Reissuing) -> AnyView {
    let Reissuing { open, which, sender } = reissuing;
    let toasts = use_toasts();
    let confirm = Callback::from(move || {
        let Some(old) = which.get_untracked() else { return };
        sender.confirm(api::portal::reissue(old.licence.id), move |new: OwnLicence| {
            open.set(false);
            toasts.good(text::REISSUED);
            licences.update(|licences| put(licences, &old, new));
        });
    });
    let machines = move || {
        which.with(|which| {
            let own = which.as_ref().filter(|own| own.licence.max_machines > 0)?;
            Some(if own.reissue_moves_machines { text::REISSUE_KEEPS } else { text::REISSUE_ANEW })
        })
    };
    view! {
        <ConfirmDialog
            open
            title=Signal::derive(move || text::reissue_question(&reissuing.product()))
            confirm=text::REISSUE_CONFIRM
            on_confirm=confirm
            busy=sender.busy()
            problem=sender.problem()
        >
            <p>{text::REISSUE_MEANS}</p>
            {move || machines().map(|machines| view! { <p>{machines}</p> })}
        </ConfirmDialog>
    }
    .into_any()
}

/// The others have had their turn for the day with it.
fn put(licences: &mut Licences, old: &OwnLicence, new: OwnLicence) {
    for own in &mut licences.licences {
        own.can_reissue &= new.can_reissue;
        if own.licence.id == old.licence.id {
            own.clone_from(&new);
        }
    }
}
