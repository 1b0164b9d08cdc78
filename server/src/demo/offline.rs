//! What the made-up vendor sells without Stripe, and what its customers may do themselves.

use latchkey_shared::{
    api::changes::{PlanUnit, SelfService, SetOfflinePlan},
    ids::ProductId,
    money::{Currency, Money},
};

use crate::{audit::Origin, error::AppResult, settings, state::AppState, subscriptions::offline::plans};

pub async fn make(app: &AppState, origin: &Origin, products: &[(ProductId, String)]) -> AppResult<()> {
    if let Some((editor, _)) = products.first() {
        let plan = |name: &str, price, unit, machines, features| SetOfflinePlan {
            name: name.to_owned(),
            count: 1,
            unit,
            prices: vec![Money::new(price, Currency::EUR), Money::new(price + price / 10, Currency::USD)],
            features,
            max_machines: machines,
            offered: true,
        };
        let solo = vec![true, false, false, false, false, false, false, false];
        let school = vec![true, true, true, true, false, false, false, false];
        for form in [
            plan("Solo by invoice", 2_100, PlanUnit::Month, 1, solo),
            plan("Studio by invoice", 4_200, PlanUnit::Month, 3, school.clone()),
            plan("School by invoice", 49_000, PlanUnit::Year, 30, school),
        ] {
            plans::add(app, origin, *editor, &form).await?;
        }
    }
    settings::set_self_service(app, origin, SelfService { upgrade: true, downgrade: true, cancel: true })
        .await
}
