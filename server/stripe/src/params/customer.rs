use crate::Metadata;
use serde::Serialize;

/// A new customer, or changes to one; an empty text removes a field.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CustomerParams {
    /// E-mail address for receipts.
    pub email: Option<String>,
    /// Name on invoices.
    pub name: Option<String>,
    /// Phone number.
    pub phone: Option<String>,
    /// Note for staff.
    pub description: Option<String>,
    /// Languages for e-mail and invoices, best first.
    pub preferred_locales: Vec<String>,
    /// Merged into what is there; an empty value removes its key.
    pub metadata: Metadata,
}
