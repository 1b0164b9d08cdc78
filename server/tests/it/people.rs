//! Staff: inviting, changing, disabling; there is always an owner.

use latchkey::identity::staff as members;
use latchkey_shared::{
    api::{
        auth::StaffInvitation,
        staff::{StaffInvited, StaffList, StaffMember, StaffState},
    },
    permission::Role,
};
use latchkey_store::entity::communication;
use sea_orm::{EntityTrait as _, QueryOrder as _};
use serde_json::{Value, json};

use crate::{on_both_databases, util::TestApp};

const NEW_PASSWORD: &str = "seven grey geese flying";

async fn member(app: &TestApp, role: Role) -> i64 {
    let email = format!("{}@vendor.test", role.as_str());
    members::by_email(app.state.store.read(), &email).await.unwrap().unwrap().id
}

fn form(name: &str, role: &str, disabled: bool) -> Value {
    json!({"name": name, "role": role, "disabled": disabled})
}

fn code(invited: &StaffInvited) -> &str {
    let prefix = "http://portal.test/Staff/Welcome#";
    invited.url.strip_prefix(prefix).unwrap_or_else(|| panic!("{}", invited.url))
}

on_both_databases! {
    async fn somebody_is_invited_chooses_a_password_and_works(app: TestApp) {
        let mut owner = app.staff(Role::Owner).await;
        let invite = json!({"name": "Sue", "email": " Sue@Vendor.test ", "role": "support"});
        let answer = owner.post("/api/v1/staff", invite.clone()).await;
        assert_eq!(answer.status.as_u16(), 201);
        let invited: StaffInvited = answer.ok();
        assert_eq!(invited.member.email, "sue@vendor.test");
        assert_eq!((invited.member.role, invited.member.state), (Role::Support, StaffState::Invited));
        let mail = communication::Entity::find()
            .order_by_desc(communication::Column::Id)
            .one(app.state.store.read()).await.unwrap().unwrap();
        assert_eq!((mail.recipient.as_str(), mail.kind.as_str()), ("sue@vendor.test", "staff_invitation"));
        assert!(mail.text.contains(&invited.url));
        assert!(owner.post("/api/v1/staff", invite).await.field("email").contains("already"));

        let mut sue = app.anon();
        let seen: StaffInvitation = sue.post("/api/v1/staff/invitation", json!({"code": code(&invited)})).await.ok();
        assert_eq!((seen.name.as_str(), seen.role), ("Sue", Role::Support));
        let accept = json!({"code": code(&invited), "name": "Sue", "email": seen.email, "password": NEW_PASSWORD});
        sue.post("/api/v1/staff/invitation/accept", accept).await.done();
        sue.get("/api/v1/customers").await.done();
        let list: StaffList = owner.get("/api/v1/staff").await.ok();
        let states: Vec<_> = list.staff.iter().map(|member| (member.name.as_str(), member.state)).collect();
        assert_eq!(states, [("owner", StaffState::Active), ("Sue", StaffState::Active)]);
        assert!(list.staff[1].last_seen.is_some());
        let again = format!("/api/v1/staff/{}/invite-again", invited.member.id);
        assert_eq!(owner.post(&again, json!({})).await.error(409), "not_invited");
    }

    async fn a_new_invitation_makes_the_old_one_useless(app: TestApp) {
        let mut owner = app.staff(Role::Owner).await;
        let invite = json!({"name": "Sue", "email": "sue@vendor.test", "role": "viewer"});
        let first: StaffInvited = owner.post("/api/v1/staff", invite).await.ok();
        let again = format!("/api/v1/staff/{}/invite-again", first.member.id);
        let second: StaffInvited = owner.post(&again, json!({})).await.ok();
        let mut sue = app.anon();
        assert_eq!(sue.post("/api/v1/staff/invitation", json!({"code": code(&first)})).await.error(404), "link_unusable");
        sue.post("/api/v1/staff/invitation", json!({"code": code(&second)})).await.done();

        let path = format!("/api/v1/staff/{}", first.member.id);
        let disabled: StaffMember = owner.patch(&path, form("Sue", "viewer", true)).await.ok();
        assert_eq!(disabled.state, StaffState::Disabled);
        assert_eq!(sue.post("/api/v1/staff/invitation", json!({"code": code(&second)})).await.error(404), "link_unusable");
        assert_eq!(owner.post(&again, json!({})).await.error(409), "not_invited");
        let enabled: StaffMember = owner.patch(&path, form("Sue", "viewer", false)).await.ok();
        assert_eq!(enabled.state, StaffState::Invited);
        assert_eq!(owner.post("/api/v1/staff/999/invite-again", json!({})).await.error(404), "not_found");
    }

    async fn whoever_is_disabled_is_out_at_once(app: TestApp) {
        let mut owner = app.staff(Role::Owner).await;
        let mut admin = app.staff(Role::Admin).await;
        admin.get("/api/v1/customers").await.done();
        let path = format!("/api/v1/staff/{}", member(&app, Role::Admin).await);
        let changed: StaffMember = owner.patch(&path, form("Al", "support", false)).await.ok();
        assert_eq!((changed.name.as_str(), changed.role), ("Al", Role::Support));
        admin.post("/api/v1/products", json!({"name": "Mine"})).await.error(403);
        owner.patch(&path, form("Al", "support", true)).await.done();
        admin.get("/api/v1/customers").await.error(401);
        let sign_in = json!({"email": "admin@vendor.test", "password": crate::util::PASSWORD});
        assert_eq!(app.anon().post("/api/v1/staff/sign-in", sign_in.clone()).await.error(401), "wrong_credentials");
        owner.patch(&path, form("Al", "support", false)).await.done();
        admin.get("/api/v1/customers").await.error(401);
        app.anon().post("/api/v1/staff/sign-in", sign_in).await.done();
    }

    async fn there_is_always_an_owner_and_nobody_demotes_themselves(app: TestApp) {
        let mut owner = app.staff(Role::Owner).await;
        let own = format!("/api/v1/staff/{}", member(&app, Role::Owner).await);
        owner.patch(&own, form("Me", "admin", false)).await.field("role");
        owner.patch(&own, form("Me", "owner", true)).await.field("disabled");
        let renamed: StaffMember = owner.patch(&own, form("Me", "owner", false)).await.ok();
        assert_eq!(renamed.name, "Me");

        // An invited owner has no password yet: that is nobody to leave the house to.
        let invite = json!({"name": "Olga", "email": "olga@vendor.test", "role": "owner"});
        let invited: StaffInvited = owner.post("/api/v1/staff", invite).await.ok();
        let origin = latchkey::audit::Origin::system("system");
        let alone = latchkey::people::edit(
            &app.state, &origin, renamed.id,
            latchkey_shared::api::staff::EditStaff { name: "Me".to_owned(), role: Role::Admin, disabled: false },
        ).await;
        assert_eq!(alone.unwrap_err().code(), "invalid", "the last active owner stays");

        let accept = json!({"code": code(&invited), "name": "Olga", "email": "olga@vendor.test", "password": NEW_PASSWORD});
        let mut olga = app.anon();
        olga.post("/api/v1/staff/invitation/accept", accept).await.done();
        olga.patch(&own, form("Me", "admin", false)).await.done();
        owner.post("/api/v1/staff", json!({"name": "X", "email": "x@vendor.test", "role": "viewer"})).await.error(403);
    }

    async fn two_owners_cannot_demote_each_other_at_once(app: TestApp) {
        let mut owner = app.staff(Role::Owner).await;
        let invite = json!({"name": "Olga", "email": "olga@vendor.test", "role": "owner"});
        let invited: StaffInvited = owner.post("/api/v1/staff", invite).await.ok();
        let accept = json!({"code": code(&invited), "name": "Olga", "email": "olga@vendor.test", "password": NEW_PASSWORD});
        let mut olga = app.anon();
        olga.post("/api/v1/staff/invitation/accept", accept).await.done();
        let of_owner = format!("/api/v1/staff/{}", member(&app, Role::Owner).await);
        let of_olga = format!("/api/v1/staff/{}", invited.member.id);
        let (one, other) = tokio::join!(
            owner.patch(&of_olga, form("Olga", "viewer", false)),
            olga.patch(&of_owner, form("owner", "viewer", false)),
        );
        let list = members::all(app.state.store.read()).await.unwrap();
        let owners = list.iter().filter(|member| member.role == "owner").count();
        assert_eq!(owners, 1, "{} {}", one.text, other.text);
    }

    async fn only_owners_manage_staff(app: TestApp) {
        app.staff(Role::Owner).await;
        let path = format!("/api/v1/staff/{}", member(&app, Role::Owner).await);
        let invite = json!({"name": "X", "email": "x@vendor.test", "role": "viewer"});
        for role in [Role::Admin, Role::Support, Role::Viewer] {
            let mut caller = app.staff(role).await;
            caller.get("/api/v1/staff").await.done();
            caller.post("/api/v1/staff", invite.clone()).await.error(403);
            caller.patch(&path, form("X", "viewer", true)).await.error(403);
            caller.post(&format!("{path}/invite-again"), json!({})).await.error(403);
        }
        app.token(&["*"]).await.post("/api/v1/staff", invite).await.error(403);
    }

    async fn bad_input_is_answered_beside_its_field(app: TestApp) {
        let mut owner = app.staff(Role::Owner).await;
        owner.post("/api/v1/staff", json!({"name": "", "email": "a@b.co", "role": "viewer"})).await.field("name");
        owner.post("/api/v1/staff", json!({"name": "A", "email": "a@b", "role": "viewer"})).await.field("email");
        owner.post("/api/v1/staff", json!({"name": "A", "email": "a@b.co", "role": "root"})).await.field("role");
        owner.patch("/api/v1/staff/999", form("A", "viewer", false)).await.error(404);
        let list: StaffList = owner.get("/api/v1/staff").await.ok();
        assert_eq!(list.staff.len(), 1);
    }
}
