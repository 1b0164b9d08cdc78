//! A value of a stranger's JSON, held within bounds while the rest of the file is still read.

use std::{cell::Cell, fmt};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// What one row may hold, in bytes of text and of what keeps it.
const BUDGET: usize = 1024 * 1024;
/// How deep a row may be nested.
const DEPTH: usize = 8;
/// What any value costs beside its text.
const COST: usize = 32;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    Nothing,
    Truth(bool),
    Whole(i64),
    /// A number that is not whole, or beyond 64 bits.
    OddNumber,
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
    /// Too large or too deep to be kept.
    TooMuch,
}

/// What a row may still hold.
#[derive(Debug)]
pub struct Budget(Cell<usize>);

impl Default for Budget {
    fn default() -> Self {
        Self(Cell::new(BUDGET))
    }
}

impl Budget {
    /// What was spent.
    pub fn weight(&self) -> usize {
        BUDGET - self.0.get()
    }

    /// Whether so much text may still be kept.
    pub fn spend(&self, text: usize) -> bool {
        let left = self.0.get().checked_sub(text.saturating_add(COST));
        self.0.set(left.unwrap_or(0));
        left.is_some()
    }
}

/// Reads a [`Node`]; what does not fit is skipped, so that the rows after it can be read.
pub struct Seed<'b> {
    pub budget: &'b Budget,
    pub depth: usize,
}

impl<'b> Seed<'b> {
    pub fn new(budget: &'b Budget) -> Self {
        Self { budget, depth: 0 }
    }

    fn deeper(&self) -> Self {
        Self { budget: self.budget, depth: self.depth + 1 }
    }

    fn is_too_deep(&self) -> bool {
        self.depth >= DEPTH
    }

    fn scalar(&self, node: Node) -> Node {
        if self.budget.spend(0) { node } else { Node::TooMuch }
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(self.scalar(Node::Nothing))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(self.scalar(Node::Truth(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(self.scalar(Node::Whole(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(self.scalar(i64::try_from(value).map_or(Node::OddNumber, Node::Whole)))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
        Ok(self.scalar(Node::OddNumber))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(if self.budget.spend(value.len()) { Node::Text(value.to_owned()) } else { Node::TooMuch })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let mut nodes = Vec::new();
        let mut fits = !self.is_too_deep() && self.budget.spend(0);
        while fits {
            match list.next_element_seed(self.deeper())? {
                None => return Ok(Node::List(nodes)),
                Some(Node::TooMuch) => fits = false,
                Some(node) => nodes.push(node),
            }
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Node::TooMuch)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut fields = Vec::new();
        let mut fits = !self.is_too_deep() && self.budget.spend(0);
        while fits {
            let Some(name) = map.next_key::<String>()? else { return Ok(Node::Object(fields)) };
            fits = self.budget.spend(name.len());
            match map.next_value_seed(self.deeper())? {
                Node::TooMuch => fits = false,
                node => fields.push((name, node)),
            }
        }
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Node::TooMuch)
    }
}
