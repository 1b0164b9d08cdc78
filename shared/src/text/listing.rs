//! Words of every list that staff see.

pub const DAY: (&str, &str) = ("day", "days");
pub const WEEK: (&str, &str) = ("week", "weeks");
pub const MONTH: (&str, &str) = ("month", "months");
pub const YEAR: (&str, &str) = ("year", "years");

pub const REASON: &str = "Reason";

/// `1,204 in all`.
pub fn in_all(count: &str) -> String {
    [count, " in all"].concat()
}

/// `every month`, `every 3 months`.
pub fn every(count: i64, one: &str, more: &str) -> String {
    if count == 1 { ["every ", one].concat() } else { ["every ", &count.to_string(), " ", more].concat() }
}

#[cfg(test)]
mod tests {
    use super::{MONTH, every};

    #[test]
    fn one_needs_no_number() {
        assert_eq!(every(1, MONTH.0, MONTH.1), "every month");
        assert_eq!(every(3, MONTH.0, MONTH.1), "every 3 months");
    }
}
