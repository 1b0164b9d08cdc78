//! The vendor's settings, a section at a time.

mod colour;
mod company;
mod links;
mod logo;
mod mail;
mod mail_form;
mod own_licences;
mod page;
mod signing;
mod self_service;
mod terms;
mod web_api;

pub use page::SettingsPage;
