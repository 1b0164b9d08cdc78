//! When a customer is reminded of something that is to come, or that went wrong.

const DAY: i64 = 86_400_000;

/// A step whose time came longer ago than this is left out: a reminder that is late says something that is no
/// longer so.
const LATEST: i64 = DAY;

/// Which step is due: of `days` (negative before the moment, 0 at it, positive after) the last one whose time has
/// come, unless it came more than a day ago, or so soon after the contract began that whoever just bought would be
/// reminded at once. Times are milliseconds since 1970.
pub fn due(moment: i64, days: &[i64], began: i64, now: i64) -> Option<i64> {
    let time = |day: &i64| moment + day * DAY;
    let step = days.iter().filter(|day| time(day) <= now).max()?;
    let late = now - time(step) > LATEST;
    let at_once = time(step) < began + DAY;
    (!late && !at_once).then_some(*step)
}

/// Days as people type them, `7, 3, 0`: each once, the first step first. What is no number from 0 to 90 is refused.
///
/// # Errors
/// The part that cannot be read.
pub fn parse(text: &str) -> Result<Vec<i64>, String> {
    let mut days = Vec::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        match part.parse::<i64>() {
            Ok(day) if (0..=90).contains(&day) => days.push(day),
            _ => return Err(part.to_owned()),
        }
    }
    days.sort_unstable_by(|a, b| b.cmp(a));
    days.dedup();
    Ok(days)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_last_step_that_has_come_is_due_for_a_day() {
        let before = [-7, -3, 0];
        for (hours, step) in [
            (-8 * 24, None),
            (-7 * 24, Some(-7)),
            (-6 * 24, Some(-7)),
            (-6 * 24 + 1, None),
            (-3 * 24, Some(-3)),
            (0, Some(0)),
            (24, Some(0)),
            (25, None),
        ] {
            assert_eq!(due(100 * DAY, &before, 0, 100 * DAY + hours * 3_600_000), step, "{hours}");
        }
        assert_eq!(due(100 * DAY, &[0, 3, 7], 0, 103 * DAY), Some(3), "after the moment too");
        assert_eq!(due(100 * DAY, &[], 0, 100 * DAY), None);
    }

    #[test]
    fn whoever_just_bought_is_not_reminded() {
        assert_eq!(due(107 * DAY, &[-7, -3], 100 * DAY, 100 * DAY), None);
        assert_eq!(due(107 * DAY, &[-7, -3], 100 * DAY, 104 * DAY), Some(-3));
    }

    #[test]
    fn days_are_read_and_what_is_none_is_named() {
        assert_eq!(parse("0, 3,7,3"), Ok(vec![7, 3, 0]));
        assert_eq!(parse(""), Ok(Vec::new()));
        assert_eq!(parse("7, soon"), Err("soon".to_owned()));
        assert_eq!(parse("-1"), Err("-1".to_owned()));
    }

    proptest! {
        #[test]
        fn looking_hourly_finds_every_step_and_none_twice_apart(offset in 0_i64..3_600_000) {
            let (moment, days) = (50 * DAY, [-7, -3, 0]);
            let mut found: Vec<i64> =
                (0..60 * 24).filter_map(|hour| due(moment, &days, 0, hour * 3_600_000 + offset)).collect();
            found.dedup();
            prop_assert_eq!(found, days.to_vec());
        }
    }
}
