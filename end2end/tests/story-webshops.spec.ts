// What is made here is sold through Stripe: a product is published, and a webshop sells it into an account of its own.
import { joinedCustomer, somebody } from '../support/customers.ts';
import { expect, expectAccessible, open, test } from '../support/fixtures.ts';
import { cards, choosePlan, pay } from '../support/payment.ts';
import { card, choose, expectError, fact, row } from '../support/screen.ts';
import { json } from '../support/vendor.ts';
import type { APIRequestContext } from '@playwright/test';

const secondKey = 'sk_test_second_0123456789';

interface StripeObject {
  id: string;
  name?: string;
  product?: string;
  unit_amount?: number;
  metadata: Record<string, string>;
}

/** A product that exists only here, with one plan in one or two currencies. */
async function productOfOurs(owner: APIRequestContext, name: string, prices: { minor: number; currency: string }[]): Promise<number> {
  const { id } = await json<{ id: number }>(await owner.post('/api/v1/products', { data: { name } }));
  const plan = { name: 'Monthly', count: 1, unit: 'month', prices, features: Array(8).fill(false), max_machines: 2, offered: true };
  await json(await owner.post(`/api/v1/products/${id}/offline-plans`, { data: plan }));
  return id;
}

test('a product is published to Stripe after a look at what will be made, and offered at once', async ({ page, signedIn, owner, demo, another }) => {
  const id = await productOfOurs(owner, 'Aurora Tuner', [{ minor: 700, currency: 'EUR' }]);
  await signedIn('owner');
  await open(page, `/Products/${id}`);
  await card(page, 'Sell through Stripe').getByRole('button', { name: 'Publish to Stripe' }).click();
  const dialog = page.getByRole('dialog', { name: 'Publish to Stripe' });
  await expect(dialog.getByRole('listitem')).toHaveCount(2);
  await expect(dialog.getByRole('listitem').first()).toContainText(`skm_product_id = ${id}`);
  await expect(dialog.getByRole('listitem').nth(1)).toContainText('€7.00');
  await expect(dialog.getByText('New', { exact: true })).toHaveCount(2);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(page.getByText('The product is published, and what it costs is offered.')).toBeVisible();
  await expect(row(page, 'Monthly')).toContainText('Offered');

  const products = (await demo.control('GET', 'objects/product')) as StripeObject[];
  const made = products.filter((product) => product.metadata.skm_product_id === String(id));
  expect(made.map((product) => product.name)).toEqual(['Aurora Tuner']);
  const prices = (await demo.control('GET', 'objects/price')) as StripeObject[];
  expect(prices.filter((price) => price.product === made[0]!.id).map((price) => price.metadata.skm)).toEqual(['{"MaxNoOfMachines":2}']);

  await card(page, 'Sell through Stripe').getByRole('button', { name: 'Publish to Stripe' }).click();
  await expect(dialog.getByText('Everything is at Stripe. There is nothing to publish.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Publish', exact: true })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  const customer = await another();
  await joinedCustomer(owner, customer.context().request, somebody('Tilda'));
  await open(customer, '/Portal/Plans');
  await expect(customer.getByRole('button', { name: 'Subscribe to Aurora Tuner Monthly' })).toBeVisible();

  const product = await json<object>(await owner.get(`/api/v1/products/${id}`));
  await json(await owner.patch(`/api/v1/products/${id}`, { data: { ...pick(product), active: false } }));
});

/** What a product's form sends. */
function pick(product: object): object {
  const { name, description, grace_days, feature_names, version } = product as Record<string, unknown>;
  return { name, description, grace_days, feature_names, version };
}

