use super::{Call, PAGE, Route, list};
use crate::{
    error::ApiError,
    ids::{new_id, random_text},
    metadata::merge_metadata,
    objects::{customer, discount},
    world::World,
};
use serde_json::{Value, json};

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "POST",
        path: "/v1/coupons",
        permission: "rak_coupon_write",
        params: &[
            "amount_off",
            "currency",
            "duration",
            "duration_in_months",
            "id",
            "max_redemptions",
            "metadata.*",
            "name",
            "percent_off",
            "redeem_by",
        ],
        handler: create_coupon,
    },
    Route {
        method: "GET",
        path: "/v1/coupons",
        permission: "rak_coupon_read",
        params: PAGE,
        handler: |world, call| list::page(world.store.newest_first("coupon"), &call.params, "/v1/coupons"),
    },
    Route {
        method: "GET",
        path: "/v1/coupons/{}",
        permission: "rak_coupon_read",
        params: &[],
        handler: |world, call| world.find("coupon", call.id()).cloned(),
    },
    Route {
        method: "DELETE",
        path: "/v1/coupons/{}",
        permission: "rak_coupon_write",
        params: &[],
        handler: |world, call| {
            world.find("coupon", call.id())?;
            world.store.remove(call.id());
            Ok(customer::deleted(call.id(), "coupon"))
        },
    },
    Route {
        method: "POST",
        path: "/v1/promotion_codes",
        permission: "rak_promotion_code_write",
        params: &[
            "active",
            "code",
            "expires_at",
            "max_redemptions",
            "metadata.*",
            "promotion.coupon",
            "promotion.type",
        ],
        handler: create_promotion_code,
    },
    Route {
        method: "GET",
        path: "/v1/promotion_codes",
        permission: "rak_promotion_code_read",
        params: &["active", "code", "limit", "starting_after", "ending_before"],
        handler: |world, call| {
            let equal = list::equal(&call.params, &["active", "code"]);
            let codes = world.store.newest_first("promotion_code").filter(|code| equal(code));
            list::page(codes, &call.params, "/v1/promotion_codes")
        },
    },
    Route {
        method: "GET",
        path: "/v1/promotion_codes/{}",
        permission: "rak_promotion_code_read",
        params: &[],
        handler: |world, call| world.find("promotion_code", call.id()).cloned(),
    },
];

fn create_coupon(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let params = &call.params;
    let id = params.text("id").map_or_else(|| random_text(8), str::to_owned);
    let mut made = discount::coupon(&id, world.now());
    match (params.text("percent_off"), params.integer("amount_off")?) {
        (Some(percent), None) => {
            let percent: f64 =
                percent.parse().ok().filter(|percent| (0.0..=100.0).contains(percent)).ok_or_else(|| {
                    ApiError::invalid("Invalid percent_off: must be between 0 and 100.").param("percent_off")
                })?;
            made["percent_off"] = json!(percent);
        }
        (None, Some(amount)) => {
            made["amount_off"] = json!(amount);
            made["currency"] = json!(params.required("currency")?.to_lowercase());
        }
        _ => return Err(ApiError::invalid("Must provide percent_off or amount_off, but not both.")),
    }
    let duration = params.word("duration", &["once", "forever", "repeating"])?.unwrap_or("once");
    made["duration"] = json!(duration);
    let months = params.integer("duration_in_months")?;
    if (duration == "repeating") != months.is_some() {
        return Err(ApiError::missing("duration_in_months"));
    }
    made["duration_in_months"] = json!(months);
    made["name"] = json!(params.text("name"));
    made["max_redemptions"] = json!(params.integer("max_redemptions")?);
    made["redeem_by"] = json!(params.integer("redeem_by")?);
    merge_metadata(&mut made, params)?;
    Ok(world.create(made, "coupon.created"))
}

fn create_promotion_code(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let params = &call.params;
    params.word("promotion.type", &["coupon"])?;
    let coupon = params.required("promotion.coupon")?;
    world.named("coupon", coupon, "promotion[coupon]")?;
    let code = params.text("code").map_or_else(|| random_text(8).to_uppercase(), str::to_owned);
    let mut made = discount::promotion_code(&new_id("promo"), &code, coupon, world.now());
    if let Some(active) = params.boolean("active")? {
        made["active"] = json!(active);
    }
    made["expires_at"] = json!(params.integer("expires_at")?);
    made["max_redemptions"] = json!(params.integer("max_redemptions")?);
    merge_metadata(&mut made, params)?;
    Ok(world.create(made, "promotion_code.created"))
}
