//! Parses every recorded object with the strict types of async-stripe and names the first field that
//! does not fit. Usage: `latchkey-oracle-strict DIRECTORY`

use serde::de::DeserializeOwned;
use std::{error::Error, fs, path::Path, process::ExitCode};

/// Parses one object; says where it does not fit.
type Parse = fn(&str) -> Result<(), String>;

const KINDS: &[(&str, Parse)] = &[
    ("account", parse::<stripe_shared::Account>),
    ("billing_portal.configuration", parse::<stripe_billing::BillingPortalConfiguration>),
    ("billing_portal.session", parse::<stripe_billing::BillingPortalSession>),
    ("charge", parse::<stripe_shared::Charge>),
    ("checkout.session", parse::<stripe_shared::CheckoutSession>),
    ("coupon", parse::<stripe_shared::Coupon>),
    ("customer", parse::<stripe_shared::Customer>),
    ("deleted customer", parse::<stripe_shared::DeletedCustomer>),
    ("discount", parse::<stripe_shared::Discount>),
    ("dispute", parse::<stripe_shared::Dispute>),
    ("event", parse::<stripe_shared::Event>),
    ("invoice", parse::<stripe_shared::Invoice>),
    ("invoice_payment", parse::<stripe_shared::InvoicePayment>),
    ("payment_intent", parse::<stripe_shared::PaymentIntent>),
    ("payment_method", parse::<stripe_shared::PaymentMethod>),
    ("price", parse::<stripe_shared::Price>),
    ("product", parse::<stripe_shared::Product>),
    ("promotion_code", parse::<stripe_shared::PromotionCode>),
    ("refund", parse::<stripe_shared::Refund>),
    ("subscription", parse::<stripe_shared::Subscription>),
    ("test_helpers.test_clock", parse::<stripe_shared::TestHelpersTestClock>),
];

fn parse<T: DeserializeOwned>(text: &str) -> Result<(), String> {
    let mut reader = serde_json::Deserializer::from_str(text);
    serde_path_to_error::deserialize::<_, T>(&mut reader).map(drop).map_err(|error| error.to_string())
}

fn main() -> ExitCode {
    match check() {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

/// How many objects did not fit.
fn check() -> Result<usize, Box<dyn Error>> {
    let recorded = std::env::args().nth(1).ok_or("name the directory with the recorded objects")?;
    let (mut good, mut bad) = (0, 0);
    for (kind, parse) in KINDS {
        let mut files: Vec<_> = fs::read_dir(Path::new(&recorded).join(kind))?
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<_, std::io::Error>>()?;
        files.sort();
        for file in files {
            match parse(&fs::read_to_string(&file)?) {
                Ok(()) => good += 1,
                Err(problem) => {
                    bad += 1;
                    eprintln!("{}: {problem}", file.display());
                }
            }
        }
    }
    println!("strict: {good} recorded objects fit async-stripe 1.0.0-rc.10, {bad} do not");
    Ok(bad)
}
