use super::{KeyParams, MAX_MACHINES};

/// The key of a subscription: its base item and its extra items for the same product, each with its quantity.
///
/// A feature is on if any item has it. The base's machine limit times its quantity, plus each extra's times
/// its own. A base that is not tied to machines (limit 0) stays so; extras cannot take that away. Everything
/// else is the base's.
///
/// `default_machines` is the product's limit, for a base that says none.
pub fn merge(
    base: &KeyParams,
    base_quantity: u32,
    extras: &[(KeyParams, u32)],
    default_machines: Option<u32>,
) -> KeyParams {
    let features = extras.iter().fold(base.features, |all, (extra, _)| all.or(extra.features));
    let max_machines = base.max_machines.or(default_machines).map(|limit| {
        if limit == 0 {
            return 0;
        }
        let of_extras =
            extras.iter().map(|(extra, quantity)| extra.max_machines.unwrap_or(0).saturating_mul(*quantity));
        let of_base = limit.saturating_mul(base_quantity.max(1));
        of_extras.fold(of_base, u32::saturating_add).min(MAX_MACHINES)
    });
    KeyParams { features, max_machines, ..base.clone() }
}

/// The parameters of a price, and the template's where the price says nothing.
pub fn over_template(price: &KeyParams, template: &KeyParams) -> KeyParams {
    KeyParams {
        product_id: price.product_id.or(template.product_id),
        template_id: price.template_id,
        features: price.features.over(template.features),
        period_days: price.period_days.or(template.period_days),
        max_machines: price.max_machines.or(template.max_machines),
        trial_activation: price.trial_activation.or(template.trial_activation),
        notes: price.notes.clone().or_else(|| template.notes.clone()),
        allowed_machines: price.allowed_machines.clone().or_else(|| template.allowed_machines.clone()),
    }
}
