//! How far a Stripe subscription is paid for.
//!
//! `current_period_end` will not do: at a renewal it moves about an hour before the payment is even tried.

use latchkey_shared::time::Timestamp;

/// An invoice of the subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    /// Only paid ones count; one of amount 0, as for a trial, is paid too.
    pub paid: bool,
    pub created: Timestamp,
    pub lines: Vec<InvoiceLine>,
}

/// A line of an invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceLine {
    /// `si_…`; `None` for lines that are not of a subscription.
    pub item: Option<String>,
    /// Minor units; negative for a credit, which is for unused time.
    pub amount: i64,
    pub period_start: Timestamp,
    pub period_end: Timestamp,
}

/// The end of the last period of the base item that is paid for; `None` if nothing is.
///
/// Paid invoices are followed from the oldest to the newest. A line moves the end forward. A credit for unused
/// time takes it back to where that time begins, as when a yearly plan becomes a monthly one; the line for the
/// new plan, on the same invoice, moves it forward again.
///
/// If an item was replaced instead of changed, the lines of its predecessor are under an id that the
/// subscription no longer has; they count as the base item's, those of `extra_items` never do.
pub fn paid_through(invoices: &[Invoice], base_item: &str, extra_items: &[&str]) -> Option<Timestamp> {
    let of_base = |line: &&InvoiceLine| line.item.as_deref() == Some(base_item);
    let of_predecessor = |line: &&InvoiceLine| {
        line.item.as_deref().is_some_and(|item| item != base_item && !extra_items.contains(&item))
    };
    let mut paid: Vec<_> = invoices.iter().filter(|invoice| invoice.paid).collect();
    paid.sort_by_key(|invoice| invoice.created);

    let has_base = paid.iter().any(|invoice| invoice.lines.iter().any(|line| of_base(&line)));
    let mut through = None;
    for invoice in paid {
        let lines: Vec<_> = if has_base {
            invoice.lines.iter().filter(|line| of_base(line) || of_predecessor(line)).collect()
        } else {
            invoice.lines.iter().filter(of_predecessor).collect()
        };
        for credit in lines.iter().filter(|line| is_credit(line)) {
            through =
                through.map(|end| if credit.period_end >= end { credit.period_start.min(end) } else { end });
        }
        for line in lines.iter().filter(|line| !is_credit(line)) {
            through = through.max(Some(line.period_end));
        }
    }
    through
}

fn is_credit(line: &InvoiceLine) -> bool {
    line.amount < 0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BASE: &str = "si_base";
    const EXTRA: &str = "si_extra";

    fn day(number: i64) -> Timestamp {
        Timestamp::from_millis(0).plus_days(number)
    }

    fn line(item: &str, amount: i64, start: i64, end: i64) -> InvoiceLine {
        InvoiceLine { item: Some(item.to_owned()), amount, period_start: day(start), period_end: day(end) }
    }

    fn invoice(created: i64, paid: bool, lines: Vec<InvoiceLine>) -> Invoice {
        Invoice { paid, created: day(created), lines }
    }

    fn through(invoices: &[Invoice]) -> Option<Timestamp> {
        paid_through(invoices, BASE, &[EXTRA])
    }

    #[test]
    fn nothing_paid_nothing_through() {
        assert_eq!(through(&[]), None);
        assert_eq!(through(&[invoice(0, false, vec![line(BASE, 900, 0, 30)])]), None);
    }

    #[test]
    fn the_last_paid_period_counts_and_the_open_renewal_does_not() {
        let first = invoice(0, true, vec![line(BASE, 900, 0, 30)]);
        let second = invoice(30, true, vec![line(BASE, 900, 30, 60)]);
        let open = invoice(60, false, vec![line(BASE, 900, 60, 90)]);
        assert_eq!(through(&[open, second, first]), Some(day(60)), "in whatever order they come");
    }

    #[test]
    fn a_trials_invoice_of_nothing_counts() {
        assert_eq!(through(&[invoice(0, true, vec![line(BASE, 0, 0, 14)])]), Some(day(14)));
    }

    #[test]
    fn extras_and_other_lines_do_not_count() {
        let manual = InvoiceLine { item: None, ..line(BASE, 500, 0, 400) };
        let lines = vec![line(BASE, 900, 0, 30), line(EXTRA, 100, 0, 365), manual];
        assert_eq!(through(&[invoice(0, true, lines)]), Some(day(30)));
        assert_eq!(through(&[invoice(0, true, vec![line(EXTRA, 100, 0, 365)])]), None);
    }

    #[test]
    fn an_upgrade_inside_the_period_leaves_its_end() {
        let bought = invoice(0, true, vec![line(BASE, 900, 0, 30)]);
        let upgraded = invoice(10, true, vec![line(BASE, -600, 10, 30), line(BASE, 1_200, 10, 30)]);
        assert_eq!(through(&[bought, upgraded]), Some(day(30)));
    }

    #[test]
    fn from_year_to_month_the_credited_rest_of_the_year_is_no_longer_paid() {
        let year = invoice(0, true, vec![line(BASE, 9_900, 0, 365)]);
        let month = |paid| invoice(100, paid, vec![line(BASE, -7_200, 100, 365), line(BASE, 900, 100, 130)]);
        assert_eq!(through(&[year.clone(), month(true)]), Some(day(130)));
        assert_eq!(through(&[year, month(false)]), Some(day(365)), "until the change is paid, the year is");
    }

    #[test]
    fn from_month_to_year() {
        let month = invoice(0, true, vec![line(BASE, 900, 0, 30)]);
        let year = invoice(10, true, vec![line(BASE, -600, 10, 30), line(BASE, 9_900, 10, 375)]);
        assert_eq!(through(&[month, year]), Some(day(375)));
    }

    #[test]
    fn an_item_that_was_replaced_still_counts() {
        let bought = invoice(0, true, vec![line("si_old", 900, 0, 30)]);
        assert_eq!(through(std::slice::from_ref(&bought)), Some(day(30)));
        let replaced = invoice(10, true, vec![line("si_old", -600, 10, 30), line(BASE, 500, 10, 30)]);
        assert_eq!(through(&[bought, replaced]), Some(day(30)));
    }

    proptest! {
        #[test]
        fn without_credits_it_is_the_latest_paid_end(
            parts in prop::collection::vec((any::<bool>(), 0_i64..1_000, 1_i64..400), 0..12),
        ) {
            let invoices: Vec<_> = parts
                .iter()
                .map(|&(paid, start, length)| invoice(start, paid, vec![line(BASE, 1, start, start + length)]))
                .collect();
            let latest = parts.iter().filter(|part| part.0).map(|part| day(part.1 + part.2)).max();
            prop_assert_eq!(through(&invoices), latest);
        }

        #[test]
        fn the_order_of_listing_does_not_matter(
            parts in prop::collection::vec((-500_i64..500, 0_i64..300, 1_i64..400), 0..8),
        ) {
            let mut invoices: Vec<_> = (0..)
                .zip(&parts)
                .map(|(created, &(amount, start, length))| {
                    invoice(created, true, vec![line(BASE, amount, start, start + length)])
                })
                .collect();
            let forward = through(&invoices);
            invoices.reverse();
            prop_assert_eq!(through(&invoices), forward);
        }
    }
}
