// What is easily overlooked: at the width of a phone, in the dark, in a long form.
import { expect, open, test } from '../support/fixtures.ts';

const phone = { width: 390, height: 844 };

test('on a phone an entry says when it was', async ({ page, signedIn }) => {
  await page.setViewportSize(phone);
  await signedIn('owner');
  await open(page, '/Transactions');
  await expect(page.getByRole('row').filter({ hasText: 'Payment' }).first().locator('time')).toBeVisible();
});

test('a long form in a dialog keeps its buttons in sight, and what is always chosen is not called optional', async ({ page, signedIn, demo, owner }) => {
  await page.setViewportSize(phone);
  await signedIn('owner');
  await open(page, `/Products/${demo.products[0]!.id}`);
  await page.getByRole('button', { name: 'Add offline plan' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add offline plan' });
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeInViewport({ ratio: 1 });
  const last = dialog.getByRole('checkbox', { name: 'Can be chosen' });
  await last.focus();
  const [focused, save] = [await last.boundingBox(), await dialog.getByRole('button', { name: 'Save' }).boundingBox()];
  expect(focused!.y + focused!.height, 'what has the focus is not under the buttons').toBeLessThan(save!.y);

  const { items } = await (await owner.get('/api/v1/transactions?filter=type%20%3D%20payment&limit=1')).json();
  await open(page, `/Transactions/${items[0].id}`);
  await page.getByRole('button', { name: /^Refund/ }).click();
  const reason = page.getByRole('dialog').getByRole('combobox', { name: 'Why', exact: true });
  await expect(reason).toHaveAttribute('required');
});

test('the buttons of a subscription stand beside each other', async ({ page, signedIn }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await signedIn(0);
  await open(page, '/Portal/Billing');
  const contract = page.getByRole('article').first();
  const change = await contract.getByRole('link', { name: 'Change plan' }).boundingBox();
  const cancel = await contract.getByRole('button', { name: 'Cancel subscription' }).boundingBox();
  expect(cancel!.y).toBeCloseTo(change!.y, 0);
});

test('the vendor’s logo stands on the page itself, also in the dark', async ({ page, signedIn }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await signedIn(0);
  await open(page, '/Portal');
  const logo = page.locator('.portal-bar .brand-logo');
  await expect(logo).toHaveCSS('background-color', 'rgba(0, 0, 0, 0)');
  await expect(logo).toHaveCSS('box-shadow', 'none');
});
