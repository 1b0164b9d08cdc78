// Staff give a part of a payment back, and see it wherever money is shown.
import { expect, open, test } from '../support/fixtures.ts';
import { card, fact } from '../support/screen.ts';
import { json } from '../support/vendor.ts';

interface Payments {
  items: { id: number; customer: number; customer_name: string; gross: { minor: number; currency: string } }[];
}

test('a payment is given back in part, and the list and the customer say so', async ({ page, signedIn, owner }) => {
  const filter = encodeURIComponent('type = payment and method = stripe and gross > 10');
  const { items } = await json<Payments>(await owner.get(`/api/v1/transactions?filter=${filter}`));
  const payment = items[0]!;
  const amount = (minor: number) =>
    new Intl.NumberFormat('en-GB', { style: 'currency', currency: payment.gross.currency }).format(minor / 100);

  await signedIn('owner');
  await open(page, `/Transactions/${payment.id}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Payment' })).toBeVisible();
  const money = card(page, 'Money');
  await expect(fact(money, 'Left to refund')).toHaveText(amount(payment.gross.minor));

  await page.getByRole('button', { name: 'Refund', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: /^Give back / });
  await dialog.getByLabel('Amount to give back').fill('1000000');
  await dialog.getByRole('button', { name: /^Refund/ }).click();
  await expect(dialog.getByText(/^At most .* is left to refund\.$/)).toBeVisible();
  await dialog.getByLabel('Amount to give back').fill('2.50');
  await dialog.getByLabel('Why').selectOption({ label: 'Something else' });
  await expect(dialog.getByRole('radio', { name: /^Keep the subscription/ })).toBeChecked();
  await dialog.getByLabel('Note for your colleagues').fill('The first week did not work');
  await dialog.getByRole('button', { name: `Refund ${amount(250)}` }).click();
  await expect(page.getByText('The refund is on its way.')).toBeVisible();
  await expect(fact(money, 'Left to refund')).toHaveText(amount(payment.gross.minor - 250));

  const related = card(page, 'Belongs together').getByRole('row', { name: /Refund/ });
  await expect(related).toContainText(amount(-250));
  await expect(related).not.toContainText('Pending');
  await related.getByRole('link').first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Refund' })).toBeVisible();
  await expect(fact(card(page, 'Details'), 'Note')).toHaveText('The first week did not work');

  await open(page, `/Transactions?filter=${encodeURIComponent('type = refund and customer = ' + payment.customer)}`);
  const row = page.getByRole('row', { name: /Refund/ }).first();
  await expect(row).toContainText(payment.customer_name);
  await expect(row).toContainText(amount(-250));

  await open(page, `/Customers/${payment.customer}`);
  await page.getByRole('link', { name: 'Transactions', exact: true }).last().click();
  const history = card(page, 'Transactions');
  await expect(history.getByRole('row', { name: /Refund/ }).first()).toContainText(amount(-250));
  await expect(history.getByText(`Given back ${amount(250)}`).first()).toBeVisible();
});
