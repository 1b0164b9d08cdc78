//! The stand-in by itself, on a loopback port of the system's choosing unless an address is given.

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let listen = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:0".to_owned()).parse()?;
    Ok(latchkey_stripe_fake::run(listen).await?)
}
