//! Reads a stored answer of `Activate` with cryptolens-yc and verifies its signature; a bent one is refused.
//! Usage: latchkey-sdk-strict ANSWER PUBLIC_KEY_XML

use std::{env, error::Error, fs};

use cryptolens_yc::LicenseKey;

fn main() -> Result<(), Box<dyn Error>> {
    let [answer, public_key] = env::args().skip(1).collect::<Vec<_>>().try_into().map_err(|_| "two files")?;
    let answer = fs::read_to_string(answer)?;
    let public_key = fs::read_to_string(public_key)?;
    let licence = LicenseKey::from_response_str(&answer)?;
    if !licence.has_valid_signature(public_key.trim())? {
        return Err("the signature is not valid".into());
    }
    let mut bent: serde_json::Value = serde_json::from_str(&answer)?;
    let signature = bent["signature"].as_str().unwrap_or_default().to_owned();
    let other = if signature.starts_with('A') { "B" } else { "A" };
    bent["signature"] = format!("{other}{}", &signature[1..]).into();
    if LicenseKey::from_response_str(&bent.to_string())?.has_valid_signature(public_key.trim()).unwrap_or(false) {
        return Err("a bent signature is valid".into());
    }
    println!("ok 1 - read and verified\n# pass 1\n# fail 0");
    Ok(())
}
