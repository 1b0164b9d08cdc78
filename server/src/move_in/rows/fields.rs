//! Typed values out of what was read, in words where they cannot be had.

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use latchkey_shared::time::Timestamp;

use crate::move_in::read::Node;

/// The largest id that is taken over. Published SDKs hold ids in 31 bits, and there must be room to count on.
pub const LARGEST_ID: i64 = 2_000_000_000;

/// Why a row is refused, in words.
pub type Words = String;

/// The fields of an object, whatever the case of their names.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'n>(&'n [(String, Node)]);

impl<'n> Fields<'n> {
    pub fn of(node: &'n Node) -> Result<Self, Words> {
        match node {
            Node::Object(fields) => Ok(Self(fields)),
            Node::TooMuch => Err("there is more in it than can be taken: 1 MB, eight levels deep".to_owned()),
            Node::OddNumber => Err("save the file as UTF-8".to_owned()),
            _ => Err("it has not the fields of one".to_owned()),
        }
    }

    fn get(self, name: &str) -> &'n Node {
        let found = self.0.iter().find(|(field, _)| field.eq_ignore_ascii_case(name));
        found.map_or(&Node::Nothing, |(_, node)| node)
    }

    /// Whether the file speaks of it, be it to say that there is none.
    pub fn has(self, name: &str) -> bool {
        self.0.iter().any(|(field, _)| field.eq_ignore_ascii_case(name))
    }

    /// A text of at most so many characters; empty where nothing is said.
    pub fn text(self, name: &str, most: usize) -> Result<String, Words> {
        let text = match self.get(name) {
            Node::Nothing => return Ok(String::new()),
            Node::Text(text) => text.clone(),
            Node::Whole(number) => number.to_string(),
            _ => return Err(format!("{name}: this is no text")),
        };
        if text.contains('\0') {
            return Err(format!("{name}: a text cannot hold the character U+0000"));
        }
        if text.chars().count() > most {
            return Err(format!("{name}: this is longer than {most} characters"));
        }
        Ok(text)
    }

    /// A whole number; nothing where nothing is said.
    pub fn whole(self, name: &str, least: i64, most: i64) -> Result<Option<i64>, Words> {
        let number = match self.get(name) {
            Node::Nothing => return Ok(None),
            Node::Whole(number) => *number,
            Node::Text(text) if text.trim().is_empty() => return Ok(None),
            Node::Text(text) => {
                text.trim().parse().map_err(|_| format!("{name}: this is no whole number"))?
            }
            _ => return Err(format!("{name}: this is no whole number")),
        };
        if (least..=most).contains(&number) {
            Ok(Some(number))
        } else {
            Err(format!("{name}: {number} is not between {least} and {most}"))
        }
    }

    /// An id; nothing where nothing or 0 is said.
    pub fn maybe_id(self, name: &str) -> Result<Option<i64>, Words> {
        Ok(self.whole(name, 0, LARGEST_ID)?.filter(|id| *id > 0))
    }

    pub fn id(self, name: &str) -> Result<i64, Words> {
        self.maybe_id(name)?.ok_or_else(|| format!("{name}: it has none"))
    }

    /// Whether something holds; not where nothing is said.
    pub fn truth(self, name: &str) -> Result<bool, Words> {
        match self.get(name) {
            Node::Nothing => Ok(false),
            Node::Truth(truth) => Ok(*truth),
            Node::Whole(number @ (0 | 1)) => Ok(*number == 1),
            Node::Text(text) => match text.trim().to_ascii_lowercase().as_str() {
                "true" | "yes" | "1" => Ok(true),
                "false" | "no" | "0" | "" => Ok(false),
                _ => Err(format!("{name}: this is neither true nor false")),
            },
            _ => Err(format!("{name}: this is neither true nor false")),
        }
    }

    /// A time in milliseconds: text as the service writes it (UTC where it names no zone), or seconds since 1970.
    pub fn time(self, name: &str) -> Result<Option<i64>, Words> {
        let wrong = || format!("{name}: this is no time");
        let millis = match self.get(name) {
            Node::Nothing => return Ok(None),
            Node::Whole(seconds) => seconds.checked_mul(1_000).ok_or_else(wrong)?,
            Node::Text(text) if text.trim().is_empty() => return Ok(None),
            Node::Text(text) => moment(text.trim()).ok_or_else(wrong)?,
            _ => return Err(wrong()),
        };
        let range = Timestamp::MIN.millis()..=Timestamp::MAX.millis();
        if range.contains(&millis) { Ok(Some(millis)) } else { Err(wrong()) }
    }

    pub fn list(self, name: &str) -> Result<&'n [Node], Words> {
        match self.get(name) {
            Node::Nothing => Ok(&[]),
            Node::List(nodes) => Ok(nodes),
            _ => Err(format!("{name}: this is no list")),
        }
    }

    /// An object inside; nothing where there is none.
    pub fn inner(self, name: &str) -> Result<Option<Self>, Words> {
        match self.get(name) {
            Node::Nothing => Ok(None),
            node => Self::of(node).map(Some).map_err(|words| format!("{name}: {words}")),
        }
    }
}

