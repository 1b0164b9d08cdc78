//! Who may activate a licence key: machines that it is locked to, and floating seats.

/// A seat of a floating licence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seat {
    Regular,
    /// Beyond the machine limit.
    Overdraft,
}

/// Whether a new machine may be added to a key that is locked to `taken` machines. A limit of 0 is none.
pub const fn another_machine(taken: i64, limit: i64) -> bool {
    limit == 0 || taken < limit
}

/// The seat that a machine gets.
///
/// `regular` and `overdraft` count the seats that others hold now; `held` is the one that this machine holds and
/// renews. A limit of 0 is none; `allowed` is how many seats may go beyond the limit. Whoever holds a seat
/// keeps it, also when the limit was lowered meanwhile, and moves up when there is room.
pub const fn seat(
    regular: i64,
    overdraft: i64,
    held: Option<Seat>,
    limit: i64,
    allowed: i64,
) -> Option<Seat> {
    if limit == 0 || regular < limit {
        return Some(Seat::Regular);
    }
    if held.is_some() {
        return held;
    }
    if regular + overdraft < limit + allowed { Some(Seat::Overdraft) } else { None }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn seats_up_to_the_limit_and_a_few_beyond() {
        use Seat::{Overdraft, Regular};
        for (regular, overdraft, held, limit, allowed, expected) in [
            (0, 0, None, 2, 1, Some(Regular)),
            (1, 0, None, 2, 1, Some(Regular)),
            (2, 0, None, 2, 1, Some(Overdraft)),
            (2, 1, None, 2, 1, None),
            (2, 0, None, 2, 0, None),
            // Renewals.
            (2, 0, Some(Overdraft), 2, 1, Some(Overdraft)),
            (1, 0, Some(Overdraft), 2, 1, Some(Regular)),
            (5, 0, Some(Regular), 2, 0, Some(Regular)),
            // Nobody counts where there is no limit.
            (900, 9, None, 0, 0, Some(Regular)),
        ] {
            assert_eq!(
                seat(regular, overdraft, held, limit, allowed),
                expected,
                "{regular} {overdraft} {held:?}"
            );
        }
        assert!(another_machine(1, 2) && !another_machine(2, 2) && another_machine(2, 0));
    }

    proptest! {
        #[test]
        fn never_more_seats_than_limit_and_overdraft(limit in 1_i64..6, allowed in 0_i64..4, leave in prop::collection::vec(any::<bool>(), 1..60)) {
            let mut seats: Vec<Seat> = Vec::new();
            for leaves in leave {
                if leaves {
                    seats.pop();
                    continue;
                }
                let count = |kind| i64::try_from(seats.iter().filter(|seat| **seat == kind).count()).unwrap();
                let (regular, overdraft) = (count(Seat::Regular), count(Seat::Overdraft));
                if let Some(seat) = seat(regular, overdraft, None, limit, allowed) {
                    seats.push(seat);
                } else {
                    prop_assert_eq!(i64::try_from(seats.len()).unwrap(), limit + allowed);
                }
                prop_assert!(i64::try_from(seats.len()).unwrap() <= limit + allowed);
            }
        }
    }
}
