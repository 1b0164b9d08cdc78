//! What two sets of items differ in.

use latchkey_shared::change::{Direction, Loss};

use super::{Held, Item, Refusal};

/// Whether the same is held as wanted.
pub(super) fn is_same(held: &[Held], target: &[Item]) -> bool {
    held.len() == target.len()
        && held.iter().all(|held| {
            target.iter().any(|item| held.item.is_same_plan(item) && held.item.quantity == item.quantity)
        })
}

/// Whether the target costs more or less per day.
pub(super) fn direction(held: &[Held], target: &[Item]) -> Result<Direction, Refusal> {
    let before = per_day(held.iter().map(|held| &held.item))?;
    let after = per_day(target)?;
    Ok(match after.cmp(&before) {
        std::cmp::Ordering::Greater => Direction::Upgrade,
        std::cmp::Ordering::Less => Direction::Downgrade,
        std::cmp::Ordering::Equal => Direction::Sideways,
    })
}

/// Thousandths of a minor unit per day, about.
fn per_day<'a>(items: impl IntoIterator<Item = &'a Item>) -> Result<i128, Refusal> {
    items.into_iter().try_fold(0_i128, |sum, item| {
        let days = i128::from(item.every.approximate_days().max(1));
        Ok(sum + i128::from(item.whole_price()?) * 1_000 / days)
    })
}

/// Products and pieces that the target has fewer of.
pub(super) fn losses(held: &[Held], target: &[Item]) -> Vec<Loss> {
    let lost = |held: &Held| {
        let name = || held.item.name.clone();
        match target.iter().find(|item| item.product == held.item.product) {
            None => Some(Loss::Product { name: name() }),
            Some(item) if item.quantity < held.item.quantity => {
                Some(Loss::Pieces { name: name(), before: held.item.quantity, after: item.quantity })
            }
            Some(_) => None,
        }
    };
    held.iter().filter_map(lost).collect()
}