fn moment(text: &str) -> Option<i64> {
    if let Ok(seconds) = text.parse::<i64>() {
        return seconds.checked_mul(1_000);
    }
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(time.timestamp_millis());
    }
    for form in ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M"] {
        if let Ok(time) = NaiveDateTime::parse_from_str(text, form) {
            return Some(time.and_utc().timestamp_millis());
        }
    }
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    Some(day.and_hms_opt(0, 0, 0)?.and_utc().timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(node: Node) -> Node {
        Node::Object(vec![("Value".to_owned(), node)])
    }

    #[test]
    fn times_are_read_however_they_are_written() {
        let at = |node: Node| Fields::of(&fields(node)).unwrap().time("value");
        let text = |text: &str| at(Node::Text(text.to_owned()));
        assert_eq!(text("2015-09-04T16:11:14.453"), Ok(Some(1_441_383_074_453)));
        assert_eq!(text("2015-09-04T16:11:14Z"), Ok(Some(1_441_383_074_000)));
        assert_eq!(text("2015-09-04T18:11:14+02:00"), Ok(Some(1_441_383_074_000)));
        assert_eq!(text("2015-09-04"), Ok(Some(1_441_324_800_000)));
        assert_eq!(text("1441383074"), Ok(Some(1_441_383_074_000)));
        assert_eq!(at(Node::Whole(1_441_383_074)), Ok(Some(1_441_383_074_000)));
        assert_eq!((at(Node::Nothing), text(" ")), (Ok(None), Ok(None)));
        for bad in
            ["yesterday", "2015-13-04", "99999999999999", "9223372036854775807", "10000-01-01T00:00:00"]
        {
            assert!(text(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_is_no_id_or_truth_is_said_so() {
        let with = |node: Node| fields(node);
        let id = |node: Node| Fields::of(&with(node)).unwrap().id("VALUE");
        assert_eq!(id(Node::Text("7".to_owned())), Ok(7));
        for bad in
            [Node::Nothing, Node::Whole(0), Node::Whole(-1), Node::Whole(LARGEST_ID + 1), Node::OddNumber]
        {
            assert!(id(bad).is_err());
        }
        let truth = |text: &str| Fields::of(&with(Node::Text(text.to_owned()))).unwrap().truth("value");
        assert_eq!((truth("True"), truth("no"), truth("")), (Ok(true), Ok(false), Ok(false)));
        assert!(truth("perhaps").is_err());
        let text = |text: &str| Fields::of(&with(Node::Text(text.to_owned()))).unwrap().text("value", 3);
        assert_eq!(text("äöü"), Ok("äöü".to_owned()));
        assert!(text("a\0").is_err() && text("abcd").is_err());
    }
}
