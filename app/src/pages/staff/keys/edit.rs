//! Changing a key: each part of the page sends the whole key with its own part changed.

use latchkey_shared::{
    api::keys::{EditKey, LicenceKey},
    text::keys as text,
};

use crate::{
    api::{Load, Problem, Sender, Shown, keys, use_sender},
    components::{FormErrors, Toasts, use_toasts},
};

/// The key on the page and the way to change it.
#[derive(Clone, Copy)]
pub struct KeyEditor {
    key: Load<LicenceKey>,
    pub data: Shown<LicenceKey>,
    pub sender: Sender,
    toasts: Toasts,
}

impl KeyEditor {
    /// The editor of `key`, which is shown as `data`.
    pub fn new(key: Load<LicenceKey>, data: Shown<LicenceKey>) -> Self {
        Self { key, data, sender: use_sender(), toasts: use_toasts() }
    }

    /// Sends `change` applied to the key as it is now and says `done`. What is wrong stands at the fields of `errors`,
    /// or is a toast where there is no form. `then` follows a success.
    pub fn save(
        self,
        change: impl FnOnce(&mut EditKey),
        done: impl Into<String> + 'static,
        errors: Option<FormErrors>,
        then: impl FnOnce() + 'static,
    ) {
        let mut form = self.data.with_untracked(form_of);
        change(&mut form);
        let id = self.data.with_untracked(|key| key.row.global_id);
        self.sender.send(keys::edit(id, &form), move |answer| match answer {
            Ok(saved) => {
                self.show(saved);
                self.toasts.good(done);
                then();
            }
            Err(Problem::Conflict(_)) => {
                self.key.again();
                self.toasts.bad(text::CHANGED_MEANWHILE);
            }
            Err(problem) => match errors {
                Some(errors) => errors.fail(problem.into()),
                None => self.toasts.bad(problem.sentence()),
            },
        });
    }

    /// Shows what a change was answered with.
    pub fn show(self, key: LicenceKey) {
        self.key.set(key);
    }

    /// Asks for the key again: something beside it was changed that it tells of.
    pub fn reload(self) {
        self.key.refresh();
    }

    /// Says what succeeded.
    pub fn say(self, done: String) {
        self.toasts.good(done);
    }
}

fn form_of(key: &LicenceKey) -> EditKey {
    EditKey {
        customer: key.row.customer,
        expires: key.row.expires,
        features: (0..8).map(|index| key.features.get(index).copied().unwrap_or_default()).collect(),
        max_machines: key.row.max_machines,
        notes: key.notes.clone(),
        allowed_machines: None,
        version: key.version,
    }
}
