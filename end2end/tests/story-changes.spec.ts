// Staff sell by invoice: begin a subscription, change it with a preview, plan a downgrade and take it back.
import { addCustomer, joinedCustomer, partsOf, somebody } from '../support/customers.ts';
import { expect, expectAccessible, open, test } from '../support/fixtures.ts';
import { card, fact } from '../support/screen.ts';

test('a subscription by invoice is begun, upgraded for the amount that was shown, and a downgrade taken back', async ({ page: staff, signedIn, another, owner }) => {
  const customer = await another();
  const { id } = await joinedCustomer(owner, customer.context().request, somebody('Dora'));
  await signedIn('owner');
  await open(staff, `/Customers/${id}/subscriptions`);
  await staff.getByRole('link', { name: 'Add subscription' }).click();
  await staff.getByRole('radio', { name: /Solo by invoice/ }).check();
  const preview = card(staff, 'What happens');
  await expect(preview.getByRole('row', { name: 'Due today' })).toContainText('€21.00');
  await staff.getByLabel('Reference').fill('RE-2026-11');
  await staff.getByRole('button', { name: 'Begin subscription' }).click();
  await expect(staff.getByRole('heading', { level: 1, name: 'Aurora Editor Solo by invoice' })).toBeVisible();
  await expect(fact(staff, 'Stripe id')).toHaveText('Not billed by Stripe');

  await staff.getByRole('link', { name: 'Change', exact: true }).click();
  await expect(preview).toContainText('Choose something else');
  await expect(staff.getByRole('radio', { name: /Solo by invoice/ })).toBeChecked();
  await staff.getByRole('radio', { name: /Studio by invoice/ }).check();
  await expect(preview.getByRole('row', { name: /Unused time/ })).toContainText('-€21.00');
  await expect(preview.getByRole('row', { name: 'Due today' })).toContainText('€21.00');
  await staff.getByRole('button', { name: 'Record €21.00 and change now' }).click();
  await expect(staff.getByText('The subscription is changed.')).toBeVisible();
  await expect(staff.getByRole('heading', { level: 1, name: 'Aurora Editor Studio by invoice' })).toBeVisible();

  await staff.getByRole('link', { name: 'Change', exact: true }).click();
  await staff.getByRole('radio', { name: /Solo by invoice/ }).check();
  // What gets cheaper is suggested for the end of what is paid for.
  await expect(staff.getByRole('radio', { name: /When the paid time ends/ })).toBeChecked();
  await expect(preview).toContainText('Nothing is charged today.');
  await expect(preview).toContainText('The licence key no longer allows: Noise repair.');
  await staff.getByRole('button', { name: /^Change on \d/ }).click();
  await expect(staff.getByText('Changes to Aurora Editor · Solo by invoice')).toBeVisible();
  await staff.getByRole('button', { name: 'Take back' }).click();
  await expect(staff.getByText('What was planned is taken back.')).toBeVisible();
  await expect(staff.getByText('Changes to Aurora Editor · Solo by invoice')).toHaveCount(0);
});

test('one begins with a trial, another with the first sign-in', async ({ page: staff, signedIn, another, owner }) => {
  const person = somebody('Gesa');
  const { id, association } = await addCustomer(owner, person);
  await signedIn('owner');
  await open(staff, `/Subscriptions/New/${id}`);
  await staff.getByRole('radio', { name: /Solo by invoice/ }).check();
  await staff.getByRole('checkbox', { name: 'Begin with 14 days of trial' }).check();
  const preview = card(staff, 'What happens');
  await expect(preview).toContainText('From then on €21.00');
  await expect(preview.getByRole('row', { name: 'Due today' })).toHaveCount(0);
  await staff.getByRole('button', { name: 'Begin subscription' }).click();
  await expect(staff.getByRole('heading', { level: 1, name: 'Aurora Editor Solo by invoice' })).toBeVisible();
  await expect(staff.getByText('Trial', { exact: true })).toBeVisible();

  await open(staff, `/Subscriptions/New/${id}`);
  await staff.getByRole('radio', { name: /Studio by invoice/ }).check();
  await staff.getByRole('checkbox', { name: 'Begin with 14 days of trial' }).check();
  await expect(preview).toContainText('This customer has had a trial of this product already.');
  await staff.getByRole('radio', { name: /With the first sign-in/ }).check();
  await expect(staff.getByRole('checkbox', { name: /days of trial/ })).toHaveCount(0);
  await expect(preview.getByRole('row', { name: 'Due today' })).toContainText('€42.00');
  await expectAccessible(staff);
  await staff.getByRole('button', { name: 'Begin subscription' }).click();
  await expect(staff.getByText("It begins with the customer's first sign-in")).toBeVisible();
  await expect(staff.getByText('Not started', { exact: true })).toBeVisible();

  const buyer = await another();
  const form = { link: partsOf(association.url!), name: person.name, email: '', password: person.password, accept: null };
  expect((await buyer.context().request.post('/api/v1/portal/invitation/use', { data: form })).ok()).toBe(true);
  await open(buyer, '/Portal');
  await staff.reload();
  await expect(staff.getByText('Active', { exact: true })).toBeVisible();
  await expect(staff.getByText("It begins with the customer's first sign-in")).toHaveCount(0);
});

