// A charge without a key: staff see it, and the button that mends it.
import { joinedCustomer, somebody } from '../support/customers.ts';
import { expect, open, test, type Demo, type Page } from '../support/fixtures.ts';
import { cards, choosePlan, pay } from '../support/payment.ts';
import { card, exactly } from '../support/screen.ts';

const anyKey = /^[A-Z]{5}(-[A-Z]{5}){3}$/;

/** Breaks what the price of a plan says, and answers how to mend it. */
async function broken(demo: Demo, nickname: string): Promise<() => Promise<void>> {
  const prices = (await demo.control('GET', 'objects/price')) as { id: string; nickname: string; metadata: { skm: string } }[];
  const price = prices.find((one) => one.nickname === nickname);
  if (!price) throw new Error(`the stand-in has no price ${nickname}`);
  const set = async (skm: string) => {
    const answer = await fetch(`${demo.stripe_url}/v1/prices/${price.id}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${demo.stripe_key}` },
      body: new URLSearchParams({ 'metadata[skm]': skm }),
    });
    if (!answer.ok) throw new Error(`the stand-in answered ${answer.status}`);
  };
  await set('{"F1":true, "MaxNoOfMachines":many');
  return () => set(price.metadata.skm);
}

let mend: (() => Promise<void>) | undefined;

test.afterEach(async () => {
  await mend?.();
  mend = undefined;
});

/** The number beside the menu's entry. */
async function waiting(page: Page): Promise<number> {
  const menu = page.getByRole('button', { name: 'Menu', exact: true });
  const link = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Needs attention/ });
  const phone = await menu.isVisible();
  if (phone) await menu.click();
  const words = await link.innerText();
  if (phone) await page.keyboard.press('Escape');
  return Number(/\d+/.exec(words)?.[0] ?? 0);
}

test('a charge without a key is seen, “Issue key now” ends it, and the customer has the key', async ({ page: staff, signedIn, another, owner, demo }) => {
  test.slow();
  const customer = await another();
  const { name } = await joinedCustomer(owner, customer.context().request, somebody('Edda'));
  await open(customer, '/Portal/Plans');
  await choosePlan(customer, 'Aurora Editor Solo');
  // Somebody edits the price in Stripe's dashboard while the customer looks for their card.
  mend = await broken(demo, 'Solo');
  await pay(customer, cards.pays);
  await expect(customer.getByRole('heading', { level: 1, name: 'Your order' })).toBeVisible();

  await signedIn('support');
  await open(staff, '/Attention');
  const group = card(staff, 'Paid, but the price does not say what to issue');
  const entry = group.getByRole('listitem').filter({ hasText: name });
  await expect(entry).toContainText('€19.00', { timeout: 30_000 });
  await expect(entry).toContainText('skm is not JSON');
  await expect(entry.getByText(/^Since /)).toBeVisible();
  await expect(entry.getByText(/^Looked .* looks again/)).toBeVisible();
  await open(staff, '/Attention');
  await expect(entry).toBeVisible();
  const before = await waiting(staff);
  expect(before).toBeGreaterThan(0);

  await entry.getByRole('button', { name: 'Issue key now' }).click();
  const dialog = staff.getByRole('dialog', { name: `Issue a key to ${name}` });
  await expect(dialog.getByLabel('Product')).toHaveValue(String(demo.products.find((one) => one.name === 'Aurora Editor')!.id));
  await dialog.getByRole('checkbox', { name: /^F1/ }).check();
  await dialog.getByLabel('Machines at most').fill('2');
  await dialog.getByRole('button', { name: 'Issue and send key' }).click();
  await expect(staff.getByText('The key is issued and on its way to the customer.')).toBeVisible();
  await expect(entry).toHaveCount(0);
  await expect.poll(() => waiting(staff)).toBe(before - 1);

  await expect(customer.getByRole('img', { name: anyKey })).toBeVisible({ timeout: 20_000 });
});

test('where there is more to it: the reason, the customer’s own page, and what was decided', async ({ page, signedIn }) => {
  await signedIn('owner');
  await open(page, '/Attention');
  const entry = card(page, 'Paid twice for the same product').getByRole('listitem').filter({ hasText: 'Maya Lindholm' });
  await expect(entry).toContainText('pays for the same product already');
  await entry.getByRole('link', { name: 'Maya Lindholm' }).click();
  const own = page.getByRole('complementary').getByRole('link', { name: 'Paid twice for the same product' });
  await own.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Paid twice for the same product' })).toBeVisible();

  await page.getByRole('button', { name: 'Refund and cancel' }).click();
  const dialog = page.getByRole('dialog', { name: 'Refund Maya Lindholm and cancel?' });
  const confirm = dialog.getByRole('button', { name: 'Refund €19.00 and cancel' });
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel('Reason').fill('Bought in two windows');
  await confirm.click();
  await expect(page.getByText('The money is on its way back, and the subscription has ended.')).toBeVisible();
  await expect(page.getByText('This has ended')).toBeVisible();
  await expect(card(page, 'What was tried')).toContainText('The subscription was cancelled and the payment refunded.');

  await open(page, '/Attention?filter=state%20%3D%20resolved');
  const ended = page.getByRole('row').filter({ hasText: 'Maya Lindholm' });
  await expect(ended).toContainText('Refund and cancel');
});

test('somebody pays whom only Stripe knows: staff say who it is', async ({ page, signedIn, owner, another }) => {
  const stranger = await another();
  const { name, email } = await joinedCustomer(owner, stranger.context().request, somebody('Elif'));
  await signedIn('owner');
  await open(page, '/Attention');
  const entry = card(page, 'Paid by a Stripe customer who is nobody here').getByRole('listitem').filter({ hasText: 'elif@bosphorus-beats.example' });
  await entry.getByRole('button', { name: 'Link to a customer' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Link to this customer' }).click();
  await expect(dialog.getByText('Choose a customer first.')).toBeVisible();
  await dialog.getByRole('combobox', { name: /^Find a customer/ }).fill(email);
  await dialog.getByRole('option', { name: exactly(name) }).or(dialog.getByRole('option', { name })).first().click();
  await dialog.getByRole('button', { name: 'Link to this customer' }).click();
  await expect(page.getByText('The subscription belongs to the customer now.')).toBeVisible();
  await expect(entry).toHaveCount(0);
  await open(stranger, '/Portal/Licences');
  await expect(stranger.getByRole('img', { name: anyKey })).toBeVisible();
});

test('who may only look gets no buttons', async ({ page, signedIn }) => {
  await signedIn('viewer');
  await open(page, '/Attention');
  const entry = card(page, 'A payment is disputed').getByRole('listitem');
  await expect(entry).toContainText('Tomás Ferreira');
  await expect(entry.getByRole('button')).toHaveCount(0);
  await expect(entry.getByRole('link', { name: 'Details' })).toBeVisible();
});
