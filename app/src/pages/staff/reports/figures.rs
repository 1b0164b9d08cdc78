//! From what the server says to what a chart draws and its table lists.

use std::collections::BTreeMap;

use latchkey_shared::{
    api::reports::{ChurnMonth, DueRow, ProductChurn, ProductSeries},
    ids::ProductId,
    money::Currency,
    text::reports as text,
};

use crate::components::{ChartData, Series};

/// How many series a chart draws: each with a colour of its own.
const DRAWN: usize = 4;

/// A chart, and the table behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    pub drawn: ChartData,
    pub table: ChartData,
}

/// Whether the parts of a month may be added up: a subscription of two products is not two subscriptions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parts {
    AddUp,
    Overlap,
}

/// A series for each product, in one order on the whole page, so that each keeps its colour. Of many, the chart shows
/// the greatest and the rest together; the table shows each.
pub fn by_product(labels: &[String], products: Vec<Series>, parts: Parts) -> Figures {
    let total = |of: &[Series], name: &str| Series {
        name: name.to_owned(),
        values: (0..labels.len())
            .map(|month| of.iter().filter_map(|series| series.values.get(month)).sum())
            .collect(),
    };
    let mut drawn = products.clone();
    if products.len() > DRAWN {
        let weight = |series: &Series| series.values.iter().map(|value| value.abs()).sum::<f64>();
        let (greatest, rest) = parted(products.iter(), DRAWN - 1, weight);
        drawn = greatest.into_iter().cloned().collect();
        let rest: Vec<Series> = rest.into_iter().cloned().collect();
        drawn.push(total(&rest, text::OTHER_PRODUCTS));
    }
    let mut listed = products;
    if listed.len() > 1 && parts == Parts::AddUp {
        listed.push(total(&listed, text::ALL_PRODUCTS));
    }
    let chart = |series| ChartData { labels: labels.to_vec(), series };
    Figures { drawn: chart(drawn), table: chart(listed) }
}

