//! The vendor's settings, a section at a time.

mod billing;
mod colour;
mod company;
mod links;
mod logo;
mod mail;
mod mail_form;
mod own_licences;
mod page;
mod self_service;
mod signing;
mod terms;
mod web_api;

pub use page::SettingsPage;
