// What is billed by invoice: tax by country, extras, prices of one's own, renewals from the balance, time for many.
import type { APIRequestContext } from '@playwright/test';
import { addCustomer, joinedCustomer, somebody } from '../support/customers.ts';
import { expectAccessible } from '../support/axe.ts';
import { expect, open, test } from '../support/fixtures.ts';
import { card, fact, row } from '../support/screen.ts';
import { json } from '../support/vendor.ts';

interface Plans {
  plans: { plan: { id: number; name: string } }[];
}

/** Begins a subscription by invoice over HTTP; returns its number. */
async function begin(staff: APIRequestContext, customer: number, name: string): Promise<number> {
  const { plans } = await json<Plans>(await staff.get('/api/v1/offline-plans'));
  const plan = plans.find((option) => option.plan.name === name)!.plan.id;
  const form = { items: [{ plan, quantity: 1 }], currency: 'EUR', paid_by: 'cash' };
  const address = `/api/v1/customers/${customer}/subscriptions`;
  const shown = await json<{ preview: { quote: { digest: string } } }>(
    await staff.post(address, { data: { ...form, dry_run: true } }),
  );
  const digest = shown.preview.quote.digest;
  return (await json<{ subscription: number }>(await staff.post(address, { data: { ...form, digest } }))).subscription;
}

test('a rate of tax is added, and charged to whoever lives there', async ({ page, signedIn, owner }) => {
  const { id } = await addCustomer(owner, somebody('Gilles'), { country: 'FR' });
  await signedIn('owner');
  await open(page, '/Settings/billing');
  await page.getByRole('button', { name: 'Add tax rate' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add tax rate' });
  await dialog.getByLabel('Name').fill('TVA');
  await dialog.getByLabel('Percent').fill('twenty');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByLabel('Percent')).toHaveAttribute('aria-invalid', 'true');
  await dialog.getByLabel('Percent').fill('20');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('Choose a country, or make it the default.')).toBeVisible();
  await dialog.getByRole('combobox', { name: 'Country' }).selectOption('FR');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The tax rate is saved.')).toBeVisible();
  await expect(row(page, 'TVA 20 %')).toContainText('Comes on top');

  await open(page, `/Subscriptions/New/${id}`);
  await page.getByRole('radio', { name: /Solo by invoice/ }).check();
  const preview = card(page, 'What happens');
  await expect(preview.getByRole('row', { name: 'TVA 20 %' })).toContainText('€4.20');
  await expect(preview.getByRole('row', { name: 'Due today' })).toContainText('€25.20');
  await page.getByRole('button', { name: 'Begin subscription' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Aurora Editor Solo by invoice' })).toBeVisible();

  await page.getByRole('link', { name: 'Change', exact: true }).click();
  await page.getByRole('radio', { name: /Studio by invoice/ }).check();
  await expect(preview.getByRole('row', { name: 'TVA 20 %' })).toContainText('€4.20');
  await page.getByRole('button', { name: 'Record €25.20 and change now' }).click();
  await expect(page.getByText('The subscription is changed.')).toBeVisible();

  await open(page, `/Transactions?filter=${encodeURIComponent(`type = payment and customer = ${id}`)}`);
  await page.getByRole('row', { name: /Payment/ }).first().getByRole('link').first().click();
  const money = card(page, 'Money');
  await expect(fact(money, 'Amount')).toHaveText('€25.20');
  await expect(fact(money, 'Tax')).toHaveText('€4.20');
  await expect(fact(card(page, 'Paid for'), 'Aurora Editor · Studio by invoice')).toHaveText('€42.00');
});

test('a price may have its tax in it, and extras go with the plan', async ({ page, signedIn, owner }) => {
  const { id } = await addCustomer(owner, somebody('Hanna'), { country: 'DE' });
  await signedIn('owner');
  await open(page, `/Subscriptions/New/${id}`);
  await page.getByRole('radio', { name: /School by invoice/ }).check();
  await expect(page.getByRole('checkbox', { name: /Voice Pack/ })).toHaveCount(0);
  await page.getByRole('radio', { name: /Solo by invoice/ }).check();
  await page.getByRole('checkbox', { name: /Voice Pack · Voices by invoice/ }).check();
  await page.getByLabel('Quantity').last().fill('2');
  const preview = card(page, 'What happens');
  await expect(preview.getByRole('row', { name: /2 × Voice Pack/ })).toContainText('€8.40');
  await expect(preview.getByRole('row', { name: 'VAT 19 %' })).toContainText('€4.95');
  await expect(preview.getByRole('row', { name: 'Due today' })).toContainText('€31.00');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Begin subscription' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Aurora Editor Solo by invoice' })).toBeVisible();
  await page.getByRole('link', { name: 'Change', exact: true }).click();
  await expect(page.getByRole('checkbox', { name: /Voice Pack/ })).toBeChecked();
});

