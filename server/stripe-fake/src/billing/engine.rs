//! What falls due as time passes, in the order in which it falls due.

use super::{
    DAY,
    lifecycle::{INCOMPLETE_FOR, is_over, items_mut, set_period},
    period::period_end,
};
use crate::world::{World, number, text};
use serde_json::{Value, json};

/// Something that has to happen at a moment. The order is the order in which things of the same second
/// happen: an end comes before a renewal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    ExpireSession(String),
    DropPendingUpdate(String),
    End(String),
    ExpireIncomplete(String),
    ResumeCollection(String),
    AnnounceTrialEnd(String),
    EndTrial(String),
    Renew(String),
    FinalizeInvoice(String),
    RetryPayment(String),
    SettleDebit(String),
}

impl World {
    /// Makes everything happen that is due until `until` (seconds since 1970) on one test clock, or on
    /// the common time. The shared clock moves along.
    pub(crate) fn run_until(&mut self, test_clock: Option<&str>, until: i64) {
        while let Some((moment, due)) = self.next_due(test_clock, until) {
            if test_clock.is_none() {
                self.clock.move_to(moment * 1000);
            }
            self.at(moment, |world| world.perform(due));
        }
    }

    /// Lets the past of one subscription happen.
    pub(crate) fn catch_up(&mut self, subscription: &str, until: i64) {
        while let Some((moment, due)) = self.next_due_of(subscription, until) {
            self.at(moment, |world| world.perform(due));
        }
    }

    fn next_due_of(&self, id: &str, until: i64) -> Option<(i64, Due)> {
        let subscription = self.store.get(id)?;
        let mut due = Vec::new();
        if !is_over(subscription) {
            subscription_due(subscription, &mut due);
        }
        if let Some(invoice) = self.store.get(text(subscription, "latest_invoice")) {
            invoice_due(invoice, &mut due);
        }
        due.into_iter().filter(|(moment, _)| *moment <= until).min()
    }

    fn next_due(&self, test_clock: Option<&str>, until: i64) -> Option<(i64, Due)> {
        let mut due = Vec::new();
        let here = |object: &&Value| object["test_clock"].as_str() == test_clock;
        for subscription in
            self.store.newest_first("subscription").filter(here).filter(|object| !is_over(object))
        {
            subscription_due(subscription, &mut due);
        }
        for invoice in self.store.newest_first("invoice").filter(here) {
            invoice_due(invoice, &mut due);
        }
        if test_clock.is_none() {
            for session in
                self.store.newest_first("checkout.session").filter(|session| session["status"] == "open")
            {
                due.push((number(session, "expires_at"), Due::ExpireSession(text(session, "id").to_owned())));
            }
        }
        due.into_iter().filter(|(moment, _)| *moment <= until).min()
    }

    fn perform(&mut self, due: Due) {
        match due {
            Due::ExpireSession(id) => {
                self.change(&id, |session| {
                    session["status"] = json!("expired");
                    session["url"] = Value::Null;
                });
                self.emit_about(&id, "checkout.session.expired");
            }
            Due::DropPendingUpdate(id) => self.drop_pending_update(&id),
            Due::End(id) => self.end_subscription(&id, "cancellation_requested"),
            Due::ExpireIncomplete(id) => self.expire_incomplete(&id),
            Due::ResumeCollection(id) => {
                self.update(&id, "customer.subscription.updated", |subscription| {
                    subscription["pause_collection"] = Value::Null;
                });
            }
            Due::AnnounceTrialEnd(id) => {
                self.change(&id, |subscription| subscription["_announced"] = json!(true));
                self.emit_about(&id, "customer.subscription.trial_will_end");
            }
            Due::EndTrial(id) => self.end_trial(&id),
            Due::Renew(id) => self.renew(&id),
            Due::FinalizeInvoice(id) => {
                self.finalize_invoice(&id);
                // Failing is an outcome like another here; the events tell it.
                let _ = self.pay_invoice(&id, None);
            }
            Due::SettleDebit(id) => self.settle_debit(&id),
            Due::RetryPayment(id) => {
                self.change(&id, |invoice| invoice["next_payment_attempt"] = Value::Null);
                let _ = self.pay_invoice(&id, None);
            }
        }
    }

