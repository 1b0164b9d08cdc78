//! The words of a message, its links and codes made easy to use.

use leptos::prelude::*;

/// A part of a message's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Words(String),
    /// An http or https address.
    Link(String),
    /// Six digits that stand by themselves.
    Code(String),
}

/// Takes a message apart.
pub fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut words = String::new();
    for piece in text.split_inclusive(|letter: char| letter.is_whitespace() || letter == '<') {
        let end = piece.len()
            - piece
                .chars()
                .next_back()
                .filter(|last| last.is_whitespace() || *last == '<')
                .map_or(0, char::len_utf8);
        let (token, space) = piece.split_at(end);
        match special(token) {
            Some((before, part, after)) => {
                words.push_str(before);
                flush(&mut words, &mut parts);
                parts.push(part);
                words.push_str(after);
            }
            None => words.push_str(token),
        }
        words.push_str(space);
    }
    flush(&mut words, &mut parts);
    parts
}

fn flush(words: &mut String, parts: &mut Vec<Part>) {
    if !words.is_empty() {
        parts.push(Part::Words(std::mem::take(words)));
    }
}

/// A link or code in `token`, with the punctuation around it.
fn special(token: &str) -> Option<(&str, Part, &str)> {
    let start = token.find("https://").or_else(|| token.find("http://"));
    if let Some(start) = start {
        let link = token[start..].trim_end_matches(['.', ',', ';', ':', ')', '>', '"', '\'', '!', '?', ']']);
        return Some((&token[..start], Part::Link(link.to_owned()), &token[start + link.len()..]));
    }
    let code = token.trim_matches(|letter: char| !letter.is_ascii_digit());
    let start =
        token.find(code).filter(|_| code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()))?;
    let (before, after) = (&token[..start], &token[start + code.len()..]);
    let alone = |text: &str| !text.chars().any(char::is_alphanumeric);
    (alone(before) && alone(after)).then(|| (before, Part::Code(code.to_owned()), after))
}

/// The message as it reads.
pub fn draw(parts: &[Part]) -> AnyView {
    let draw = |part: &Part| match part.clone() {
        Part::Words(words) => words.into_any(),
        Part::Link(href) => {
            let address = href.clone();
            view! { <a href=address target="_blank" rel="noopener noreferrer">{href}</a> }.into_any()
        }
        Part::Code(code) => view! { <strong class="mail-code">{code}</strong> }.into_any(),
    };
    view! { <div class="mail-text">{parts.iter().map(draw).collect_view()}</div> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::{Part, parts};

    fn link(text: &str) -> Part {
        Part::Link(text.to_owned())
    }

    fn words(text: &str) -> Part {
        Part::Words(text.to_owned())
    }

    #[test]
    fn links_keep_their_query_and_lose_the_full_stop() {
        assert_eq!(
            parts("Open https://a.example/P/@a.example/Associate?id=1&auth=x-_9.\nBye"),
            [
                words("Open "),
                link("https://a.example/P/@a.example/Associate?id=1&auth=x-_9"),
                words(".\nBye")
            ]
        );
        assert_eq!(
            parts("<http://a.example/#code>"),
            [words("<"), link("http://a.example/#code"), words(">")]
        );
    }

    #[test]
    fn codes_are_six_digits_that_stand_alone() {
        let code = Part::Code("481516".to_owned());
        assert_eq!(parts("Code: 481516."), [words("Code: "), code.clone(), words(".")]);
        assert_eq!(parts("481516"), [code]);
        for plain in ["A481516", "4815162", "48151", "12.481516", "481516-x"] {
            assert_eq!(parts(plain), [words(plain)], "{plain}");
        }
    }

    #[test]
    fn nothing_is_lost() {
        for text in ["", "  two\n\n lines ", "ünï 123456 https://x.example, ok"] {
            let joined: String = parts(text)
                .into_iter()
                .map(|part| match part {
                    Part::Words(text) | Part::Link(text) | Part::Code(text) => text,
                })
                .collect();
            assert_eq!(joined, text);
        }
    }
}
