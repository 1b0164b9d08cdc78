//! `Metadata`: how a licence stands, signed by itself.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::Serialize;
use serde_json::{Value, json};

use super::licence::seconds;
use crate::licensing::licence::{Licence, Validity};

#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Metadata {
    activated_machines: usize,
    license_status: Status,
    used_floating_machines: usize,
}

#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Status {
    is_valid: bool,
    /// 0 none, 1 expired, 2 blocked.
    reason_for_invalidity: i64,
    trial: bool,
    time_limited: bool,
    /// Days.
    time_left: i64,
}

/// How a licence stands, before it is signed.
pub struct Unsigned {
    metadata: Metadata,
    /// What SHA-512 is signed over.
    pub data: String,
}

/// How `licence`, with all its machines, stands now.
///
/// # Errors
/// None that can happen: there is nothing in it that JSON cannot hold.
pub fn of(licence: &Licence, now: i64) -> Result<Unsigned, serde_json::Error> {
    let validity = licence.validity(now);
    let metadata = Metadata {
        activated_machines: licence.locked_machines(),
        license_status: Status {
            is_valid: validity == Validity::Valid,
            reason_for_invalidity: match validity {
                Validity::Valid => 0,
                Validity::Expired => 1,
                Validity::Blocked => 2,
            },
            trial: licence.is_trial(),
            time_limited: licence.key.expires_at.is_some(),
            time_left: licence.days_left(now),
        },
        used_floating_machines: licence.seats(),
    };
    Ok(Unsigned { data: serde_json::to_string(&metadata)?, metadata })
}

impl Unsigned {
    /// The field `metadata` of an answer; `signature` is base64.
    pub fn signed(&self, signature: &str, now: i64) -> Value {
        let status = self.metadata.license_status;
        let envelope = json!({
            "Data": STANDARD.encode(&self.data), "Signature": signature, "Date": seconds(now), "Version": 1,
        });
        json!({
            "activatedMachines": self.metadata.activated_machines,
            "licenseStatus": {
                "isValid": status.is_valid, "reasonForInvalidity": status.reason_for_invalidity,
                "trial": status.trial, "timeLimited": status.time_limited, "timeLeft": status.time_left,
            },
            "usedFloatingMachines": self.metadata.used_floating_machines,
            "signature": STANDARD.encode(envelope.to_string()),
        })
    }
}