    fn end_trial(&mut self, id: &str) {
        let Some(subscription) = self.store.get(id).cloned() else { return };
        let customer = text(&subscription, "customer");
        if self.card_for(customer, Some(id)).is_none() {
            match text(&subscription["trial_settings"]["end_behavior"], "missing_payment_method") {
                "cancel" => return self.end_subscription(id, "cancellation_requested"),
                "pause" => return self.pause_subscription(id, "trial_end_without_payment_method"),
                _ => {}
            }
        }
        self.change(id, |subscription| subscription["_status_after_trial"] = json!("active"));
        self.renew(id);
    }

    /// Moves the due items to their next period and drafts the invoice for it. The money follows an
    /// hour later.
    fn renew(&mut self, id: &str) {
        let Some(subscription) = self.store.get(id).cloned() else { return };
        let now = self.now();
        let anchor = number(&subscription, "billing_cycle_anchor");
        let prices = self.item_prices(&subscription);
        self.update(id, "customer.subscription.updated", |subscription| {
            if let Some(status) =
                subscription.as_object_mut().and_then(|fields| fields.remove("_status_after_trial"))
            {
                subscription["status"] = status;
            }
            for (item, price) in items_mut(subscription).zip(&prices) {
                let end = number(item, "current_period_end");
                if end <= now {
                    set_period(item, end, period_end(anchor, end, price));
                }
            }
        });
        let Some(renewed) = self.store.get(id).cloned() else { return };
        let mut lines = self.take_pending_lines(id);
        let items = renewed["items"]["data"].as_array().into_iter().flatten();
        let moved = items.filter(|item| number(item, "current_period_start") == now);
        lines.extend(moved.map(|item| self.period_line(&renewed, item, false)));
        let invoice = self.draft_invoice(id, "subscription_cycle", lines);
        match text(&renewed["pause_collection"], "behavior") {
            "void" => self.void_invoice(&invoice),
            "mark_uncollectible" => self.mark_uncollectible(&invoice),
            "keep_as_draft" => self.leave_draft(&invoice),
            _ if renewed["status"] == "unpaid" => self.leave_draft(&invoice),
            _ => {}
        }
    }

    fn leave_draft(&mut self, invoice: &str) {
        self.change(invoice, |invoice| {
            invoice["auto_advance"] = json!(false);
            invoice["automatically_finalizes_at"] = Value::Null;
        });
    }
}

fn subscription_due(subscription: &Value, due: &mut Vec<(i64, Due)>) {
    let id = || text(subscription, "id").to_owned();
    let mut at = |moment: Option<i64>, what: fn(String) -> Due| {
        if let Some(moment) = moment {
            due.push((moment, what(id())));
        }
    };
    at(subscription["cancel_at"].as_i64(), Due::End);
    at(subscription["pending_update"]["expires_at"].as_i64(), Due::DropPendingUpdate);
    at(subscription["pause_collection"]["resumes_at"].as_i64(), Due::ResumeCollection);
    let period_ends = subscription["items"]["data"].as_array().into_iter().flatten();
    match text(subscription, "status") {
        "incomplete" => at(Some(number(subscription, "created") + INCOMPLETE_FOR), Due::ExpireIncomplete),
        "trialing" => {
            if subscription["_announced"] != true {
                at(subscription["trial_end"].as_i64().map(|end| end - 3 * DAY), Due::AnnounceTrialEnd);
            }
            at(subscription["trial_end"].as_i64(), Due::EndTrial);
        }
        "active" | "past_due" | "unpaid" => {
            at(period_ends.map(|item| number(item, "current_period_end")).min(), Due::Renew);
        }
        _ => {}
    }
}

fn invoice_due(invoice: &Value, due: &mut Vec<(i64, Due)>) {
    let id = || text(invoice, "id").to_owned();
    match text(invoice, "status") {
        "draft" => {
            due.extend(
                invoice["automatically_finalizes_at"].as_i64().map(|at| (at, Due::FinalizeInvoice(id()))),
            );
        }
        "open" => {
            due.extend(invoice["next_payment_attempt"].as_i64().map(|at| (at, Due::RetryPayment(id()))));
            due.extend(invoice["_settles_at"].as_i64().map(|at| (at, Due::SettleDebit(id()))));
        }
        _ => {}
    }
}
