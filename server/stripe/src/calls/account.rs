use crate::{Account, StripeClient, StripeError};

impl StripeClient {
    /// The account the key belongs to.
    pub async fn account(&self) -> Result<Account, StripeError> {
        self.get("/v1/account", &[]).await
    }
}
