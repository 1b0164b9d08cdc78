//! Answers of a licensing service as JSON: `GetProducts`, `GetKeys`, `GetCustomers`, `ListDataObjects`.
//!
//! A file may hold one answer, several one after another, or a list of them. Rows are handed on one by one and
//! never held together.

use std::{
    fmt,
    io::{BufRead, BufReader, Read},
};

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{
    Found, Kind, Raw, Sink, Unreadable,
    node::{Budget, Node, Seed},
};

/// Lists of answers within lists of answers.
const NESTED: usize = 2;

/// Hands every row to `sink`, until it wants no more.
///
/// # Errors
/// Where the file is no such answer, or is one that says no.
pub fn read(file: impl Read, sink: &mut Sink<'_>) -> Result<Found, Unreadable> {
    let mut file = BufReader::with_capacity(64 * 1024, file);
    skip_mark(&mut file)?;
    let mut deserializer = serde_json::Deserializer::from_reader(file);
    let mut reading =
        Reading { sink, found: Found::default(), sections: false, refusal: None, stopped: false };
    loop {
        let read = Answers { reading: &mut reading, depth: 0 }.deserialize(&mut deserializer);
        if reading.stopped {
            return Ok(reading.found);
        }
        read.map_err(|error| Unreadable::Json(error.to_string()))?;
        if deserializer.end().is_ok() {
            break;
        }
    }
    match reading.refusal {
        Some(words) => Err(Unreadable::Refusal(words)),
        None if reading.sections => Ok(reading.found),
        None => Err(Unreadable::Nothing),
    }
}

/// The mark that some programs put before UTF-8.
fn skip_mark(file: &mut impl BufRead) -> std::io::Result<()> {
    if file.fill_buf()?.starts_with(b"\xef\xbb\xbf") {
        file.consume(3);
    }
    Ok(())
}

struct Reading<'r, 's> {
    sink: &'r mut Sink<'s>,
    found: Found,
    /// Whether there was any list of something that can be moved in.
    sections: bool,
    refusal: Option<String>,
    stopped: bool,
}

/// An answer, or a list of answers.
struct Answers<'a, 'r, 's> {
    reading: &'a mut Reading<'r, 's>,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for Answers<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Answers<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an answer of the licensing service: an object, or a list of them")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut answer: A) -> Result<(), A::Error> {
        let (mut refused, mut words) = (false, String::new());
        while let Some(name) = answer.next_key::<String>()? {
            if let Some(kind) = Kind::of_section(&name) {
                answer.next_value_seed(Section { reading: self.reading, kind })?;
                continue;
            }
            let budget = Budget::default();
            match name.to_ascii_lowercase().as_str() {
                "result" => refused = answer.next_value_seed(Seed::new(&budget))? == Node::Whole(1),
                "message" => {
                    if let Node::Text(text) = answer.next_value_seed(Seed::new(&budget))? {
                        words = text.chars().take(200).collect();
                    }
                }
                _ => drop(answer.next_value::<IgnoredAny>()?),
            }
        }
        if refused {
            self.reading.refusal = Some(words);
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut answers: A) -> Result<(), A::Error> {
        if self.depth >= NESTED {
            return Err(A::Error::custom("lists within lists within lists"));
        }
        while answers.next_element_seed(Answers { reading: self.reading, depth: self.depth + 1 })?.is_some() {
        }
        Ok(())
    }
}

/// The rows of one kind in an answer.
struct Section<'a, 'r, 's> {
    reading: &'a mut Reading<'r, 's>,
    kind: Kind,
}

impl<'de> DeserializeSeed<'de> for Section<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Section<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list of {}", self.kind.plural())
    }

    /// `null` where there are none.
    fn visit_unit<E>(self) -> Result<(), E> {
        self.reading.sections = true;
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<(), A::Error> {
        self.reading.sections = true;
        loop {
            let budget = Budget::default();
            let Some(node) = rows.next_element_seed(Seed::new(&budget))? else { return Ok(()) };
            let row = self.reading.found.count(self.kind);
            let raw = Raw { kind: self.kind, row, node, weight: budget.weight() };
            if !(self.reading.sink)(raw) {
                self.reading.stopped = true;
                return Err(A::Error::custom("no more is wanted"));
            }
        }
    }
}