test('time is given with a reason, and the end is planned and taken back', async ({ page: staff, signedIn, another, owner }) => {
  const customer = await another();
  const { id } = await joinedCustomer(owner, customer.context().request, somebody('Emil'));
  await signedIn('owner');
  await open(staff, `/Subscriptions/New/${id}`);
  await staff.getByRole('radio', { name: /School by invoice/ }).check();
  await staff.getByRole('button', { name: 'Begin subscription' }).click();
  await expect(staff.getByRole('heading', { level: 1, name: 'Aurora Editor School by invoice' })).toBeVisible();

  await staff.getByRole('button', { name: 'More' }).click();
  await staff.getByRole('menuitem', { name: 'Extend…' }).click();
  const dialog = staff.getByRole('dialog');
  await dialog.getByLabel('Days').fill('3');
  await dialog.getByRole('button', { name: 'Extend', exact: true }).click();
  await expect(dialog.getByText('Say why, for the history.')).toBeVisible();
  await dialog.getByLabel('Reason').fill('Outage on Monday');
  await dialog.getByRole('button', { name: 'Extend', exact: true }).click();
  await expect(staff.getByText('The subscription is extended.')).toBeVisible();

  await staff.getByRole('button', { name: 'More' }).click();
  await staff.getByRole('menuitem', { name: 'Cancel subscription…' }).click();
  await expect(dialog.getByRole('button', { name: 'Cancel', exact: true }), 'either could be meant').toHaveCount(0);
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  await expect(dialog).toHaveCount(0);
  await staff.getByRole('button', { name: 'More' }).click();
  await staff.getByRole('menuitem', { name: 'Cancel subscription…' }).click();
  await dialog.getByLabel('Reason').fill('They asked for it');
  await dialog.getByRole('button', { name: 'Cancel subscription' }).click();
  await expect(staff.getByText('The subscription is cancelled.')).toBeVisible();
  await expect(staff.getByText('Cancelled at the end of what is paid for')).toBeVisible();
  await staff.getByRole('button', { name: 'Take back' }).click();
  await expect(staff.getByText('Cancelled at the end of what is paid for')).toHaveCount(0);
});

test('a customer changes their own plan after seeing what it comes to, and keeps it after all', async ({ page, another, owner, signedIn }) => {
  const customer = await another();
  const { id } = await joinedCustomer(owner, customer.context().request, somebody('Frieda'));
  await signedIn('owner');
  await open(page, `/Subscriptions/New/${id}`);
  await page.getByRole('radio', { name: /Studio by invoice/ }).check();
  await page.getByRole('button', { name: 'Begin subscription' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Aurora Editor Studio by invoice' })).toBeVisible();

  await open(customer, '/Portal/Billing');
  await customer.getByRole('link', { name: 'Change plan' }).click();
  await customer.getByRole('radio', { name: /Solo by invoice/ }).check();
  const comesTo = card(customer, 'What it comes to');
  await expect(comesTo).toContainText('You pay nothing today.');
  await expect(comesTo).toContainText('The licence key no longer allows: Noise repair.');
  await comesTo.getByRole('button', { name: /^Change on \d/ }).click();
  await expect(customer.getByText(/^Changes to Aurora Editor · Solo by invoice on /)).toBeVisible();
  await customer.getByRole('button', { name: 'Keep my plan' }).click();
  await expect(customer.getByText('You keep your plan.')).toBeVisible();
  await expect(customer.getByText(/^Changes to Aurora Editor/)).toHaveCount(0);
});
