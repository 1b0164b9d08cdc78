//! Coupons at work.

use crate::{
    error::ApiError,
    ids::new_id,
    objects::{discount, invoice},
    world::{World, number, text},
};
use chrono::{DateTime, Months};
use serde_json::{Value, json};

impl World {
    /// The coupon behind a coupon's or promotion code's id, checked for use now.
    pub(crate) fn usable_coupon(
        &self,
        params: &crate::params::Params,
        at: &str,
    ) -> Result<Option<Chosen>, ApiError> {
        let code =
            params.text("promotion_code").map(|id| self.named("promotion_code", id, at)).transpose()?;
        let id = match code {
            Some(code) => code["promotion"]["coupon"].as_str(),
            None => params.text("coupon"),
        };
        let Some(id) = id else { return Ok(None) };
        let coupon = self.named("coupon", id, at)?;
        if coupon["valid"] != true {
            return Err(ApiError::invalid(format!("Coupon expired: {id}")).code("coupon_expired").param(at));
        }
        Ok(Some(Chosen {
            coupon: id.to_owned(),
            promotion_code: code.map(|code| text(code, "id").to_owned()),
        }))
    }

    /// The coupon behind what a customer typed in.
    pub(crate) fn coupon_for_code(&self, typed: &str) -> Option<Chosen> {
        let fits =
            |code: &&Value| code["active"] == true && text(code, "code").eq_ignore_ascii_case(typed.trim());
        let code = self.store.newest_first("promotion_code").find(fits)?;
        let coupon = text(&code["promotion"], "coupon");
        let valid = self.store.get(coupon).is_some_and(|coupon| coupon["valid"] == true);
        valid.then(|| Chosen { coupon: coupon.to_owned(), promotion_code: Some(text(code, "id").to_owned()) })
    }

    /// What a coupon takes off `amount`.
    pub(crate) fn taken_off(&self, coupon: &str, amount: i64) -> i64 {
        let Some(coupon) = self.store.get(coupon) else { return 0 };
        let off = match coupon["percent_off"].as_f64() {
            // Coupons have at most two decimals; hundredths of a percent keep it exact.
            Some(percent) => {
                #[expect(clippy::cast_possible_truncation, reason = "a percentage is at most 100")]
                let hundredths = (percent * 100.0).round() as i64;
                (amount * hundredths + 5_000) / 10_000
            }
            None => number(coupon, "amount_off"),
        };
        off.clamp(0, amount.max(0))
    }

    /// Puts a coupon on a subscription.
    pub(crate) fn discount_subscription(&mut self, subscription: &mut Value, chosen: &Chosen) {
        let start = self.now_for(text(subscription, "customer"));
        let id = new_id("di");
        let mut discount = discount::discount(
            &id,
            &chosen.coupon,
            chosen.promotion_code.as_deref(),
            text(subscription, "customer"),
            start,
        );
        discount["subscription"] = subscription["id"].clone();
        let months = self.store.get(&chosen.coupon).and_then(|coupon| coupon["duration_in_months"].as_u64());
        if let Some(months) = months.and_then(|months| u32::try_from(months).ok()) {
            let end = DateTime::from_timestamp(start, 0)
                .and_then(|time| time.checked_add_months(Months::new(months)));
            discount["end"] = json!(end.map(|end| end.timestamp()));
        }
        self.insert(discount);
        for used in [Some(&chosen.coupon), chosen.promotion_code.as_ref()].into_iter().flatten() {
            self.change(used, |object| {
                object["times_redeemed"] = json!(number(object, "times_redeemed") + 1);
            });
        }
        subscription["discounts"] = json!([id]);
    }

    /// Takes a subscription's discounts off a draft invoice, and ends those that are used up.
    pub(crate) fn discount_invoice(&mut self, draft: &mut Value, subscription: &str) {
        let discounts = self.store.get(subscription).map(|subscription| subscription["discounts"].clone());
        let now = self.now();
        let mut taken = Vec::new();
        let (subtotal, mut off) = (number(draft, "subtotal"), 0);
        let mut left = Vec::new();
        for id in discounts.as_ref().and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
        {
            let Some(discount) = self.store.get(id) else { continue };
            if discount["end"].as_i64().is_some_and(|end| end <= now) {
                continue;
            }
            let coupon = text(&discount["source"], "coupon").to_owned();
            let amount = self.taken_off(&coupon, subtotal - off);
            off += amount;
            taken.push(json!({"amount": amount, "discount": id}));
            if self.store.get(&coupon).is_none_or(|coupon| coupon["duration"] != "once") {
                left.push(id.to_owned());
            }
        }
        draft["discounts"] = taken.iter().map(|taken| taken["discount"].clone()).collect();
        draft["total_discount_amounts"] = json!(taken);
        invoice::add_up(draft, subtotal, off);
        self.change(subscription, |subscription| subscription["discounts"] = json!(left));
    }
}

/// A coupon that was chosen, and the code it was chosen by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chosen {
    pub(crate) coupon: String,
    pub(crate) promotion_code: Option<String>,
}
