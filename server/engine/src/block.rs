//! Who may block a key and who may lift a block.

use latchkey_shared::status::BlockSource;

use crate::entitlement::Access;

/// What billing does to a key's block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockChange {
    Keep,
    /// Block it, with source billing.
    Block,
    /// Lift the block.
    Lift,
}

/// What a sync changes: billing blocks what is suspended or ended and lifts its own block when access is back.
/// A block of anybody else stays as it is.
pub const fn by_billing(block: Option<BlockSource>, access: Access) -> BlockChange {
    match (access, block) {
        (Access::Suspended | Access::Ended, None) => BlockChange::Block,
        (Access::Active, Some(BlockSource::Billing)) => BlockChange::Lift,
        _ => BlockChange::Keep,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn billing_touches_only_its_own_block() {
        for (block, access, change) in [
            (None, Access::Active, BlockChange::Keep),
            (None, Access::Suspended, BlockChange::Block),
            (None, Access::Ended, BlockChange::Block),
            (None, Access::NotYet, BlockChange::Keep),
            (None, Access::NeverBegan, BlockChange::Keep),
            (Some(BlockSource::Billing), Access::Active, BlockChange::Lift),
            (Some(BlockSource::Billing), Access::Suspended, BlockChange::Keep),
            (Some(BlockSource::Billing), Access::NotYet, BlockChange::Keep),
        ] {
            assert_eq!(by_billing(block, access), change, "{block:?} {access:?}");
        }
        for block in [BlockSource::Staff, BlockSource::Scheduler, BlockSource::ReIssue, BlockSource::Refund] {
            for access in [Access::Active, Access::Suspended, Access::Ended] {
                assert_eq!(by_billing(Some(block), access), BlockChange::Keep, "{block:?} {access:?}");
            }
        }
    }
}
