use crate::{
    Invoice, InvoicePayment, ListQuery, Page, Raw, StripeClient, StripeError,
    client::segment,
    params::{PayInvoice, PreviewInvoice},
};

impl StripeClient {
    /// One invoice, with references expanded (`payments`).
    pub async fn invoice(&self, id: &str, expand: &[&str]) -> Result<Raw<Invoice>, StripeError> {
        self.get(&format!("/v1/invoices/{}", segment(id)), &super::expand(expand)).await
    }

    /// Invoices; filters: `customer`, `subscription`, `status`, `created[gte]`.
    pub async fn list_invoices(&self, query: &ListQuery) -> Result<Page<Raw<Invoice>>, StripeError> {
        self.list(query).await
    }

    /// What the next invoice would say after a change; nothing is changed.
    pub async fn preview_invoice(&self, params: &PreviewInvoice) -> Result<Raw<Invoice>, StripeError> {
        self.post("/v1/invoices/create_preview", params, None).await
    }

    /// Tries to pay an open invoice now.
    pub async fn pay_invoice(
        &self,
        id: &str,
        params: &PayInvoice,
        key: Option<&str>,
    ) -> Result<Raw<Invoice>, StripeError> {
        self.post(&format!("/v1/invoices/{}/pay", segment(id)), params, key).await
    }

    /// Payments of invoices; filters: `invoice`, `status`, `payment[type]`, `payment[payment_intent]`.
    pub async fn list_invoice_payments(
        &self,
        query: &ListQuery,
    ) -> Result<Page<InvoicePayment>, StripeError> {
        self.list(query).await
    }
}