test('a subscription has a price of its own and renews from the balance, as its customer can see', async ({ page, signedIn, another, owner }) => {
  const customer = await another();
  const { id } = await joinedCustomer(owner, customer.context().request, somebody('Ines'));
  const subscription = await begin(owner, id, 'Solo by invoice');
  await signedIn('owner');
  await open(page, `/Subscriptions/${subscription}`);
  const arranged = card(page, 'Offline billing');
  await arranged.getByRole('button', { name: 'Set own price…' }).click();
  const dialog = page.getByRole('dialog', { name: 'A price of its own' });
  await dialog.getByLabel('Own price (EUR)').fill('15');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('Say why, for the history.')).toBeVisible();
  await dialog.getByLabel('Reason').fill('Customer of the first hour');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(fact(arranged, 'Own price, Aurora Editor · Solo by invoice')).toHaveText('€15.00');
  await arranged.getByRole('switch', { name: 'Renews from the balance by itself' }).click();
  await expect(page.getByText('It renews from the balance from now on.')).toBeVisible();
  await expect(arranged.getByRole('switch')).toBeChecked();
  await expectAccessible(page);

  await open(page, `/Customers/${id}`);
  await page.getByRole('link', { name: 'Renew', exact: true }).click();
  await expect(card(page, 'What happens').getByRole('row', { name: 'Due today' })).toContainText('€15.00');
  await open(customer, '/Portal/Billing');
  await expect(fact(customer.locator('body'), 'Renewal')).toHaveText('By itself, from your balance');

  await begin(owner, id, 'Studio by invoice');
  await open(page, `/Customers/${id}`);
  await page.getByRole('button', { name: 'Change subscription' }).click();
  await expectAccessible(page);
  await page.getByRole('menuitem', { name: 'Aurora Editor Studio by invoice' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Change subscription' })).toBeVisible();
  await expect(page.getByRole('radio', { name: /Studio by invoice/ })).toBeChecked();
});

test('many subscriptions get time at once, after it was said how many', async ({ page, signedIn, owner }) => {
  const person = somebody('Jonas');
  const { id } = await addCustomer(owner, person);
  const [kept, ended] = [await begin(owner, id, 'Solo by invoice'), await begin(owner, id, 'Studio by invoice')];
  const changes = `/api/v1/subscriptions/${ended}/changes`;
  const { quote } = await json<{ quote: { id: string; digest: string } }>(
    await owner.post(`${changes}/preview`, { data: { action: 'cancel', when: 'now' } }),
  );
  await json(await owner.post(`${changes}/commit`, { data: { quote: quote.id, digest: quote.digest } }));

  await signedIn('support');
  await open(page, `/Subscriptions?filter=${encodeURIComponent(`customer = ${id}`)}`);
  for (const plan of ['Solo', 'Studio']) {
    await page.getByRole('checkbox', { name: `Select row ${person.name}, Aurora Editor ${plan} by invoice` }).check();
  }
  await page.getByRole('button', { name: 'Extend', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Extend subscriptions' });
  await dialog.getByLabel('How many days').fill('5');
  await dialog.getByRole('button', { name: 'See how many' }).click();
  await expect(dialog.getByLabel('Reason')).toHaveAttribute('aria-invalid', 'true');
  await dialog.getByLabel('Reason').fill('Outage on Friday');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'See how many' }).click();
  await expect(dialog.getByText('1 subscription will be extended.')).toBeVisible();
  await expect(dialog.getByText('1 skipped: This subscription is over. Renew it instead.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Back' }).click();
  await expect(dialog.getByLabel('Reason')).toHaveValue('Outage on Friday');
  await dialog.getByRole('button', { name: 'See how many' }).click();
  await dialog.getByRole('button', { name: 'Extend 1 subscription' }).click();
  await expect(dialog.getByText('1 subscription was extended.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog).toHaveCount(0);
  const until = async () =>
    (await json<{ extended_until: string }>(await owner.get(`/api/v1/subscriptions/${kept}/changes`))).extended_until;
  const before = await until();

  await open(page, `/Customers?filter=${encodeURIComponent(person.email)}`);
  await page.getByRole('checkbox', { name: `Select row ${person.name}` }).check();
  await page.getByRole('button', { name: 'Extend', exact: true }).click();
  await dialog.getByLabel('How many days').fill('2');
  await dialog.getByLabel('Reason').fill('Outage on Saturday');
  await dialog.getByRole('button', { name: 'See how many' }).click();
  await dialog.getByRole('button', { name: 'Extend 1 subscription' }).click();
  await expect(dialog.getByText('1 subscription was extended.')).toBeVisible();
  expect(Math.round((Date.parse(await until()) - Date.parse(before)) / 86_400_000)).toBe(2);
});

test('what a full refund does is set, and suggested when all is given back', async ({ page, signedIn, owner }) => {
  const filter = encodeURIComponent('type = payment and method = stripe and gross > 10');
  const { items } = await json<{ items: { id: number }[] }>(await owner.get(`/api/v1/transactions?filter=${filter}`));
  await signedIn('owner');
  await open(page, '/Settings/billing');
  const rule = card(page, 'Refunds and disputes');
  await rule.getByRole('radio', { name: /^Block its keys/ }).check();
  await rule.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('What refunds do was saved.')).toBeVisible();

  await open(page, `/Transactions/${items.at(-1)!.id}`);
  await page.getByRole('button', { name: 'Refund', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: /^Give back / });
  await expect(dialog.getByRole('radio', { name: /^Block its keys/ })).toBeChecked();
  await dialog.getByLabel('Amount to give back').fill('1');
  await expect(dialog.getByRole('radio', { name: /^Keep the subscription/ })).toBeChecked();
  await dialog.getByRole('radio', { name: /^End the subscription/ }).check();
  await dialog.getByLabel('Amount to give back').fill('2');
  await expect(dialog.getByRole('radio', { name: /^End the subscription/ })).toBeChecked();
  await json(await owner.put('/api/v1/settings/refunds', { data: { full_refund: 'keep' } }));
});

test('what was paid in cash is given back by hand, and the subscription ends with it', async ({ page, signedIn, owner }) => {
  const { id } = await addCustomer(owner, somebody('Jorge'), { country: 'ES' });
  const subscription = await begin(owner, id, 'Solo by invoice');
  await signedIn('owner');
  await open(page, `/Transactions?filter=${encodeURIComponent(`type = payment and customer = ${id}`)}`);
  await page.getByRole('row', { name: /Payment/ }).first().getByRole('link').first().click();
  await page.getByRole('button', { name: 'Refund', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: /^Give back / });
  await expect(dialog.getByText('Pay this back yourself')).toBeVisible();
  await dialog.getByLabel('Reference of your transfer').fill('Till 4, slip 12');
  await dialog.getByRole('radio', { name: /^End the subscription/ }).check();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: /^Refund €/ }).click();
  await expect(page.getByText('The refund is written down.')).toBeVisible();
  const related = card(page, 'Belongs together').getByRole('row', { name: /Refund/ });
  await expect(related).toContainText('Till 4, slip 12');
  await expect(related).not.toContainText('Pending');
  await expect(page.getByRole('button', { name: 'Refund', exact: true })).toHaveCount(0);
  await open(page, `/Subscriptions/${subscription}`);
  await expect(page.getByText('Cancelled', { exact: true }).first()).toBeVisible();
});
