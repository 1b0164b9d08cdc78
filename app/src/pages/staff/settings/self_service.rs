//! What customers may do to their subscriptions themselves.

use latchkey_shared::{api::changes::SelfService, text::changes as text};
use leptos::prelude::*;

use crate::{
    api::{changes, load, use_sender},
    components::{Card, Switch, use_toasts},
};

/// The card with its three switches. Each takes effect at once.
#[component]
pub fn SelfServiceCard(read_only: bool) -> impl IntoView {
    let rules = load(changes::self_service);
    let sender = use_sender();
    let toasts = use_toasts();
    let set = move |change: fn(&mut SelfService)| {
        let Some(mut wanted) = untrack(|| rules.get()) else { return };
        change(&mut wanted);
        sender.press(changes::set_self_service(wanted), move |saved| {
            rules.set(saved);
            toasts.good(text::SELF_SAVED);
        });
    };
    let disabled = Signal::derive(move || read_only || rules.with(|rules| rules.is_none()));
    let on = move |read: fn(&SelfService) -> bool| {
        Signal::derive(move || rules.with(|rules| rules.is_some_and(read)))
    };
    view! {
        <Card title=text::SELF_SERVICE>
            <Switch
                label=text::SELF_UPGRADE
                on=on(|rules| rules.upgrade)
                on_toggle=move |_: bool| set(|rules| rules.upgrade = !rules.upgrade)
                disabled
            />
            <Switch
                label=text::SELF_DOWNGRADE
                on=on(|rules| rules.downgrade)
                on_toggle=move |_: bool| set(|rules| rules.downgrade = !rules.downgrade)
                disabled
            />
            <Switch
                label=text::SELF_CANCEL
                on=on(|rules| rules.cancel)
                on_toggle=move |_: bool| set(|rules| rules.cancel = !rules.cancel)
                disabled
            />
        </Card>
    }
}
