// A customer adds and drops extras by themselves: the price before, the amount on the button, the way back.
import type { APIRequestContext } from '@playwright/test';
import { joinedCustomer, somebody } from '../support/customers.ts';
import { expect, expectAccessible, open, test, type Page } from '../support/fixtures.ts';
import { cards, choosePlan, pay } from '../support/payment.ts';
import { card } from '../support/screen.ts';
import { json } from '../support/vendor.ts';

interface Options {
  items: { plan: number; is_base: boolean }[];
  plans: { plan: { id: number; name: string }; is_base: boolean }[];
}

const comesTo = (page: Page) => card(page, 'What it comes to');
const extra = (page: Page, name: string) => page.getByRole('checkbox', { name: new RegExp(`^Voice Pack ${name}`) });

/** Begins a subscription that is paid by invoice, and returns its id. */
async function begun(owner: APIRequestContext, customer: number, plan: string): Promise<number> {
  const { plans } = await json<{ plans: { plan: { id: number; name: string } }[] }>(await owner.get('/api/v1/offline-plans'));
  const wanted = plans.find((one) => one.plan.name === plan)!.plan.id;
  const form = { items: [{ plan: wanted, quantity: 1 }], currency: 'EUR' };
  const address = `/api/v1/customers/${customer}/subscriptions`;
  const shown = await json<{ preview: { quote: { digest: string } } }>(await owner.post(address, { data: { ...form, dry_run: true } }));
  const added = await json<{ subscription: number }>(
    await owner.post(address, { data: { ...form, digest: shown.preview.quote.digest } }),
  );
  return added.subscription;
}

test('an extra is bought beside a plan, goes along to another, and is dropped when the paid time ends', async ({ page, context, owner }) => {
  await joinedCustomer(owner, context.request, somebody('Greta'));
  await open(page, '/Portal/Plans');
  await choosePlan(page, 'Aurora Editor Solo');
  await pay(page, cards.pays);
  await expect(page.getByRole('heading', { level: 1, name: 'Your licence key is ready' })).toBeVisible();

  await test.step('added for what was shown', async () => {
    await open(page, '/Portal/Billing');
    await page.getByRole('link', { name: 'Change plan' }).click();
    await expect(comesTo(page)).toContainText('Choose another plan, or add or drop an extra');
    await expect(comesTo(page).getByRole('button', { name: 'Choose first' })).toBeDisabled();
    const voices = extra(page, 'Monthly');
    await expect(voices).not.toBeChecked();
    await expect(extra(page, 'Yearly'), 'in the rhythm of the plan only').toHaveCount(0);
    await voices.check();
    await expect(voices, 'the focus stays').toBeFocused();
    await expect(page.getByText('€5.00 a month · will be added')).toBeVisible();
    await expect(comesTo(page).getByRole('row', { name: /New charge/ })).toContainText('€5.00');
    await expect(comesTo(page).getByRole('row', { name: 'You pay today' })).toContainText('€5.00');
    await expect(comesTo(page)).toContainText(/From \d{1,2} \w+ \d{4} you pay €24\.00 a month\./);
    await expectAccessible(page);
    await comesTo(page).getByRole('button', { name: 'Pay €5.00 and change now' }).click();
    await expect(page.getByText('Your plan is changed.')).toBeVisible();
    await expect(page.getByRole('heading', { name: /Aurora Editor Solo \+ Voice Pack/ })).toBeVisible();
  });

  await test.step('it goes along to a yearly plan, at its yearly price', async () => {
    await page.getByRole('link', { name: 'Change plan' }).click();
    await expect(extra(page, 'Monthly')).toBeChecked();
    await page.getByRole('radio', { name: /Studio, yearly/ }).check();
    await expect(extra(page, 'Yearly')).toBeChecked();
    await expect(extra(page, 'Monthly')).toHaveCount(0);
    await expect(comesTo(page)).toContainText(/From \d{1,2} \w+ \d{4} you pay €440\.00 a year\./);
    await page.getByRole('radio', { name: /Solo/ }).check();
    await expect(comesTo(page)).toContainText('Choose another plan, or add or drop an extra');
  });

  await test.step('dropped when the paid time ends, and kept after all', async () => {
    await extra(page, 'Monthly').uncheck();
    await expect(page.getByText('€5.00 a month · will be dropped')).toBeVisible();
    await expect(comesTo(page)).toContainText('You pay nothing today.');
    await expect(comesTo(page)).toContainText('Voice Pack · Monthly is no longer part of it.');
    await comesTo(page).getByRole('button', { name: /^Change on \d/ }).click();
    await expect(page.getByText('Your plan will change.')).toBeVisible();
    const planned = page.getByText(/^Changes to Aurora Editor · Solo on /);
    await expect(planned).toBeVisible();
    await page.getByRole('link', { name: 'Change plan' }).click();
    await expect(planned).toBeVisible();
    await extra(page, 'Monthly').uncheck();
    await expect(comesTo(page)).toContainText('This takes the place of what is planned');
    await page.getByRole('button', { name: 'Keep my plan' }).click();
    await expect(page.getByText('You keep your plan.')).toBeVisible();
    await expect(planned).toHaveCount(0);
    await expect(comesTo(page)).not.toContainText('This takes the place of what is planned');
  });
});

test('what costs something else meanwhile is shown anew before it is confirmed', async ({ page, context, owner }) => {
  const { id } = await joinedCustomer(owner, context.request, somebody('Hanno'));
  const subscription = await begun(owner, id, 'Studio by invoice');
  await open(page, `/Portal/Subscriptions/${subscription}/Change`);
  await extra(page, 'Voices by invoice').check();
  // Nobody can take money for an invoice here, so it waits for the next one.
  await expect(comesTo(page)).toContainText(/you pay €47\.00 a month\./);
  const { items } = await json<Options>(await owner.get(`/api/v1/subscriptions/${subscription}/changes`));
  const price = { plan: items[0]!.plan, price: 4000, reason: 'Agreed on the phone' };
  await json(await owner.put(`/api/v1/subscriptions/${subscription}/own-price`, { data: price }));

  await comesTo(page).getByRole('button', { name: /^Change on \d/ }).click();
  await expect(page.getByText('Something changed since this was shown. Look at it again.')).toBeVisible();
  await expect(comesTo(page)).toContainText(/you pay €45\.00 a month\./);
  await comesTo(page).getByRole('button', { name: /^Change on \d/ }).click();
  await expect(page.getByText('Your plan will change.')).toBeVisible();
  await expect(page.getByText(/^Changes to Aurora Editor · Studio by invoice, Voice Pack · Voices by invoice on /)).toBeVisible();
});
