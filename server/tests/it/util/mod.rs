//! The harness: a whole server without a socket, and callers that speak to it.

mod answer;
mod app;
mod binary;
mod caller;
mod rows;
mod sink;

pub use answer::Answer;
pub use app::{PASSWORD, TestApp, postgres_url};
pub use binary::{Place, Serving, project_file};
pub use caller::Caller;
pub use rows::rows;
pub use sink::Sink;

/// Runs a test on SQLite and, where `TEST_POSTGRES_URL` names a server (the test command starts one), on
/// PostgreSQL.
#[macro_export]
macro_rules! on_both_databases {
    ($($(#[$meta:meta])* async fn $name:ident($app:ident: TestApp) $body:block)*) => {$(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports, reason = "a short test may need nothing")]
            use super::*;

            async fn story($app: $crate::util::TestApp) $body

            #[tokio::test]
            async fn sqlite() {
                story($crate::util::TestApp::sqlite().await).await;
            }

            #[tokio::test]
            async fn postgres() {
                match $crate::util::TestApp::postgres().await {
                    Some(app) => story(app).await,
                    None => eprintln!("left out: TEST_POSTGRES_URL is not set"),
                }
            }
        }
    )*};
}

/// Runs a test with the binary itself on SQLite and, where `TEST_POSTGRES_URL` names a server, on PostgreSQL.
#[macro_export]
macro_rules! in_both_places {
    ($(async fn $name:ident($place:ident: Place) $body:block)*) => {$(
        mod $name {
            use super::*;

            async fn story($place: Place) $body

            #[tokio::test]
            async fn sqlite() {
                story(Place::sqlite()).await;
            }

            #[tokio::test]
            async fn postgres() {
                match Place::postgres().await {
                    Some(place) => story(place).await,
                    None => eprintln!("left out: TEST_POSTGRES_URL is not set"),
                }
            }
        }
    )*};
}
