//! Changing subscriptions; offline plans; balances.

use latchkey_shared::{
    api::{
        changes::{
            AddSubscription, AddedSubscription, AskChange, Balance, ChangeOptions, ChangePreview,
            CommitChange, ExtendMany, ExtendedMany, OfflinePlan, OfflinePlans, SelfService, SetAutoRenew,
            SetOfflinePlan, SetOwnPrice,
        },
        subscriptions::SubscriptionRow,
    },
    ids::{CustomerId, PlanId, ProductId, SubscriptionId},
};

use super::Call;

pub fn options(id: SubscriptionId) -> Call<ChangeOptions> {
    Call::get(at(id, ""))
}

pub fn preview(id: SubscriptionId, ask: &AskChange) -> Call<ChangePreview> {
    Call::post(at(id, "/preview"), ask)
}

pub fn commit(id: SubscriptionId, form: &CommitChange) -> Call<SubscriptionRow> {
    Call::post(at(id, "/commit"), form)
}

/// Takes back what is planned.
pub fn undo(id: SubscriptionId) -> Call<SubscriptionRow> {
    Call::press(at(id, "/undo"))
}

/// Gives many subscriptions time, or says what that would do.
pub fn extend_many(form: &ExtendMany) -> Call<ExtendedMany> {
    Call::post("/api/v1/subscriptions/extend", form)
}

pub fn set_auto_renew(id: SubscriptionId, form: SetAutoRenew) -> Call<ChangeOptions> {
    Call::put(["/api/v1/subscriptions/", &id.to_string(), "/auto-renew"].concat(), &form)
}

pub fn set_own_price(id: SubscriptionId, form: &SetOwnPrice) -> Call<ChangeOptions> {
    Call::put(["/api/v1/subscriptions/", &id.to_string(), "/own-price"].concat(), form)
}

/// Begins a subscription, or says what it costs.
pub fn add(customer: CustomerId, form: &AddSubscription) -> Call<AddedSubscription> {
    Call::post(["/api/v1/customers/", &customer.to_string(), "/subscriptions"].concat(), form)
}

pub fn balance(customer: CustomerId) -> Call<Balance> {
    Call::get(["/api/v1/customers/", &customer.to_string(), "/balance"].concat())
}

/// All offline plans.
pub fn plans() -> Call<OfflinePlans> {
    Call::get("/api/v1/offline-plans")
}

pub fn plans_of(product: ProductId) -> Call<OfflinePlans> {
    Call::get(of_product(product))
}

pub fn add_plan(product: ProductId, form: &SetOfflinePlan) -> Call<OfflinePlan> {
    Call::post(of_product(product), form)
}

pub fn set_plan(plan: PlanId, form: &SetOfflinePlan) -> Call<OfflinePlan> {
    Call::put(["/api/v1/offline-plans/", &plan.to_string()].concat(), form)
}

pub fn self_service() -> Call<SelfService> {
    Call::get("/api/v1/settings/self-service")
}

pub fn set_self_service(form: SelfService) -> Call<SelfService> {
    Call::put("/api/v1/settings/self-service", &form)
}

fn at(id: SubscriptionId, rest: &str) -> String {
    ["/api/v1/subscriptions/", &id.to_string(), "/changes", rest].concat()
}

fn of_product(product: ProductId) -> String {
    ["/api/v1/products/", &product.to_string(), "/offline-plans"].concat()
}
