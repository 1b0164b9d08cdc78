// The money is there, and word of it or the key is not: the page says so and finishes by itself.
import { joinedCustomer, somebody } from '../support/customers.ts';
import { expect, open, test, type Demo, type Page } from '../support/fixtures.ts';
import { cards, choosePlan, pay } from '../support/payment.ts';
import { choose, row } from '../support/screen.ts';

/** Makes so many of the next calls that begin like this fail at Stripe; none for any other call. */
async function failing(demo: Demo, call: string, times: number): Promise<void> {
  await demo.control('PUT', 'chaos', { api: [{ kind: 'server_error', call, times }] });
}

// One look at Stripe tries a call four times before it gives up until the page asks again.
const twoLooks = 8;

test.beforeEach(async ({ owner, context, page }) => {
  await joinedCustomer(owner, context.request, somebody('Dora'));
  await open(page, '/Portal/Plans');
});

test.afterEach(async ({ demo }) => {
  await demo.control('PUT', 'chaos', {});
});

function step(page: Page, name: string, state: string) {
  return page.getByRole('region', { name: 'Progress of your order' }).getByText(`${name} (${state})`);
}

test('the webhook is late, and the key a moment later than the money', async ({ page, demo }) => {
  await choosePlan(page, 'Aurora Editor Solo');
  await failing(demo, 'GET /v1/subscriptions/', twoLooks);
  await pay(page, cards.pays, 'delayed');
  await expect(page.getByRole('heading', { level: 1, name: 'Your order' })).toBeVisible();
  await expect(page.getByText('Thank you for ordering Solo.')).toBeVisible({ timeout: 20_000 });
  await expect(step(page, 'Payment received', 'under way')).toBeVisible();
  await expect(step(page, 'Licence made', 'not yet')).toBeVisible();
  await expect(page.getByText('This usually takes a second. The page goes on by itself.')).toBeVisible();

  await expect(page.getByRole('heading', { level: 1, name: 'Your licence key is ready' })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('img', { name: /^[A-Z]{5}(-[A-Z]{5}){3}$/ })).toBeVisible();
  await expect(step(page, 'Ready', 'done')).toBeVisible();
  const { waiting_deliveries } = (await demo.control('GET', 'state')) as { waiting_deliveries: number };
  expect(waiting_deliveries, 'the webhooks have not been sent yet').toBeGreaterThan(0);
});

test('the webhook is lost, and Stripe does not answer for a while', async ({ page, demo }) => {
  await choosePlan(page, 'Aurora Editor Solo');
  await failing(demo, 'GET /v1/checkout/sessions/', twoLooks);
  await pay(page, cards.pays, 'lost');
  await expect(page.getByText('This order is not paid yet. If you have just paid, the page goes on by itself in a moment.')).toBeVisible({
    timeout: 20_000,
  });
  await expect(page.getByRole('heading', { level: 1, name: 'Your licence key is ready' })).toBeVisible({ timeout: 20_000 });
  const [completed] = ((await demo.control('GET', 'objects/event')) as { type: string; pending_webhooks: number }[]).filter(
    ({ type }) => type === 'checkout.session.completed',
  );
  expect(completed?.pending_webhooks, 'nobody was told of the payment').toBeGreaterThan(0);
});

test('a bank takes its time: everything works meanwhile, and the money arrives by itself', async ({ page, demo }) => {
  await choosePlan(page, 'Tidal Synth Yearly');
  await pay(page, cards.debit);
  await expect(page.getByRole('img', { name: /^[A-Z]{5}(-[A-Z]{5}){3}$/ })).toBeVisible();
  await choose(page, 'Home', /^Hello /);
  await expect(page.getByText('the first payment is on its way; everything works meanwhile')).toBeVisible();
  await demo.control('POST', 'advance', { seconds: 200 });
  await expect(page.getByText(/^renews \d{1,2} \w+ \d{4} for €90\.00$/)).toBeVisible();
  await choose(page, 'Billing');
  await expect(row(page, 'Paid')).toContainText('€90.00');
});
