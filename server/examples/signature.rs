//! How long one RSA-2048 signature takes, as licences are signed: microseconds of processor time, for `make bench`.
//! An argument says for how many seconds to sign.

use std::time::{Duration, Instant};

use aws_lc_rs::{
    rand::SystemRandom,
    rsa::KeySize,
    signature::{RSA_PKCS1_SHA256, RsaKeyPair},
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let seconds = std::env::args().nth(1).map_or(Ok(3), |text| text.parse())?;
    let pair = RsaKeyPair::generate(KeySize::Rsa2048)?;
    let mut signature = vec![0; pair.public_modulus_len()];
    // As long as a licence with a few machines.
    let message = vec![b'x'; 900];
    let random = SystemRandom::new();
    let (began, mut made) = (Instant::now(), 0_u32);
    while began.elapsed() < Duration::from_secs(seconds) {
        pair.sign(&RSA_PKCS1_SHA256, &random, &message, &mut signature)?;
        made += 1;
    }
    println!("{:.1}", began.elapsed().as_secs_f64() * 1e6 / f64::from(made));
    Ok(())
}
