//! From text to [`Filter`], by recursive descent.

mod calls;

use super::error::{FilterError, Problem};
use super::lexer::{Token, TokenKind, tokens};
use super::{Comparison, Filter, MAX_CHARS, MAX_DEPTH, MAX_TERMS, MAX_VALUES, Test};

/// Parentheses and `not`s inside one another that the parser follows, needed or not.
const MAX_NESTING: usize = 32;

const VALUE: &str = "a value, such as active or \"two words\"";
const CONDITION: &str = "a condition, such as status = active, or a word to search for";

/// Reads a filter. `Ok(None)` is a text without any condition: everything is shown.
pub fn parse(text: &str) -> Result<Option<Filter>, FilterError> {
    if text.chars().count() > MAX_CHARS {
        return Err(FilterError { at: MAX_CHARS, problem: Problem::TooLong });
    }
    let tokens = tokens(text)?;
    if tokens.is_empty() {
        return Ok(None);
    }
    let mut parser = Parser { tokens: &tokens, next: 0, end: text.chars().count(), nesting: 0 };
    let filter = parser.any()?;
    if parser.next < tokens.len() {
        return Err(parser.expected("“and”, “or” or the end"));
    }
    if filter.terms() > MAX_TERMS {
        return Err(FilterError { at: 0, problem: Problem::TooManyTerms });
    }
    if filter.depth() > MAX_DEPTH {
        return Err(FilterError { at: 0, problem: Problem::TooDeep });
    }
    Ok(Some(filter))
}

struct Parser<'t> {
    tokens: &'t [Token],
    next: usize,
    /// Length of the whole text.
    end: usize,
    nesting: usize,
}

