//! Patterns for `LIKE` made from what people type.

use sea_orm::sea_query::LikeExpr;

/// A pattern that finds `text` anywhere; `%`, `_` and `\` in it mean themselves.
pub fn contains(text: &str) -> LikeExpr {
    LikeExpr::new(format!("%{}%", escape(text))).escape('\\')
}

/// A pattern that finds what begins with `text`.
pub fn begins_with(text: &str) -> LikeExpr {
    LikeExpr::new(format!("{}%", escape(text))).escape('\\')
}

/// A pattern that finds what ends with `text`.
pub fn ends_with(text: &str) -> LikeExpr {
    LikeExpr::new(format!("%{}", escape(text))).escape('\\')
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 4);
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn wildcards_mean_themselves() {
        assert_eq!(escape("100%_\\"), "100\\%\\_\\\\");
    }
}
