//! The user's own account.

mod customer;
mod email;
mod name;
mod password;
mod sessions;

use latchkey_shared::{api::portal::Account, text::portal::account as words};
use leptos::prelude::*;

use crate::{
    api::{self, Shown, load},
    components::{PageHeader, SkeletonCard},
};

/// `/Portal/Account`: name, address, password, customer, and where one is signed in.
#[component]
pub fn AccountPage() -> impl IntoView {
    let account = load(api::portal::account);
    let waiting = || view! { <SkeletonCard lines=3 /><SkeletonCard lines=3 /> }.into_any();
    let draw = move |shown: Shown<Account>| {
        view! {
            <div class="account">
                <div class="stack">
                    {name::card(account, shown)} {email::card(account, shown)} {password::card()}
                </div>
                <div class="stack">{customer::card(shown)} {sessions::card()}</div>
            </div>
        }
        .into_any()
    };
    view! {
        <PageHeader title=words::TITLE />
        {account.view_or(waiting, draw)}
    }
    .into_any()
}
