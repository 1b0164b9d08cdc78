//! What the made-up vendor sells without Stripe, and what its customers may do themselves.

use latchkey_shared::{
    api::{
        changes::{PlanUnit, SelfService, SetOfflinePlan},
        tax::SetTaxRate,
    },
    ids::ProductId,
    money::{Currency, Money},
};

use crate::{
    audit::Origin,
    error::AppResult,
    settings,
    state::AppState,
    subscriptions::{offline::plans, tax},
};

pub async fn make(app: &AppState, origin: &Origin, products: &[(ProductId, String)]) -> AppResult<()> {
    if let [(editor, _), .., (extra, _)] = products {
        let plan = |name: &str, price, unit, machines, features| SetOfflinePlan {
            template: None,
            name: name.to_owned(),
            count: 1,
            unit,
            prices: vec![Money::new(price, Currency::EUR), Money::new(price + price / 10, Currency::USD)],
            features,
            max_machines: machines,
            trial_days: if unit == PlanUnit::Month { 14 } else { 0 },
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
        let none = vec![false; 8];
        plans::add(app, origin, *extra, &plan("Voices by invoice", 500, PlanUnit::Month, 0, none)).await?;
        let german = SetTaxRate {
            name: "VAT".to_owned(),
            hundredths: 1_900,
            country: "DE".to_owned(),
            inclusive: true,
            active: true,
            is_default: false,
        };
        tax::add(app, origin, &german).await?;
    }
    settings::set_self_service(app, origin, SelfService { upgrade: true, downgrade: true, cancel: true })
        .await
}
