//! Who is looking, and whose installation this is.

use latchkey_shared::api::session::Session;

use super::{
    Call, Problem,
    call::decode,
    fetch::{Answer, early_session, read},
};

/// For anybody; also for nobody.
pub fn get() -> Call<Session> {
    Call::get("/api/v1/session").unguarded()
}

/// [`get`], by way of the request that the static page began while this program was loading.
pub async fn first() -> Result<Session, Problem> {
    if let Some(early) = early_session()
        && let Ok(Answer::Body { text, .. }) = read(early).await
        && let Ok(session) = decode(&text)
    {
        return Ok(session);
    }
    get().send().await
}
