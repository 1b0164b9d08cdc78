//! Stripe's search language, as far as customers and subscriptions need it.

use super::says;
use crate::error::ApiError;
use serde_json::Value;

/// A parsed query: clauses joined by `AND` or by `OR`, never both.
#[derive(Debug, PartialEq)]
pub(crate) struct Query {
    clauses: Vec<Clause>,
    any: bool,
}

#[derive(Debug, PartialEq)]
struct Clause {
    negated: bool,
    field: Vec<String>,
    test: Test,
}

#[derive(Debug, PartialEq)]
enum Test {
    Equals(String),
    Contains(String),
    Compare(std::cmp::Ordering, bool, i64),
    Null,
}

impl Query {
    pub(crate) fn parse(text: &str) -> Result<Self, ApiError> {
        let invalid = || ApiError::invalid("We were unable to parse your search query.").param("query");
        let mut rest = text.trim();
        let (mut clauses, mut joined) = (Vec::new(), None);
        while !rest.is_empty() {
            let (clause, after) = clause(rest).ok_or_else(invalid)?;
            clauses.push(clause);
            rest = after.trim_start();
            let any = match () {
                () if rest.is_empty() => break,
                () if rest.starts_with("AND ") => false,
                () if rest.starts_with("OR ") => true,
                () => false,
            };
            rest = rest.trim_start_matches("AND ").trim_start_matches("OR ").trim_start();
            if rest.is_empty() || joined.replace(any).is_some_and(|before| before != any) {
                return Err(invalid());
            }
        }
        if clauses.is_empty() {
            Err(invalid())
        } else {
            Ok(Self { clauses, any: joined.unwrap_or_default() })
        }
    }

    pub(crate) fn matches(&self, object: &Value) -> bool {
        let mut results = self.clauses.iter().map(|clause| clause.matches(object));
        if self.any { results.any(|hit| hit) } else { results.all(|hit| hit) }
    }
}

impl Clause {
    fn matches(&self, object: &Value) -> bool {
        let value = self.field.iter().fold(object, |value, step| &value[step.as_str()]);
        let text = || value.as_str().unwrap_or_default().to_lowercase();
        let hit = match &self.test {
            Test::Null => value.is_null(),
            Test::Equals(wanted) => {
                says(value, wanted) || value.is_string() && text() == wanted.to_lowercase()
            }
            Test::Contains(wanted) => value.is_string() && text().contains(&wanted.to_lowercase()),
            Test::Compare(order, or_equal, bound) => value.as_i64().is_some_and(|number| {
                let is = number.cmp(bound);
                is == *order || (*or_equal && is.is_eq())
            }),
        };
        hit != self.negated
    }
}

/// One clause and what follows it.
fn clause(text: &str) -> Option<(Clause, &str)> {
    let (negated, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let name_end =
        text.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_' && letter != '.')?;
    let (name, mut rest) = text.split_at(name_end);
    let mut field: Vec<String> = name.split('.').map(str::to_owned).collect();
    if let Some(inside) = rest.strip_prefix('[') {
        let (key, after) = quoted(inside)?;
        field.push(key);
        rest = after.strip_prefix(']')?;
    }
    let (test, rest) = test(rest)?;
    Some((Clause { negated, field, test }, rest)).filter(|_| !name.is_empty())
}

fn test(rest: &str) -> Option<(Test, &str)> {
    use std::cmp::Ordering::{Greater, Less};
    if let Some(rest) = rest.strip_prefix(":null") {
        return Some((Test::Null, rest));
    }
    if let Some(rest) = rest.strip_prefix('~') {
        let (text, rest) = quoted(rest)?;
        return Some((Test::Contains(text), rest));
    }
    for (sign, order, or_equal) in
        [(">=", Greater, true), ("<=", Less, true), (">", Greater, false), ("<", Less, false)]
    {
        if let Some(rest) = rest.strip_prefix(sign) {
            let (number, rest) = bare(rest);
            return Some((Test::Compare(order, or_equal, number.parse().ok()?), rest));
        }
    }
    let rest = rest.strip_prefix(':')?;
    let (wanted, rest) = if rest.starts_with(['\'', '"']) { quoted(rest)? } else { bare(rest) };
    Some((Test::Equals(wanted), rest)).filter(|(test, _)| *test != Test::Equals(String::new()))
}

/// Text in single or double quotes, and what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let quote = text.chars().next().filter(|letter| matches!(letter, '\'' | '"'))?;
    let mut inside = String::new();
    let mut letters = text.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => inside.push(letters.next()?.1),
            letter if letter == quote => return Some((inside, &text[at + 1..])),
            letter => inside.push(letter),
        }
    }
    None
}

/// Text up to the next space, and what follows it.
fn bare(text: &str) -> (String, &str) {
    let end = text.find(' ').unwrap_or(text.len());
    (text[..end].to_owned(), &text[end..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn hit(query: &str) -> bool {
        let object = json!({
            "email": "Ada@Example.com", "created": 100, "status": "active", "delinquent": false,
            "metadata": {"skm_customer_id": "42", "it's": "x"},
        });
        Query::parse(query).unwrap().matches(&object)
    }

    #[test]
    fn queries_find_what_they_say() {
        for query in [
            "email:'ada@example.com'",
            "email~\"ada\" AND status:'active'",
            "metadata['skm_customer_id']:'42'",
            "metadata['it\\'s']:'x'",
            "-metadata['skm_temp_var']:'x'",
            "metadata['skm_temp_var']:null",
            "-metadata['skm_customer_id']:null",
            "created>99 AND created<=100",
            "status:'canceled' OR delinquent:false",
        ] {
            assert!(hit(query), "{query}");
        }
        for query in ["metadata['skm_customer_id']:'4'", "created>100", "-status:'active'", "name:'x'"] {
            assert!(!hit(query), "{query}");
        }
    }

    #[test]
    fn what_cannot_be_parsed_is_refused() {
        for query in ["", "email", "email:", "email:'x", "a:'1' AND b:'2' OR c:'3'", "a:'1' AND ", ":'x'"] {
            assert!(Query::parse(query).is_err(), "{query}");
        }
    }
}
