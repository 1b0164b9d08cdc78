//! The people working for the vendor.

use latchkey_shared::{
    api::staff::{EditStaff, InviteStaff, StaffInvited, StaffList, StaffMember},
    ids::StaffId,
};

use super::Call;

const PATH: &str = "/api/v1/staff";

pub fn list() -> Call<StaffList> {
    Call::get(PATH)
}

pub fn invite(form: &InviteStaff) -> Call<StaffInvited> {
    Call::post(PATH, form)
}

pub fn edit(id: StaffId, form: &EditStaff) -> Call<StaffMember> {
    Call::patch(at(id, ""), form)
}

/// Makes a new invitation; the old one stops working.
pub fn invite_again(id: StaffId) -> Call<StaffInvited> {
    Call::press(at(id, "/invite-again"))
}

fn at(id: StaffId, rest: &str) -> String {
    [PATH, "/", &id.to_string(), rest].concat()
}
