//! Every address of the app: which page it shows, inside which frame, and who may see it.
//!
//! The tables are matched at run time by one function. A router's nested types for as many pages would cost more than
//! all of the pages' own code, so that the router keeps the address and nothing else.

#![expect(
    clippy::unnecessary_wraps,
    reason = "only downloading a part can fail, and that is of the macro's making"
)]

mod access;
mod customer;
mod customers;
mod developers;
mod go;
mod goods;
mod office;
mod pages;
mod part;
mod pattern;
mod portal;
mod reference;
mod secret;

use latchkey_shared::permission::Permission;
use part::Page;

pub use go::*;
pub use pages::*;
pub use secret::*;

/// What surrounds a page, and with it who may see the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// Nothing: sign-in and other pages for anybody. They draw their own quiet page.
    Bare,
    /// Staff's rail and bar; sign-in first.
    Staff,
    /// The customers' bar; sign-in and the terms in force first.
    Portal,
}

/// An address, its page, and the permission that it needs.
#[derive(Clone, Copy)]
pub struct PageRoute {
    pattern: &'static str,
    page: Page,
    needs: Option<Permission>,
}

impl PageRoute {
    /// `#name` in the pattern stands for a number, `:name` for any text, a `?` behind the last part for one that may be
    /// missing. The same page stays while only such parts change.
    const fn new(pattern: &'static str, page: Page) -> Self {
        Self { pattern, page, needs: None }
    }

    const fn needs(mut self, permission: Permission) -> Self {
        self.needs = Some(permission);
        self
    }
}

/// All tables. The first match counts.
const AREAS: &[(Frame, &[PageRoute])] = &[
    (Frame::Bare, access::ROUTES),
    (Frame::Staff, customers::ROUTES),
    (Frame::Staff, customer::ROUTES),
    (Frame::Staff, goods::ROUTES),
    (Frame::Staff, office::ROUTES),
    (Frame::Staff, developers::ROUTES),
    (Frame::Staff, reference::ROUTES),
    (Frame::Portal, portal::ROUTES),
];
