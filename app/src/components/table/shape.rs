//! The shape of a list: columns, rows, order.

use leptos::prelude::*;

/// What becomes of a column on a phone, where a row is a card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnPhone {
    /// Beside the title: one of the facts that matter.
    Fact,
    #[default]
    Hidden,
}

/// A column. The first one is the card's title on a phone and stays in sight when a wide table is scrolled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub label: String,
    /// The name that the server sorts by.
    pub sort: Option<&'static str>,
    pub right: bool,
    pub on_phone: OnPhone,
}

impl Column {
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), sort: None, right: false, on_phone: OnPhone::Hidden }
    }

    /// Sortable, under the server's name for it.
    pub const fn sortable(mut self, by: &'static str) -> Self {
        self.sort = Some(by);
        self
    }

    /// For money and counts.
    pub const fn right(mut self) -> Self {
        self.right = true;
        self
    }

    /// Shown on a phone too.
    pub const fn fact(mut self) -> Self {
        self.on_phone = OnPhone::Fact;
        self
    }
}

/// An order: `name` ascending, `-name` descending in a URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    pub by: String,
    pub descending: bool,
}

impl Sort {
    pub fn parse(text: &str) -> Self {
        let bare = text.strip_prefix('-');
        Self { by: bare.unwrap_or(text).to_owned(), descending: bare.is_some() }
    }

    pub fn text(&self) -> String {
        [if self.descending { "-" } else { "" }, &self.by].concat()
    }

    /// What pressing the header of `by` asks for: ascending first, then the other way round.
    pub(super) fn pressed(current: Option<&Self>, by: &str) -> Self {
        let descending = current.is_some_and(|sort| sort.by == by && !sort.descending);
        Self { by: by.to_owned(), descending }
    }
}

/// A row: its key, where it leads, and a view per column.
#[derive(Clone)]
pub struct Row {
    pub(super) key: String,
    pub(super) name: Option<String>,
    pub(super) href: Option<String>,
    /// The link changes the query only, so that the page stays where it was scrolled to.
    pub(super) in_place: bool,
    pub(super) cells: Vec<ViewFn>,
}

impl Row {
    pub fn new(key: impl ToString) -> Self {
        Self { key: key.to_string(), name: None, href: None, in_place: false, cells: Vec::new() }
    }

    /// What its check box calls it, where that is not the key.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The page that the row opens. The first cell becomes the link; the rest of the row follows it on a click.
    pub fn href(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }

    /// [`Self::href`] for something that opens over this page, such as a side panel.
    pub fn href_in_place(mut self, href: impl Into<String>) -> Self {
        self.in_place = true;
        self.href(href)
    }

    /// Adds the next cell.
    pub fn cell(mut self, view: impl Into<ViewFn>) -> Self {
        self.cells.push(view.into());
        self
    }

    /// Adds a cell of plain text, cut off with an ellipsis where it does not fit and whole on hover.
    pub fn text(self, text: impl Into<String>) -> Self {
        let text = text.into();
        self.cell(move || view! { <span class="cell-text" title=text.clone()>{text.clone()}</span> })
    }
}

#[cfg(test)]
mod tests {
    use super::Sort;

    #[test]
    fn sort_text_round_trips() {
        for text in ["name", "-created"] {
            assert_eq!(Sort::parse(text).text(), text);
        }
    }

    #[test]
    fn pressing_a_header_turns_the_order_round() {
        let first = Sort::pressed(None, "name");
        assert_eq!(first.text(), "name");
        let second = Sort::pressed(Some(&first), "name");
        assert_eq!(second.text(), "-name");
        assert_eq!(Sort::pressed(Some(&second), "name").text(), "name");
        assert_eq!(Sort::pressed(Some(&first), "created").text(), "created");
    }
}
