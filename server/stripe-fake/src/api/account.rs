use super::{Call, Route};
use crate::{error::ApiError, world::World};
use serde_json::Value;

pub(super) const ROUTES: &[Route] = &[Route {
    method: "GET",
    path: "/v1/account",
    permission: "rak_accounts_kyc_basic_read",
    params: &[],
    handler: |world: &mut World, _: &Call| -> Result<Value, ApiError> {
        let id = world.account_id.clone();
        world.find("account", &id).cloned()
    },
}];
