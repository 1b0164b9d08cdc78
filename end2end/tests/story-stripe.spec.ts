// What goes on between Stripe and Latchkey, as staff see it: sweeps, events, endpoints.
import { joinedCustomer, somebody } from '../support/customers.ts';
import { expect, open, test, type Demo } from '../support/fixtures.ts';
import { cards, choosePlan, pay } from '../support/payment.ts';
import { card, fact } from '../support/screen.ts';
import { json } from '../support/vendor.ts';

interface Event {
  id: string;
  kind: string;
}

test('everything is compared with Stripe by a press, and the page says what came of it', async ({ page, signedIn }) => {
  await signedIn('support');
  await open(page, '/Stripe/Sweeps');
  const full = card(page, 'All subscriptions');
  await expect(full).toContainText('Compared');
  await page.getByRole('button', { name: 'Reconcile now' }).click();
  await expect(page.getByText('Everything is being compared with Stripe.')).toBeVisible();
  const run = page.getByRole('table', { name: 'Latest runs' }).getByRole('row').filter({ hasText: 'All subscriptions' }).first();
  await expect(run).toContainText('By hand');
  await expect(run).toContainText('Done', { timeout: 30_000 });
  await expect(run).toContainText(/Compared \d+ subscriptions with Stripe/);
  await expect(full).toContainText(/Compared \d+ subscriptions with Stripe/);
});

/** Has a subscription cancelled at the end of its period in Stripe's dashboard, and the word of it lost. */
async function cancelledUnheard(demo: Demo, subscription: string): Promise<void> {
  await demo.control('PUT', 'chaos', { webhooks: { drop_next: 5 } });
  const answer = await fetch(`${demo.stripe_url}/v1/subscriptions/${subscription}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${demo.stripe_key}` },
    body: new URLSearchParams({ cancel_at_period_end: 'true' }),
  });
  if (!answer.ok) throw new Error(`the stand-in answered ${answer.status}`);
}

test.afterEach(async ({ demo }) => {
  await demo.control('PUT', 'chaos', {});
});

test('an event is found by its type, read, and run again: what Stripe says now counts', async ({ page, another, signedIn, owner, demo }) => {
  test.slow();
  const customer = await another();
  const { name } = await joinedCustomer(owner, customer.context().request, somebody('Frida'));
  await open(customer, '/Portal/Plans');
  await choosePlan(customer, 'Aurora Editor Solo');
  await pay(customer, cards.pays);
  await expect(customer.getByRole('heading', { level: 1, name: 'Your licence key is ready' })).toBeVisible({ timeout: 20_000 });
  const { items } = await json<{ items: { id: number; stripe_id: string }[] }>(
    await owner.get('/api/v1/subscriptions', { params: { filter: `customer.name = "${name}"` } }),
  );
  const [bought] = items;
  await expect
    .poll(async () => (await json<{ items: Event[] }>(await owner.get('/api/v1/stripe/events', { params: { filter: `subscription = ${bought!.stripe_id} and kind = invoice.paid and status = done` } }))).items.length)
    .toBeGreaterThan(0);
  await cancelledUnheard(demo, bought!.stripe_id);

  await signedIn('support');
  await open(page, '/Stripe/Events');
  await page.getByRole('textbox', { name: 'Filter events' }).fill(`kind = invoice.paid and subscription = ${bought!.stripe_id}`);
  const table = page.getByRole('table', { name: 'Events' });
  await expect(table.getByRole('row').nth(1)).toContainText('invoice.paid');
  await expect(table.getByText('customer.subscription')).toHaveCount(0);
  await expect(page).toHaveURL(/filter=/);
  await table.getByRole('link', { name: 'invoice.paid' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'invoice.paid' })).toBeVisible();
  await expect(card(page, 'What it came to')).toContainText('Fetched from Stripe: subscription sub_');
  await expect(page.getByRole('region', { name: 'As it arrived' })).toContainText('"object": "event"');
  await expect(page.getByRole('button', { name: 'Copy the event' })).toBeVisible();

  await page.getByRole('button', { name: 'Run again' }).click();
  await expect(page.getByText('The event is run again.')).toBeVisible();
  await expect(card(page, 'What it came to')).toContainText('Fetched from Stripe', { timeout: 20_000 });
  await open(page, `/Subscriptions/${bought!.id}`);
  await expect(page.getByText('Cancelled at the end of what is paid for')).toBeVisible();
});

test('an unreadable filter says so at its field, and nothing else', async ({ page, signedIn }) => {
  await signedIn('owner');
  await open(page, '/Stripe/Events?filter=status%20%3D');
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByText('No match for this filter')).toHaveCount(0);
  await open(page, '/Stripe/Events?filter=nothing-has-this-id');
  await expect(page.getByText('No match for this filter')).toBeVisible();
});

test('another endpoint is added, given a secret and a second one, and removed', async ({ page, signedIn, owner }) => {
  await signedIn('owner');
  await open(page, '/Stripe/Endpoints');
  const main = card(page, 'Main endpoint');
  await expect(fact(main, 'Signing secret')).toContainText('In use since');
  await expect(main.getByRole('button', { name: 'Remove' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Add an endpoint' }).click();
  const added = page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name: /^Endpoint \d+$/ }) });
  await expect(added).toContainText('No secret');

  await added.getByRole('button', { name: 'Enter the signing secret' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Signing secret').fill('sk_test_0123456789');
  await dialog.getByRole('button', { name: 'Keep secret' }).click();
  await expect(dialog.getByText('Paste a secret that begins with whsec_.')).toBeVisible();
  await dialog.getByLabel('Signing secret').fill('whsec_first_0123456789');
  await dialog.getByRole('button', { name: 'Keep secret' }).click();
  await expect(added).toContainText('Nothing yet');

  await added.getByRole('button', { name: 'Enter a new secret' }).click();
  await dialog.getByLabel('Signing secret').fill('whsec_second_0123456789');
  await dialog.getByRole('button', { name: 'Keep secret' }).click();
  await expect(fact(added, 'Signing secret')).toContainText('The one before it is still accepted.');
  const { endpoints } = await json<{ endpoints: { secrets: number }[] }>(await owner.get('/api/v1/stripe/endpoints'));
  expect(endpoints.map(({ secrets }) => secrets)).toEqual([1, 2]);

  await added.getByRole('button', { name: 'Remove' }).click();
  await dialog.getByRole('button', { name: 'Remove endpoint' }).click();
  await expect(page.getByText('The endpoint is removed.')).toBeVisible();
  await expect(added).toHaveCount(0);
});

test('who may only look sees all of it and changes nothing', async ({ page, signedIn, owner }) => {
  const { items } = await json<{ items: Event[] }>(await owner.get('/api/v1/stripe/events?limit=1'));
  await signedIn('viewer');
  for (const [path, button] of [
    ['/Stripe/Sweeps', 'Reconcile now'],
    ['/Stripe/Endpoints', 'Add an endpoint'],
    [`/Stripe/Events/${items[0]!.id}`, 'Run again'],
  ] as const) {
    await open(page, path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
    await expect(page.getByRole('button', { name: button })).toHaveCount(0);
  }
});
