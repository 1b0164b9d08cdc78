//! A report as CSV, for a spreadsheet.

use latchkey_shared::{
    api::reports::{ChurnMonth, DueRow, ProductSeries, ReportKind, Reports},
    csv::line,
    text::reports::ALL_PRODUCTS as ALL,
};

/// One report, a line per month, product and currency.
pub fn csv(reports: &Reports, kind: ReportKind) -> String {
    let words = |cells: &[&str]| line(cells.iter().map(|cell| (*cell).to_owned()));
    match kind {
        ReportKind::Mrr | ReportKind::Revenue => {
            let mut text = words(&["month", "product", "currency", "amount"]);
            for of_currency in &reports.currencies {
                let series = if kind == ReportKind::Mrr { &of_currency.mrr } else { &of_currency.revenue };
                text.extend(series.iter().map(|series| of_product(series, &reports.months)));
            }
            text
        }
        ReportKind::Churn => {
            let mut text = words(&["month", "product", "running", "won", "lost", "churn_percent"]);
            text.extend(reports.churn.iter().map(|month| churned(ALL, month)));
            for product in &reports.churn_by_product {
                text.extend(product.months.iter().map(|month| churned(&product.name, month)));
            }
            text
        }
        ReportKind::Renewals => due(&reports.renewals),
        ReportKind::Failed => due(&reports.failed),
    }
}

fn of_product(series: &ProductSeries, months: &[String]) -> String {
    let lines = months.iter().zip(&series.amounts).map(|(month, amount)| {
        line([month.clone(), series.name.clone(), amount.currency.code().to_owned(), amount.to_decimal()])
    });
    lines.collect()
}

fn churned(product: &str, month: &ChurnMonth) -> String {
    let rate = month.rate.map(|rate| format!("{}.{:02}", rate / 100, rate % 100)).unwrap_or_default();
    let counts = [month.running, month.won, month.lost].map(|count| count.to_string());
    line([month.month.clone(), product.to_owned()].into_iter().chain(counts).chain([rate]))
}

fn due(rows: &[DueRow]) -> String {
    let mut text = line(["month", "product", "count", "currency", "amount"].map(str::to_owned));
    text.extend(rows.iter().map(|row| {
        line([
            row.month.clone(),
            row.name.clone(),
            row.count.to_string(),
            row.amount.currency.code().to_owned(),
            row.amount.to_decimal(),
        ])
    }));
    text
}
