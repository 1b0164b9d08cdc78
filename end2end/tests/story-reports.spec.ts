// The reports: each a chart with its table, by product and month, and its file.
import { expect, expectAccessible, open, test } from '../support/fixtures.ts';

test('each report is a chart with a table behind it, and a file', async ({ page, signedIn, owner }) => {
  await signedIn('viewer');
  await open(page, '/Reports');
  await expect(page.getByRole('heading', { level: 1, name: 'Reports' })).toBeVisible();
  const charts = {
    'Monthly recurring revenue in EUR': 'Aurora Editor',
    'Revenue in EUR': 'Aurora Editor',
    'Churn in percent': 'All products',
    'Lost, by product': 'Tidal Synth',
    'Won and lost': 'At the beginning',
    'Renewals due in EUR': 'Aurora Editor',
    'Subscriptions due': 'Aurora Editor',
    'Failed payments in EUR': 'Aurora Editor',
    'Failed tries to be paid': 'Aurora Editor',
  };
  for (const [title, column] of Object.entries(charts)) {
    const chart = page.getByRole('region', { name: title, exact: true });
    await expect(chart.locator('svg').first(), title).toBeVisible();
    await chart.getByRole('button', { name: 'Table' }).click();
    const table = chart.getByRole('table', { name: title });
    await expect(table.getByRole('columnheader', { name: column, exact: true }), title).toBeVisible();
    const months = title.includes(' due') ? [4, 5] : [12];
    expect(months, title).toContain((await table.getByRole('row').count()) - 1);
  }
  // What is drawn together is added up in the table.
  const sums = page.getByRole('table', { name: 'Failed tries to be paid' }).getByRole('row').last();
  await expect(sums.getByRole('cell').last()).toHaveText('2');
  await expectAccessible(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(wide, 'nothing is wider than the screen').toBe(false);

  for (const report of ['Monthly recurring revenue', 'Revenue', 'Churn', 'Renewals due', 'Failed payments']) {
    const link = page.getByRole('link', { name: `CSV ${report}` });
    const file = await owner.get((await link.getAttribute('href'))!);
    expect(await file.text(), report).toMatch(/^month,product,.*\r\n\d{4}-\d\d,/);
  }
});
