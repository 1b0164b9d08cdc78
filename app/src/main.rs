//! The page app: staff screens and the customer portal, in the browser.

// What no page of a release uses yet is still shown, and checked, by the kit page of development builds.
#![cfg_attr(not(debug_assertions), allow(dead_code, unused_imports))]

mod api;
mod app;
mod components;
mod frame;
mod hooks;
#[cfg(debug_assertions)]
mod kit;
mod pages;
mod routes;
mod session;
mod shell;

fn main() {
    leptos::mount::mount_to_body(app::App);
}
