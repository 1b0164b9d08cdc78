//! What is written like a call: `key.contains("X")`, `dataobjects.any(it.name = "usage")`.

use super::{Parser, is};
use crate::filter::{
    Comparison, Filter, Test,
    ast::Count,
    error::{FilterError, Problem},
    lexer::TokenKind,
};

/// Methods that other services have.
const ELSEWHERE: [&str; 15] = [
    "all",
    "average",
    "first",
    "firstordefault",
    "indexof",
    "last",
    "max",
    "min",
    "select",
    "single",
    "substring",
    "sum",
    "tolower",
    "toupper",
    "where",
];

impl Parser<'_> {
    /// `field.contains("x")` and its like; `None` if the word is not followed by such a call.
    pub(super) fn method_call(&mut self, word: &str) -> Result<Option<Filter>, FilterError> {
        let opens = self.opens(self.next);
        let Some((field, method)) = word.rsplit_once('.').filter(|_| opens) else { return Ok(None) };
        let field = field.to_lowercase();
        let test: fn(String) -> Test = match method.to_lowercase().as_str() {
            "count" => return self.count_call(field).map(Some),
            "any" => return self.any_call(field).map(Some),
            "contains" => Test::Contains,
            "startswith" | "beginswith" => Test::BeginsWith,
            "endswith" => Test::EndsWith,
            "equals" => |value| Test::Compare(Comparison::Equal, value),
            _ if ELSEWHERE.iter().any(|name| is(method, name)) => {
                self.next -= 1;
                return Err(FilterError {
                    at: self.position(),
                    problem: Problem::NoMethod(method.to_owned()),
                });
            }
            _ => return Ok(None),
        };
        self.next += 1;
        let value = self.value()?;
        self.close()?;
        Ok(Some(Filter::term(field, test(value))))
    }

    /// The rest of `machines.Count() > 0`, which tests the field `machines.count`, or of
    /// `machines.Count(it.Mid = "a") > 0`.
    fn count_call(&mut self, list: String) -> Result<Filter, FilterError> {
        let of = self.entries()?;
        let Some(TokenKind::Comparison(comparison)) = self.peek().cloned() else {
            return Err(self.expected("a comparison, such as > 0"));
        };
        self.next += 1;
        Ok(counted(list, of, comparison, self.value()?))
    }

    /// The rest of `machines.Any(it.Mid = "a")`: more than none.
    fn any_call(&mut self, list: String) -> Result<Filter, FilterError> {
        let of = self.entries()?;
        Ok(counted(list, of, Comparison::Greater, "0".to_owned()))
    }

    /// What stands in the parentheses: which entries; nothing for all of them.
    fn entries(&mut self) -> Result<Option<Filter>, FilterError> {
        self.next += 1;
        if self.take(&TokenKind::Close) {
            return Ok(None);
        }
        let of = self.nested(Self::any)?;
        self.close()?;
        Ok(Some(of))
    }
}

fn counted(list: String, of: Option<Filter>, comparison: Comparison, number: String) -> Filter {
    match of {
        Some(of) => Filter::Count(Count { list, of: Box::new(of), comparison, number }),
        None => Filter::term(format!("{list}.count"), Test::Compare(comparison, number)),
    }
}
