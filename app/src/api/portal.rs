//! What a signed-in customer sees and does.

use latchkey_shared::{
    api::{
        auth::{ChangeEmail, ChangePassword, OwnSessions, ProofStarted, ProveEmail, RenameSelf},
        changes::{AskChange, ChangeOptions, ChangePreview, CommitChange},
        portal::{
            Account, Billing, BillingPortal, CancelMine, CheckoutProgress, CheckoutStarted, Home, Licences,
            OwnLicence, Plans, PortalSubscription, StartCheckout,
        },
    },
    ids::{KeyGlobalId, SessionId, SubscriptionId},
};

use super::{Call, url::encoded};

pub fn home() -> Call<Home> {
    Call::get("/api/v1/portal/home")
}

pub fn plans() -> Call<Plans> {
    Call::get("/api/v1/portal/plans")
}

pub fn licences() -> Call<Licences> {
    Call::get("/api/v1/portal/licences")
}

/// Where a licence's file is.
pub fn licence_file(id: KeyGlobalId) -> String {
    own_licence(id, "/file")
}

pub fn remove_machine(id: KeyGlobalId, machine: i64) -> Call<()> {
    Call::delete(own_licence(id, &["/machines/", &machine.to_string()].concat()))
}

/// Answers the key that took its place.
pub fn reissue(id: KeyGlobalId) -> Call<OwnLicence> {
    Call::press(own_licence(id, "/reissue"))
}

fn own_licence(id: KeyGlobalId, rest: &str) -> String {
    ["/api/v1/portal/licences/", &id.to_string(), rest].concat()
}

pub fn billing() -> Call<Billing> {
    Call::get("/api/v1/portal/billing")
}

/// The answer says where to pay.
pub fn start_checkout(form: &StartCheckout) -> Call<CheckoutStarted> {
    Call::post("/api/v1/portal/checkouts", form)
}

/// Where a purchase stands; converges with Stripe by itself.
pub fn checkout(checkout: &str) -> Call<CheckoutProgress> {
    Call::get(["/api/v1/portal/checkouts/", &encoded(checkout)].concat())
}

/// Opens Stripe's billing portal: the address works once.
pub fn billing_portal() -> Call<BillingPortal> {
    Call::press("/api/v1/portal/billing/portal")
}

/// Cancels at the end of what is paid for.
pub fn cancel_subscription(id: SubscriptionId, form: &CancelMine) -> Call<PortalSubscription> {
    Call::post(at(id, "/cancel"), form)
}

/// What my subscription can be changed to.
pub fn change_options(id: SubscriptionId) -> Call<ChangeOptions> {
    Call::get(at(id, "/changes"))
}

/// What a change of my subscription would come to.
pub fn preview_change(id: SubscriptionId, ask: &AskChange) -> Call<ChangePreview> {
    Call::post(at(id, "/changes/preview"), ask)
}

/// Does what was previewed.
pub fn commit_change(id: SubscriptionId, form: &CommitChange) -> Call<PortalSubscription> {
    Call::post(at(id, "/changes/commit"), form)
}

/// Takes back what is planned.
pub fn undo_change(id: SubscriptionId) -> Call<PortalSubscription> {
    Call::press(at(id, "/changes/undo"))
}

fn at(id: SubscriptionId, rest: &str) -> String {
    ["/api/v1/portal/subscriptions/", &id.to_string(), rest].concat()
}

/// Takes a cancellation back.
pub fn keep_subscription(id: SubscriptionId) -> Call<PortalSubscription> {
    Call::press(["/api/v1/portal/subscriptions/", &id.to_string(), "/keep"].concat())
}

pub fn account() -> Call<Account> {
    Call::get("/api/v1/portal/account")
}

pub fn rename(form: &RenameSelf) -> Call<Account> {
    Call::patch("/api/v1/portal/account", form)
}

pub fn change_password(form: &ChangePassword) -> Call<()> {
    Call::post("/api/v1/portal/account/password", form)
}

/// Sends six digits to the new address.
pub fn change_email(form: &ChangeEmail) -> Call<ProofStarted> {
    Call::post("/api/v1/portal/account/email", form)
}

pub fn prove_email(form: &ProveEmail) -> Call<Account> {
    Call::post("/api/v1/portal/account/email/prove", form)
}

pub fn sessions() -> Call<OwnSessions> {
    Call::get("/api/v1/portal/sessions")
}

pub fn end_session(id: SessionId) -> Call<()> {
    Call::delete(["/api/v1/portal/sessions/", &id.to_string()].concat())
}

/// Ends all but the current one.
pub fn end_other_sessions() -> Call<()> {
    Call::delete("/api/v1/portal/sessions")
}
