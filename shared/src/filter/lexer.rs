//! Cuts the text into tokens.

use super::Comparison;
use super::error::{FilterError, Problem};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// Characters before it.
    pub at: usize,
    pub kind: TokenKind,
    /// Whether white space comes before it.
    pub spaced: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TokenKind {
    Word(String),
    Quoted(String),
    Comparison(Comparison),
    /// `&&`
    And,
    /// `||`
    Or,
    /// `!`
    Not,
    Open,
    Close,
    Comma,
}

impl TokenKind {
    /// As it was written, for error messages.
    pub fn written(&self) -> String {
        match self {
            Self::Word(text) | Self::Quoted(text) => text.clone(),
            Self::Comparison(comparison) => comparison.sign().to_owned(),
            Self::And => "&&".to_owned(),
            Self::Or => "||".to_owned(),
            Self::Not => "!".to_owned(),
            Self::Open => "(".to_owned(),
            Self::Close => ")".to_owned(),
            Self::Comma => ",".to_owned(),
        }
    }
}

pub(super) fn tokens(text: &str) -> Result<Vec<Token>, FilterError> {
    let characters: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    let mut spaced = false;
    while at < characters.len() {
        if characters[at].is_whitespace() {
            at += 1;
            spaced = true;
            continue;
        }
        let (kind, end) = token(&characters, at)?;
        tokens.push(Token { at, kind, spaced });
        at = end;
        spaced = false;
    }
    Ok(tokens)
}

/// The token that begins at `at`, and where it ends.
fn token(characters: &[char], at: usize) -> Result<(TokenKind, usize), FilterError> {
    let next = characters.get(at + 1).copied();
    let one = |kind| Ok((kind, at + 1));
    let two = |kind| Ok((kind, at + 2));
    match (characters[at], next) {
        ('(', _) => one(TokenKind::Open),
        (')', _) => one(TokenKind::Close),
        (',', _) => one(TokenKind::Comma),
        ('=', Some('=')) => two(TokenKind::Comparison(Comparison::Equal)),
        ('=', _) => one(TokenKind::Comparison(Comparison::Equal)),
        ('!', Some('=')) | ('<', Some('>')) => two(TokenKind::Comparison(Comparison::NotEqual)),
        ('!', _) => one(TokenKind::Not),
        ('<', Some('=')) => two(TokenKind::Comparison(Comparison::LessOrEqual)),
        ('<', _) => one(TokenKind::Comparison(Comparison::Less)),
        ('>', Some('=')) => two(TokenKind::Comparison(Comparison::GreaterOrEqual)),
        ('>', _) => one(TokenKind::Comparison(Comparison::Greater)),
        ('&', Some('&')) => two(TokenKind::And),
        ('|', Some('|')) => two(TokenKind::Or),
        ('"' | '\'' | '“' | '”' | '„', _) => quoted(characters, at),
        _ => Ok(word(characters, at)),
    }
}

/// A text in quotation marks; a backslash before a quotation mark or a backslash takes it literally.
fn quoted(characters: &[char], start: usize) -> Result<(TokenKind, usize), FilterError> {
    let closes = |character: char| match characters[start] {
        '\'' => character == '\'',
        '"' => character == '"',
        // Telephones put these; which of them ends a text differs by language.
        _ => matches!(character, '“' | '”'),
    };
    let mut text = String::new();
    let mut at = start + 1;
    while let Some(&character) = characters.get(at) {
        let escaped = characters.get(at + 1).filter(|next| matches!(next, '"' | '\'' | '\\' | '“' | '”'));
        match (character, escaped) {
            ('\\', Some(&next)) => {
                text.push(next);
                at += 2;
            }
            _ if closes(character) => return Ok((TokenKind::Quoted(text), at + 1)),
            _ => {
                text.push(character);
                at += 1;
            }
        }
    }
    Err(FilterError { at: start, problem: Problem::UnclosedQuote })
}

fn word(characters: &[char], start: usize) -> (TokenKind, usize) {
    let mut at = start + 1;
    while at < characters.len() && !ends_word(characters, at) {
        at += 1;
    }
    (TokenKind::Word(characters[start..at].iter().collect()), at)
}

/// An apostrophe, `&`, `|` or `!` inside a word belongs to it, as in `O'Brien` and `AT&T`.
fn ends_word(characters: &[char], at: usize) -> bool {
    let next = characters.get(at + 1).copied();
    match characters[at] {
        '(' | ')' | ',' | '=' | '<' | '>' | '"' | '“' | '”' | '„' => true,
        '!' => next == Some('='),
        '&' => next == Some('&'),
        '|' => next == Some('|'),
        character => character.is_whitespace(),
    }
}
