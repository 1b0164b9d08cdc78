//! Moving in from another licensing service.

use latchkey_shared::api::move_in::{
    BeginRun, Invitations, Invite, Invited, KnownToken, MoveIn, MoveInFile, MoveInRun, TokenTaken,
};

use super::Call;

pub fn get() -> Call<MoveIn> {
    Call::get("/api/v1/move-in")
}

pub fn add_file(file: web_sys::File) -> Call<MoveInFile> {
    Call::upload("/api/v1/move-in/files", file)
}

pub fn remove_file(id: i64) -> Call<()> {
    Call::delete(["/api/v1/move-in/files/", &id.to_string()].concat())
}

pub fn remove_files() -> Call<()> {
    Call::delete("/api/v1/move-in/files")
}

pub fn begin(dry_run: bool) -> Call<MoveInRun> {
    Call::post("/api/v1/move-in/runs", &BeginRun { dry_run })
}

pub fn take_token(form: &KnownToken) -> Call<TokenTaken> {
    Call::post("/api/v1/move-in/token", form)
}

pub fn invitations() -> Call<Invitations> {
    Call::get("/api/v1/move-in/invitations")
}

/// Some hundred of the `count` that are waiting.
pub fn invite(count: i64) -> Call<Invited> {
    Call::post("/api/v1/move-in/invitations", &Invite { count })
}
