use latchkey::subscriptions::changes::due;
use latchkey_shared::{
    api::{
        changes::{AddedSubscription, Balance, ChangeOptions, ChangePreview, OfflinePlan},
        subscriptions::SubscriptionRow,
    },
    ids::{CustomerId, SubscriptionId},
    permission::Role,
};
use latchkey_store::entity::{audit, licence_key};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde_json::{Value, json};

use crate::{
    keys::{customer, product},
    util::{Answer, Caller, TestApp},
};

pub const DAY: i64 = 86_400_000;

/// A vendor with one product in three offline plans, and a customer who has the small one, paid by transfer.
pub struct World {
    pub app: TestApp,
    pub staff: Caller,
    pub customer: CustomerId,
    /// 30.00 a month, one machine.
    pub small: i64,
    /// 60.00 a month, F1, five machines.
    pub large: i64,
    /// 300.00 a year.
    pub yearly: i64,
    pub id: SubscriptionId,
}

pub fn plan_form(name: &str, price: i64, unit: &str, machines: i64) -> Value {
    let mut features = [false; 8];
    features[0] = machines > 1;
    json!({
        "name": name, "count": 1, "unit": unit, "features": features, "max_machines": machines,
        "prices": [{"minor": price, "currency": "EUR"}, {"minor": price + 500, "currency": "USD"}],
        "offered": true,
    })
}

/// Asks for one of another plan.
pub fn to(plan: i64) -> Value {
    json!({"action": "change", "items": [{"plan": plan, "quantity": 1}]})
}

impl World {
    pub async fn new(app: TestApp) -> Self {
        let mut staff = app.staff(Role::Admin).await;
        let product = product(&mut staff, "Studio").await;
        // Without grace, so that what is paid for and what works end together.
        let form = json!({"name": "Studio", "description": "", "active": true, "grace_days": 0,
            "feature_names": vec![""; 8], "version": 1});
        staff.patch(&format!("/api/v1/products/{product}"), form).await.done();
        let customer = customer(&mut staff, "Ann").await;
        let mut plans = Vec::new();
        for (name, price, unit, machines) in
            [("Small", 3_000, "month", 1), ("Large", 6_000, "month", 5), ("Yearly", 30_000, "year", 1)]
        {
            let address = format!("/api/v1/products/{product}/offline-plans");
            let plan: OfflinePlan = staff.post(&address, plan_form(name, price, unit, machines)).await.ok();
            plans.push(plan.plan.id.0);
        }
        let mut world = Self {
            app,
            staff,
            customer,
            small: plans[0],
            large: plans[1],
            yearly: plans[2],
            id: SubscriptionId(0),
        };
        world.id = world.add(world.small, json!({"paid_by": "bank_transfer", "reference": "RF18"})).await;
        world
    }

    /// Begins a subscription, as the page does: first what it costs, then for real.
    pub async fn add(&mut self, plan: i64, with: Value) -> SubscriptionId {
        let address = format!("/api/v1/customers/{}/subscriptions", self.customer);
        let mut form = with;
        form["items"] = json!([{"plan": plan, "quantity": 1}]);
        form["dry_run"] = json!(true);
        let shown: AddedSubscription = self.staff.post(&address, form.clone()).await.ok();
        assert_eq!(shown.subscription, None);
        form["dry_run"] = json!(false);
        form["digest"] = json!(shown.preview.quote.digest);
        let added: AddedSubscription = self.staff.post(&address, form).await.ok();
        added.subscription.unwrap()
    }

    pub fn address(&self, what: &str) -> String {
        format!("/api/v1/subscriptions/{}/changes{what}", self.id)
    }

    pub async fn ask(&mut self, ask: Value) -> Answer {
        let address = self.address("/preview");
        self.staff.post(&address, ask).await
    }

    pub async fn preview(&mut self, ask: Value) -> ChangePreview {
        self.ask(ask).await.ok()
    }

    pub async fn commit(&mut self, shown: &ChangePreview, with: Value) -> Answer {
        let address = self.address("/commit");
        let mut form = with;
        form["quote"] = json!(shown.quote.id);
        form["digest"] = json!(shown.quote.digest);
        self.staff.post(&address, form).await
    }

    /// Previews and commits.
    pub async fn carry_out(&mut self, ask: Value, with: Value) -> SubscriptionRow {
        let shown = self.preview(ask).await;
        self.commit(&shown, with).await.ok()
    }

    pub async fn options(&mut self) -> ChangeOptions {
        let address = self.address("");
        self.staff.get(&address).await.ok()
    }

    pub async fn row(&mut self) -> SubscriptionRow {
        let address = format!("/api/v1/subscriptions/{}", self.id);
        self.staff.get(&address).await.ok()
    }

    pub async fn balance(&mut self) -> Balance {
        let address = format!("/api/v1/customers/{}/balance", self.customer);
        self.staff.get(&address).await.ok()
    }

    pub async fn keys(&self) -> Vec<licence_key::Model> {
        let all = licence_key::Entity::find().order_by_asc(licence_key::Column::Id);
        all.all(self.app.state.store.read()).await.unwrap()
    }

    /// The words of the history, the latest last.
    pub async fn history(&self) -> Vec<String> {
        let entries = audit::Entity::find()
            .filter(audit::Column::SubjectKind.eq("subscription"))
            .order_by_asc(audit::Column::Id)
            .all(self.app.state.store.read());
        entries.await.unwrap().into_iter().map(|entry| entry.action).collect()
    }

    /// Time passes, and whoever works here signs in anew.
    pub async fn wait_days(&mut self, days: i64) {
        self.app.state.clock.advance(days * DAY);
        due::run_due(&self.app.state).await.unwrap();
        self.staff = self.app.staff(Role::Admin).await;
    }
}
