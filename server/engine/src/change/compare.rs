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

/// Whether the target is more or less: first by its length, since a year is more of a commitment than a month
/// also where it is cheaper by the day; then by its price.
pub(super) fn direction(held: &[Held], target: &[Item]) -> Result<Direction, Refusal> {
    let before = weight(held.iter().map(|held| &held.item))?;
    let after = weight(target)?;
    Ok(match after.cmp(&before) {
        std::cmp::Ordering::Greater => Direction::Upgrade,
        std::cmp::Ordering::Less => Direction::Downgrade,
        std::cmp::Ordering::Equal => Direction::Sideways,
    })
}

/// Days of the rhythm, about, and the price of one length.
fn weight<'a>(items: impl IntoIterator<Item = &'a Item>) -> Result<(u32, i64), Refusal> {
    items.into_iter().try_fold((0, 0_i64), |(days, price), item| {
        let price = price.checked_add(item.whole_price()?).ok_or(Refusal::TooLarge)?;
        Ok((Ord::max(days, item.every.approximate_days()), price))
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