impl Parser<'_> {
    /// `a or b or c`
    fn any(&mut self) -> Result<Filter, FilterError> {
        let first = self.all()?;
        let mut parts = vec![];
        while self.take(&TokenKind::Or) || self.take_keyword("or") {
            parts.push(self.all()?);
        }
        Ok(grouped(first, parts, Filter::Any))
    }

    /// `a and b c`
    fn all(&mut self) -> Result<Filter, FilterError> {
        let first = self.negation()?;
        let mut parts = vec![];
        while self.joins_next(parts.last().unwrap_or(&first)) {
            parts.push(self.negation()?);
        }
        Ok(grouped(first, parts, Filter::All))
    }

    /// Steps over an `and` or a comma, if there is one, and says whether another condition must follow.
    fn joins_next(&mut self, before: &Filter) -> bool {
        if self.take(&TokenKind::And) || self.take_keyword("and") {
            return true;
        }
        // `Smith, John` is two words, but `amount > 1,5` is a mistake.
        if matches!(before, Filter::Search(_)) && self.take(&TokenKind::Comma) {
            return true;
        }
        match self.peek() {
            None | Some(TokenKind::Close | TokenKind::Or | TokenKind::Comma | TokenKind::Comparison(_)) => {
                false
            }
            Some(TokenKind::Word(word)) => !is(word, "or"),
            Some(_) => true,
        }
    }

    fn negation(&mut self) -> Result<Filter, FilterError> {
        if self.take(&TokenKind::Not) || self.take_keyword("not") {
            return Ok(self.nested(Self::negation)?.negated());
        }
        self.condition()
    }

    fn condition(&mut self) -> Result<Filter, FilterError> {
        let at = self.next;
        match self.peek().cloned() {
            Some(TokenKind::Open) => {
                self.next += 1;
                let inner = self.nested(Self::any)?;
                self.close()?;
                Ok(inner)
            }
            Some(TokenKind::Quoted(text)) => {
                self.next += 1;
                if matches!(self.peek(), Some(TokenKind::Comparison(_))) {
                    self.next = at;
                    return Err(self.expected("the name of a field, without quotation marks"));
                }
                Ok(Filter::Search(text))
            }
            Some(TokenKind::Word(word)) if !is(&word, "and") && !is(&word, "or") => {
                self.next += 1;
                self.after_word(word)
            }
            _ => Err(self.expected(CONDITION)),
        }
    }

    /// A word is the name of a field if a test follows, else a search.
    fn after_word(&mut self, word: String) -> Result<Filter, FilterError> {
        if let Some(call) = self.method_call(&word)? {
            return Ok(call);
        }
        let start = self.next;
        let negated = self.take_keyword("not");
        if let Some(test) = self.test(negated)? {
            let term = Filter::term(word.to_lowercase(), test);
            return Ok(if negated { term.negated() } else { term });
        }
        self.next = start;
        if let Some(TokenKind::Comparison(comparison)) = self.peek() {
            let comparison = *comparison;
            self.next += 1;
            return self.comparison(word.to_lowercase(), comparison);
        }
        if self.take_keyword("is") {
            let negated = self.take_keyword("not");
            if self.take_keyword("empty") || self.take_keyword("null") {
                let term = Filter::term(word.to_lowercase(), Test::Empty);
                return Ok(if negated { term.negated() } else { term });
            }
            self.next = start;
        }
        Ok(Filter::Search(word))
    }

    /// The rest of `field contains x`, `field begins with x`, `field in (x, y)`; `None` if none of them
    /// follows.
    fn test(&mut self, negated: bool) -> Result<Option<Test>, FilterError> {
        let start = self.next;
        if self.take_keyword("in") {
            if self.peek() == Some(&TokenKind::Open) {
                self.next += 1;
                return Ok(Some(Test::In(self.values()?)));
            }
        } else if self.take_keyword("contains") || (negated && self.take_keyword("contain")) {
            return Ok(Some(Test::Contains(self.value()?)));
        } else if (self.take_keyword("begins") || self.take_keyword("starts")) && self.take_keyword("with") {
            return Ok(Some(Test::BeginsWith(self.value()?)));
        } else if self.take_keyword("ends") && self.take_keyword("with") {
            return Ok(Some(Test::EndsWith(self.value()?)));
        }
        self.next = start;
        Ok(None)
    }

    fn comparison(&mut self, field: String, comparison: Comparison) -> Result<Filter, FilterError> {
        if self.take_keyword("null") {
            return match comparison {
                Comparison::Equal => Ok(Filter::term(field, Test::Empty)),
                Comparison::NotEqual => Ok(Filter::term(field, Test::Empty).negated()),
                _ => {
                    self.next -= 1;
                    Err(self.expected(VALUE))
                }
            };
        }
        Ok(Filter::term(field, Test::Compare(comparison, self.value()?)))
    }

    fn values(&mut self) -> Result<Vec<String>, FilterError> {
        let mut values = vec![self.value()?];
        while self.take(&TokenKind::Comma) {
            if values.len() == MAX_VALUES {
                return Err(FilterError { at: self.position(), problem: Problem::TooManyValues });
            }
            values.push(self.value()?);
        }
        if self.take(&TokenKind::Close) { Ok(values) } else { Err(self.expected("a comma or “)”")) }
    }

    fn value(&mut self) -> Result<String, FilterError> {
        match self.peek() {
            Some(TokenKind::Word(text)) if is(text, "DateTime") && self.opens(self.next + 1) => {
                self.next += 2;
                self.date_call()
            }
            Some(TokenKind::Word(text) | TokenKind::Quoted(text)) => {
                let text = text.clone();
                self.next += 1;
                Ok(text)
            }
            _ => Err(self.expected(VALUE)),
        }
    }

    /// The rest of `DateTime(2026, 12, 31)`, which is the day `2026-12-31`.
    fn date_call(&mut self) -> Result<String, FilterError> {
        let mut parts = [0_u16; 3];
        for (index, part) in parts.iter_mut().enumerate() {
            if index > 0 && !self.take(&TokenKind::Comma) {
                return Err(self.expected("a comma"));
            }
            let number = match self.peek() {
                Some(TokenKind::Word(text)) => text.parse().ok(),
                _ => None,
            };
            *part = number.ok_or_else(|| self.expected("a number"))?;
            self.next += 1;
        }
        self.close()?;
        let [year, month, day] = parts;
        Ok(format!("{year:04}-{month:02}-{day:02}"))
    }

    fn close(&mut self) -> Result<(), FilterError> {
        if self.take(&TokenKind::Close) { Ok(()) } else { Err(self.expected("“)”")) }
    }

    fn nested(&mut self, inner: fn(&mut Self) -> Result<Filter, FilterError>) -> Result<Filter, FilterError> {
        if self.nesting == MAX_NESTING {
            return Err(FilterError { at: self.position(), problem: Problem::TooDeep });
        }
        self.nesting += 1;
        let filter = inner(self);
        self.nesting -= 1;
        filter
    }

    /// Whether the token there is a parenthesis right behind the one before it.
    fn opens(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Open && !token.spaced)
    }

    fn peek(&self) -> Option<&TokenKind> {
        self.tokens.get(self.next).map(|token| &token.kind)
    }

    fn take(&mut self, kind: &TokenKind) -> bool {
        let found = self.peek() == Some(kind);
        self.next += usize::from(found);
        found
    }

    fn take_keyword(&mut self, keyword: &str) -> bool {
        let found = matches!(self.peek(), Some(TokenKind::Word(word)) if is(word, keyword));
        self.next += usize::from(found);
        found
    }

    fn position(&self) -> usize {
        self.tokens.get(self.next).map_or(self.end, |token| token.at)
    }

    fn expected(&self, what: &'static str) -> FilterError {
        let found = self.peek().map(TokenKind::written);
        FilterError { at: self.position(), problem: Problem::Expected(what, found) }
    }
}

fn is(word: &str, keyword: &str) -> bool {
    word.eq_ignore_ascii_case(keyword)
}

fn grouped(first: Filter, mut rest: Vec<Filter>, join: fn(Vec<Filter>) -> Filter) -> Filter {
    if rest.is_empty() {
        return first;
    }
    rest.insert(0, first);
    join(rest)
}

#[cfg(test)]
#[path = "parser_tests.rs"]
mod tests;