/// Some with the greatest weight, and the others, each in the order that they came in.
fn parted<'a, T>(
    all: impl Iterator<Item = &'a T>,
    count: usize,
    weight: impl Fn(&T) -> f64,
) -> (Vec<&'a T>, Vec<&'a T>) {
    let all: Vec<&T> = all.collect();
    let mut places: Vec<usize> = (0..all.len()).collect();
    places.sort_by(|one, other| weight(all[*other]).total_cmp(&weight(all[*one])));
    places.truncate(count);
    let (greatest, rest): (Vec<_>, Vec<_>) =
        all.into_iter().enumerate().partition(|(place, _)| places.contains(place));
    let bare = |of: Vec<(usize, &'a T)>| of.into_iter().map(|(_, one)| one).collect();
    (bare(greatest), bare(rest))
}

/// Products by their numbers; what belongs to none comes last.
fn rank(product: Option<ProductId>) -> (bool, Option<ProductId>) {
    (product.is_none(), product)
}

/// A row's number for each month, by product.
pub fn pivot(rows: &[&DueRow], months: &[String], number: impl Fn(&DueRow) -> i64) -> Vec<Series> {
    let mut products: BTreeMap<_, Series> = BTreeMap::new();
    for row in rows {
        let Some(month) = months.iter().position(|month| *month == row.month) else { continue };
        let series = products
            .entry(rank(row.product))
            .or_insert_with(|| Series { name: row.name.clone(), values: vec![0.0; months.len()] });
        series.values[month] += float(number(row));
    }
    products.into_values().collect()
}

/// Amounts as they are.
pub fn amounts(products: &[ProductSeries]) -> Vec<Series> {
    let series = |of: &ProductSeries| Series {
        name: of.name.clone(),
        values: of.amounts.iter().map(|amount| float(amount.minor)).collect(),
    };
    ranked(products, |of| of.product).into_iter().map(series).collect()
}

/// Contracts that were lost.
pub fn lost(products: &[ProductChurn]) -> Vec<Series> {
    let series = |of: &ProductChurn| Series {
        name: of.name.clone(),
        values: of.months.iter().map(|month| float(month.lost)).collect(),
    };
    ranked(products, |of| of.product).into_iter().map(series).collect()
}

fn ranked<T>(all: &[T], product: impl Fn(&T) -> Option<ProductId>) -> Vec<&T> {
    let mut all: Vec<&T> = all.iter().collect();
    all.sort_by_key(|one| rank(product(one)));
    all
}

/// Percent of all, and of each product; drawn of those that lost most.
pub fn churn_rates(labels: &[String], all: &[ChurnMonth], products: &[ProductChurn]) -> Figures {
    let rates = |name: &str, months: &[ChurnMonth]| Series {
        name: name.to_owned(),
        values: months.iter().map(|month| float(month.rate.unwrap_or_default()) / 100.0).collect(),
    };
    let all = rates(text::ALL_PRODUCTS, all);
    // Of one product it would be the same line twice.
    let products = if products.len() > 1 { ranked(products, |of| of.product) } else { Vec::new() };
    let lost = |of: &&ProductChurn| of.months.iter().map(|month| float(month.lost)).sum();
    let (drawn, _) = parted(products.iter(), DRAWN - 1, lost);
    let chart = |of: Vec<&ProductChurn>| ChartData {
        labels: labels.to_vec(),
        series: of.iter().map(|of| rates(&of.name, &of.months)).chain([all.clone()]).collect(),
    };
    Figures { drawn: chart(drawn.into_iter().copied().collect()), table: chart(products) }
}

/// The currencies of rows.
pub fn currencies(rows: &[DueRow]) -> Vec<Currency> {
    let mut currencies: Vec<Currency> = rows.iter().map(|row| row.amount.currency).collect();
    currencies.sort_unstable();
    currencies.dedup();
    currencies
}

#[expect(clippy::cast_precision_loss, reason = "no figure comes near the limits of a float")]
pub fn float(number: i64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use latchkey_shared::money::Money;

    use super::*;

    fn labels(count: usize) -> Vec<String> {
        (1..=count).map(|month| format!("2026-{month:02}")).collect()
    }

    fn series(name: &str, values: &[f64]) -> Series {
        Series { name: name.to_owned(), values: values.to_vec() }
    }

    #[test]
    fn the_greatest_are_drawn_and_the_table_has_each_with_the_sum() {
        let of = |number: f64| series(&number.to_string(), &[number, -number]);
        let figures = by_product(&labels(2), [1.0, 5.0, 3.0, 2.0, 4.0].map(of).to_vec(), Parts::AddUp);
        assert_eq!(figures.drawn.series, [of(5.0), of(3.0), of(4.0), series("Other products", &[3.0, -3.0])]);
        assert_eq!(figures.table.series.len(), 6);
        assert_eq!(figures.table.series[0], of(1.0));
        assert_eq!(figures.table.series[5], series("All products", &[15.0, -15.0]));
        let two = by_product(&labels(2), [1.0, 5.0].map(of).to_vec(), Parts::Overlap);
        assert_eq!(two.drawn, two.table, "nothing is left out, and nothing is added up");
    }

    #[test]
    fn rows_stand_under_their_month_and_product() {
        let row = |month: &str, product: i64, count| DueRow {
            month: month.to_owned(),
            product: Some(ProductId(product)),
            name: format!("P{product}"),
            count,
            amount: Money::new(count * 100, Currency::EUR),
        };
        let other = DueRow { product: None, name: "Other".to_owned(), ..row("2026-01", 0, 7) };
        let rows =
            [other, row("2026-02", 2, 4), row("2026-01", 1, 3), row("2026-03", 1, 9), row("2026-02", 2, 1)];
        let rows: Vec<&DueRow> = rows.iter().collect();
        let counts = pivot(&rows, &labels(2), |row| row.count);
        assert_eq!(
            counts,
            [series("P1", &[3.0, 0.0]), series("P2", &[0.0, 5.0]), series("Other", &[7.0, 0.0])]
        );
    }

    #[test]
    fn rates_are_of_all_and_of_those_that_lost_most() {
        let month = |lost, rate| ChurnMonth { month: String::new(), running: 9, won: 0, lost, rate };
        let of = |number: i64| ProductChurn {
            product: Some(ProductId(number)),
            name: number.to_string(),
            months: vec![month(number, Some(number * 100))],
        };
        let figures = churn_rates(&labels(1), &[month(7, None)], &[of(1), of(2), of(3), of(4)]);
        let names = |of: &ChartData| of.series.iter().map(|series| series.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&figures.drawn), ["2", "3", "4", "All products"]);
        assert_eq!(names(&figures.table), ["1", "2", "3", "4", "All products"]);
        assert_eq!(figures.table.series[3], series("4", &[4.0]));
        assert_eq!(churn_rates(&labels(1), &[month(7, None)], &[of(1)]).table.series.len(), 1);
    }
}
