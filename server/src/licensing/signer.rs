//! Signs licences with the private halves, off the async threads and bounded.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{RSA_PKCS1_SHA256, RSA_PKCS1_SHA512, RsaEncoding, RsaKeyPair},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use latchkey_shared::ids::ProductId;
use tokio::sync::Semaphore;

use crate::{
    error::{AppError, AppResult},
    licensing::{
        remembered::{self, Remembered},
        signing,
    },
    state::AppState,
};

/// How many signatures may wait for each that is being made; more are refused, so that they never pile up.
const WAITING_PER_PLACE: usize = 200;
/// A product that names another pair is heard within this time.
const NAMED_FOR: Duration = Duration::from_millis(800);

/// What a signature is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digest {
    /// Licences.
    Sha256,
    /// Metadata.
    Sha512,
}

/// Holds the pairs that were used, and as many places as there are processors.
pub struct Signer {
    pairs: Mutex<HashMap<i64, Arc<RsaKeyPair>>>,
    /// Which pair a product names, as read a moment ago.
    named: Mutex<HashMap<ProductId, (Instant, i64)>>,
    places: Arc<Semaphore>,
    waiting: AtomicUsize,
    most_waiting: usize,
    remembered: Remembered,
}

impl Default for Signer {
    fn default() -> Self {
        let processors = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self::with_places(processors, processors * WAITING_PER_PLACE)
    }
}

impl Signer {
    fn with_places(places: usize, most_waiting: usize) -> Self {
        Self {
            pairs: Mutex::default(),
            named: Mutex::default(),
            places: Arc::new(Semaphore::new(places)),
            waiting: AtomicUsize::new(0),
            most_waiting,
            remembered: Remembered::default(),
        }
    }

    /// RSASSA-PKCS1-v1_5 over each of `messages`, in base64; those just made are not made again.
    ///
    /// # Errors
    /// 503 where too many wait already.
    pub async fn sign(
        &self,
        app: &AppState,
        pair: i64,
        messages: Vec<(Digest, Vec<u8>)>,
    ) -> AppResult<Vec<String>> {
        let names: Vec<_> =
            messages.iter().map(|(digest, message)| remembered::name(pair, *digest, message)).collect();
        if let Some(known) = self.remembered.all(&names) {
            return Ok(known);
        }
        let pair = self.pair(app, pair).await?;
        let work = move || {
            let signed = messages.iter().map(|(digest, message)| signature(&pair, *digest, message));
            signed.collect::<AppResult<Vec<String>>>()
        };
        let made = self.in_turn(work).await??;
        self.remembered.keep(names, &made);
        Ok(made)
    }

    /// Does what uses a private half, when there is a place.
    ///
    /// # Errors
    /// 503 where too many wait already.
    pub async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> AppResult<T> {
        let _waiting = self.wait()?;
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(AppError::internal)?;
        let work = move || {
            let _place = place;
            work()
        };
        tokio::task::spawn_blocking(work).await.map_err(AppError::internal)
    }

    /// The pair that a product named a moment ago.
    pub fn known_pair(&self, product: ProductId) -> Option<i64> {
        let named = self.named.lock().unwrap_or_else(PoisonError::into_inner);
        named.get(&product).filter(|(at, _)| at.elapsed() < NAMED_FOR).map(|(_, pair)| *pair)
    }

    pub fn remember_pair(&self, product: ProductId, pair: i64) {
        let mut named = self.named.lock().unwrap_or_else(PoisonError::into_inner);
        named.insert(product, (Instant::now(), pair));
    }

    /// A pair never changes, so what was unsealed once is kept.
    async fn pair(&self, app: &AppState, id: i64) -> AppResult<Arc<RsaKeyPair>> {
        let known = self.pairs.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned();
        if let Some(pair) = known {
            return Ok(pair);
        }
        let pair = Arc::new(signing::private_half(app, id).await?);
        self.pairs.lock().unwrap_or_else(PoisonError::into_inner).insert(id, Arc::clone(&pair));
        Ok(pair)
    }

    fn wait(&self) -> AppResult<Waiting<'_>> {
        let waiting = Waiting(&self.waiting);
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= self.most_waiting {
            metrics::counter!("signatures_refused_total").increment(1);
            return Err(AppError::overloaded());
        }
        Ok(waiting)
    }
}

/// Counted as long as it lives.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn signature(pair: &RsaKeyPair, digest: Digest, message: &[u8]) -> AppResult<String> {
    let encoding: &'static dyn RsaEncoding = match digest {
        Digest::Sha256 => &RSA_PKCS1_SHA256,
        Digest::Sha512 => &RSA_PKCS1_SHA512,
    };
    let mut signature = vec![0; pair.public_modulus_len()];
    pair.sign(encoding, &SystemRandom::new(), message, &mut signature)
        .map_err(|_| AppError::internal("a licence could not be signed"))?;
    Ok(STANDARD.encode(signature))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_too_long_a_line_is_refused_and_leaves_no_trace() {
        let signer = Signer::with_places(1, 2);
        let first = signer.wait().unwrap();
        let second = signer.wait().unwrap();
        assert_eq!(signer.wait().err().map(|error| error.status().as_u16()), Some(503));
        drop(first);
        let third = signer.wait().unwrap();
        drop((second, third));
        assert_eq!(signer.waiting.load(Ordering::Relaxed), 0);
    }
}
