//! Staff signing in and out, resetting a password, accepting an invitation.

use latchkey_shared::api::{
    auth::{AcceptStaffInvitation, InvitationCode, ResetConfirm, ResetRequest, SignIn, StaffInvitation},
    session::Session,
};

use super::Call;

pub fn sign_in(form: &SignIn) -> Call<Session> {
    Call::post("/api/v1/staff/sign-in", form).unguarded()
}

pub fn sign_out() -> Call<()> {
    Call::press("/api/v1/staff/sign-out").unguarded()
}

/// Answered alike for known and unknown addresses.
pub fn ask_reset(form: &ResetRequest) -> Call<()> {
    Call::post("/api/v1/staff/password-reset", form).unguarded()
}

pub fn confirm_reset(form: &ResetConfirm) -> Call<()> {
    Call::post("/api/v1/staff/password-reset/confirm", form).unguarded()
}

/// Looks at an invitation, or the first owner's link, without using it.
pub fn invitation(code: &InvitationCode) -> Call<StaffInvitation> {
    Call::post("/api/v1/staff/invitation", code).unguarded()
}

/// Signs in on success.
pub fn accept(form: &AcceptStaffInvitation) -> Call<Session> {
    Call::post("/api/v1/staff/invitation/accept", form).unguarded()
}