test('a second Stripe account, a webshop that is paid into it, and a customer who buys there @postgres', async ({ page, signedIn, owner, demo, another }) => {
  const id = await productOfOurs(owner, 'Aurora Mixer', [{ minor: 900, currency: 'EUR' }, { minor: 1000, currency: 'USD' }]);
  await demo.control('POST', 'accounts', { key: secondKey });
  await signedIn('owner');

  await test.step('the account', async () => {
    await open(page, '/Stripe');
    await expect(page.getByLabel('Stripe account'), 'one account: nothing to choose').toHaveCount(0);
    await page.getByRole('link', { name: 'Add a further Stripe account' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Add a further Stripe account' })).toBeVisible();
    const key = page.getByLabel('Key', { exact: true });
    await key.fill(demo.stripe_key);
    await page.getByRole('button', { name: 'Try the key and connect' }).click();
    await expect(page.getByText(/is connected already as/)).toBeVisible();
    await key.fill(secondKey);
    await page.getByRole('button', { name: 'Try the key and connect' }).click();
    await expect(page).toHaveURL(/\/Stripe\?account=\d+$/);
    await expect(page.getByText('No products in Stripe yet')).toBeVisible();
    await card(page, 'Account').getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('America');
    await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
    await expect(fact(card(page, 'Account'), 'Name')).toHaveText('America');
    await expectAccessible(page);
  });
  const account = new URL(page.url()).searchParams.get('account')!;

  await test.step('each account has its own pages', async () => {
    const choice = page.getByRole('combobox', { name: 'Stripe account' });
    await page.getByRole('navigation', { name: 'Parts of Stripe' }).getByRole('link', { name: 'Endpoints' }).click();
    await expect(page).toHaveURL(new RegExp(`/Stripe/Endpoints\\?account=${account}$`));
    const address = page.getByRole('textbox', { name: 'Address' });
    const second = await address.inputValue();
    await choice.selectOption({ index: 0 });
    await expect(page).toHaveURL(/\/Stripe\/Endpoints$/);
    await expect(address.first()).not.toHaveValue(second);
    await choice.selectOption({ index: 1 });
    await expect(address).toHaveValue(second);
  });

  await test.step('the product is published into it', async () => {
    await open(page, `/Products/${id}`);
    await card(page, 'Sell through Stripe').getByRole('button', { name: 'Publish to Stripe' }).click();
    const dialog = page.getByRole('dialog', { name: 'Publish to Stripe' });
    await dialog.getByLabel('Into the account').selectOption(account);
    await expect(dialog.getByRole('listitem')).toHaveCount(3);
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
    await expect(page.getByText('The product is published, and what it costs is offered.')).toBeVisible();
    const first = (await demo.control('GET', 'objects/product')) as StripeObject[];
    expect(first.filter((product) => product.metadata.skm_product_id === String(id))).toEqual([]);
  });

  await test.step('the webshop', async () => {
    await choose(page, 'Webshops');
    await page.getByRole('link', { name: 'New webshop' }).click();
    await page.getByLabel('Name').fill('American shop');
    await page.getByLabel('Currency').fill('US');
    await page.getByLabel('Stripe account').selectOption(account);
    await page.getByRole('radio', { name: /Only these/ }).check();
    await page.getByRole('button', { name: 'Add webshop' }).click();
    await expectError(page.getByLabel('Currency'), 'Enter a currency such as EUR, or leave this empty.');
    await page.getByLabel('Currency').fill('USD');
    await page.getByRole('checkbox', { name: 'Aurora Mixer' }).check();
    await page.getByRole('button', { name: 'Add webshop' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'American shop' })).toBeVisible();
    await expect(page.getByText('Plans: 1')).toBeVisible();
    await expectAccessible(page);
  });
  const webshop = page.url();

  const buyer = await another();
  const customer = await joinedCustomer(owner, buyer.context().request, somebody('Hank'));
  await open(buyer, '/Portal/Plans');
  await expect(buyer.getByRole('button', { name: 'Subscribe to Aurora Mixer Monthly' })).toHaveCount(0);

  await test.step('a customer is bound to it, sees its plans and buys', async () => {
    await open(page, `/Customers/${customer.id}`);
    await card(page, 'Webshop').getByRole('button', { name: 'Change webshop' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change webshop' });
    await dialog.getByLabel('Webshop').selectOption({ label: 'American shop' });
    await dialog.getByRole('button', { name: 'Change', exact: true }).click();
    await expect(card(page, 'Webshop').getByRole('link', { name: 'American shop' })).toBeVisible();

    await open(buyer, '/Portal/Plans');
    await expect(buyer.getByRole('button', { name: /^Subscribe to/ })).toHaveCount(1);
    await expect(buyer.getByText('$10.00')).toBeVisible();
    await choosePlan(buyer, 'Aurora Mixer Monthly');
    await pay(buyer, cards.pays);
    await expect(buyer.getByRole('heading', { level: 1, name: 'Your licence key is ready' })).toBeVisible({ timeout: 20_000 });
    const sold = (await demo.control('GET', `objects/subscription?account=${secondKey}`)) as StripeObject[];
    expect(sold.map((subscription) => subscription.metadata.skm_customer_id)).toEqual([String(customer.id)]);
    await open(buyer, '/Portal/Billing');
    await expect(buyer.getByText('$10.00').first()).toBeVisible();
  });

  await test.step('the account cannot go while they depend on it; the webshop can be switched off', async () => {
    await open(page, `/Stripe?account=${account}`);
    await card(page, 'Account').getByRole('button', { name: 'Disconnect' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disconnect Stripe' }).click();
    await expect(page.getByRole('dialog')).toContainText('America stays connected, since these depend on it: 1 webshop, 1 subscription, 1 customer.');
    await page.goto(webshop);
    await page.getByRole('checkbox', { name: 'Customers can buy here' }).uncheck();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Switch off' }).click();
    await expect(page.getByText('The webshop is saved.')).toBeVisible();
    await expect(page.getByText('Switched off', { exact: true })).toBeVisible();
    await open(buyer, '/Portal/Plans');
    await expect(buyer.getByText('Nothing can be bought here right now.')).toBeVisible();
  });
});

test('a webshop has terms of its own', async ({ page, signedIn }) => {
  await signedIn('owner');
  await open(page, '/Webshops');
  await page.getByRole('link', { name: 'Overseas webshop' }).click();
  const [terms, version] = [page.getByLabel('Terms of use'), page.getByLabel('Version of the terms')];
  await terms.fill('http://vendor.example/overseas');
  await page.getByRole('button', { name: 'Save' }).click();
  await expectError(terms, 'https');
  await terms.fill('https://vendor.example/overseas');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The webshop is saved.')).toBeVisible();
  await expect(version).toHaveValue(/^\d{4}-\d\d-\d\d$/);
  await expectAccessible(page);
  await terms.fill('');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(version).toHaveValue('');
});

test('whoever may only look changes no webshop', async ({ page, signedIn }) => {
  await signedIn('viewer');
  await open(page, '/Webshops');
  await expect(row(page, 'Main webshop')).toBeVisible();
  await expect(page.getByRole('link', { name: 'New webshop' })).toHaveCount(0);
  await open(page, '/Webshops/1');
  await expect(page.getByLabel('Name')).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Save' })).toHaveCount(0);
});
