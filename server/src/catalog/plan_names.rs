//! What a plan is called.

/// The price's own name (Stripe's nickname), or how often it is billed: `Monthly`, `Every 3 months`.
pub fn of_price(nickname: &str, unit: Option<&str>, count: i64) -> String {
    let nickname = nickname.trim();
    if !nickname.is_empty() {
        return nickname.to_owned();
    }
    match (unit, count) {
        (Some("day"), 1) => "Daily".to_owned(),
        (Some("week"), 1) => "Weekly".to_owned(),
        (Some("month"), 1) => "Monthly".to_owned(),
        (Some("year"), 1) => "Yearly".to_owned(),
        (Some(unit), count) => format!("Every {count} {unit}s"),
        (None, _) => "Once".to_owned(),
    }
}

/// How often it is billed: `every month`, `every 3 months`.
pub fn interval(unit: &str, count: i64) -> String {
    if count == 1 { format!("every {unit}") } else { format!("every {count} {unit}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert_eq!(of_price(" Team ", Some("month"), 1), "Team");
        assert_eq!(of_price("", Some("year"), 1), "Yearly");
        assert_eq!(of_price("", Some("month"), 3), "Every 3 months");
        assert_eq!(interval("week", 1), "every week");
        assert_eq!(interval("week", 2), "every 2 weeks");
    }
}
