//! The columns of a customers' file.

use std::{borrow::Cow, collections::HashMap};

use latchkey_shared::api::customers::EditCustomer;
use latchkey_store::entity::customer;

/// A column, in the order in which they are exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Latchkey's own number; on the way in it only tells apart who else is alike.
    Id,
    ExternalId,
    Name,
    Email,
    Company,
    Phone,
    Country,
    Notes,
    AllowActivationManagement,
    AllowMultipleUsers,
    Disabled,
    /// By its name; empty: as it is, or the one that new customers are bound to.
    Webshop,
}

/// What a row of the file says of a customer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    pub id: Option<i64>,
    pub form: EditCustomer,
    pub disabled: bool,
    pub webshop: String,
}

impl Row {
    /// `webshops` are the names by number.
    pub fn of(row: &customer::Model, webshops: &HashMap<i64, String>) -> Self {
        Self {
            id: Some(row.id),
            form: EditCustomer {
                name: row.name.clone(),
                email: row.email.clone(),
                company: row.company.clone(),
                phone: row.phone.clone(),
                country: row.country.clone(),
                notes: row.notes.clone(),
                external_id: row.external_id.clone(),
                allow_activation_management: row.allow_activation_management,
                allow_multiple_users: row.allow_multiple_users,
                max_machines: None,
                version: row.version,
            },
            disabled: row.disabled,
            webshop: webshops.get(&row.webshop_id).cloned().unwrap_or_default(),
        }
    }
}

impl Column {
    pub const ALL: [Self; 12] = [
        Self::Id,
        Self::ExternalId,
        Self::Name,
        Self::Email,
        Self::Company,
        Self::Phone,
        Self::Country,
        Self::Notes,
        Self::AllowActivationManagement,
        Self::AllowMultipleUsers,
        Self::Disabled,
        Self::Webshop,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::ExternalId => "external_id",
            Self::Name => "name",
            Self::Email => "email",
            Self::Company => "company",
            Self::Phone => "phone",
            Self::Country => "country",
            Self::Notes => "notes",
            Self::AllowActivationManagement => "allow_activation_management",
            Self::AllowMultipleUsers => "allow_multiple_users",
            Self::Disabled => "disabled",
            Self::Webshop => "webshop",
        }
    }

    /// The column of that name, whatever its case and the blanks around it.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| name.trim().eq_ignore_ascii_case(column.name()))
    }

    /// What stands in this column.
    pub fn cell(self, row: &Row) -> String {
        let text = match self {
            Self::Id => return row.id.map(|id| id.to_string()).unwrap_or_default(),
            Self::AllowActivationManagement => return yes_no(row.form.allow_activation_management),
            Self::AllowMultipleUsers => return yes_no(row.form.allow_multiple_users),
            Self::Disabled => return yes_no(row.disabled),
            Self::ExternalId => &row.form.external_id,
            Self::Name => &row.form.name,
            Self::Email => &row.form.email,
            Self::Company => &row.form.company,
            Self::Phone => &row.form.phone,
            Self::Country => &row.form.country,
            Self::Notes => &row.form.notes,
            Self::Webshop => &row.webshop,
        };
        guarded(text).into_owned()
    }

    /// Takes what stands in this column; in words where it cannot be read.
    pub fn read(self, cell: &str, row: &mut Row) -> Result<(), String> {
        let text = || unguarded(cell).to_owned();
        match self {
            Self::Id => {
                let id = cell.trim();
                row.id = if id.is_empty() {
                    None
                } else {
                    Some(id.parse().map_err(|_| "id: this is no number".to_owned())?)
                };
            }
            Self::AllowActivationManagement => row.form.allow_activation_management = self.truth(cell)?,
            Self::AllowMultipleUsers => row.form.allow_multiple_users = self.truth(cell)?,
            Self::Disabled => row.disabled = self.truth(cell)?,
            Self::ExternalId => row.form.external_id = text(),
            Self::Name => row.form.name = text(),
            Self::Email => row.form.email = text(),
            Self::Company => row.form.company = text(),
            Self::Phone => row.form.phone = text(),
            Self::Country => row.form.country = text(),
            Self::Notes => row.form.notes = text(),
            Self::Webshop if cell.trim().is_empty() => {}
            Self::Webshop => unguarded(cell).trim().clone_into(&mut row.webshop),
        }
        Ok(())
    }

    fn truth(self, cell: &str) -> Result<bool, String> {
        match cell.trim().to_ascii_lowercase().as_str() {
            "yes" | "true" | "1" => Ok(true),
            "no" | "false" | "0" | "" => Ok(false),
            _ => Err(format!("{}: write yes or no", self.name())),
        }
    }
}

fn yes_no(truth: bool) -> String {
    if truth { "yes" } else { "no" }.to_owned()
}

/// Customers choose their own names: a cell that a spreadsheet would take for a formula gets an apostrophe in
/// front, and so does one that looks as if it had got one.
fn guarded(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// A cell without the apostrophe that disarms formulas.
pub(crate) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if guarded(text).len() > text.len() => text,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_disarmed_and_come_back() {
        assert_eq!(guarded("=1+1"), "'=1+1");
        assert_eq!(guarded("+46 8 12"), "'+46 8 12");
        for text in ["", "Ann", "=1", "+46", "-", "@a", "'", "'=1", "''", "O'Neil", "'n roll"] {
            assert_eq!(unguarded(&guarded(text)), text, "{text}");
        }
        assert_eq!(unguarded("'n roll"), "'n roll", "an apostrophe that nobody put there stays");
    }

    #[test]
    fn every_column_comes_back_as_it_went() {
        let row = Row {
            id: Some(7),
            form: EditCustomer {
                name: "=Ann".to_owned(),
                email: "ann@acme.test".to_owned(),
                company: "Acme, \"Ltd\"".to_owned(),
                phone: "+46".to_owned(),
                country: "SE".to_owned(),
                notes: "two\nlines".to_owned(),
                external_id: "A-1".to_owned(),
                allow_activation_management: true,
                allow_multiple_users: false,
                max_machines: None,
                version: 0,
            },
            disabled: true,
            webshop: "America".to_owned(),
        };
        let mut back = Row::default();
        for column in Column::ALL {
            column.read(&column.cell(&row), &mut back).unwrap();
        }
        assert_eq!(back, row);
        assert!(Column::Disabled.read("perhaps", &mut back).is_err());
        assert!(Column::Id.read("x", &mut back).is_err());
    }
}
