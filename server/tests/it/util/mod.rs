//! The harness: a whole server without a socket, and callers that speak to it.

mod answer;
mod app;
mod caller;

pub use answer::Answer;
pub use app::{PASSWORD, TestApp, postgres_url};
pub use caller::Caller;

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
