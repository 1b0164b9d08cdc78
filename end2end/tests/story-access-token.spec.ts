// Staff give a program an access token, see what it does with it, and take it away.
import type { APIRequestContext, Page } from '@playwright/test';
import { expect, open, test } from '../support/fixtures.ts';
import { choose, fact, row } from '../support/screen.ts';
import { json } from '../support/vendor.ts';

interface Key {
  key: string;
  product: number;
  global_id: number;
  customer: number | null;
  customer_name: string | null;
}

/** A key that belongs to somebody. */
async function ownedKey(owner: APIRequestContext): Promise<Key> {
  const { items } = await json<{ items: Key[] }>(await owner.get('/api/v1/keys?limit=100'));
  return items.find((key) => key.customer !== null)!;
}

/** Makes a token by the form; what the form then shows, this once. */
async function makeToken(page: Page, name: string): Promise<string> {
  await page.getByRole('link', { name: 'New access token' }).first().click();
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Make access token' }).click();
  await expect(page.getByText('Copy this token now')).toBeVisible();
  return page.getByRole('textbox', { name: 'Access token' }).inputValue();
}

test('a program works with a token that was shown once, is seen in the log, and is refused after the token was revoked', async ({
  page,
  playwright,
  signedIn,
  owner,
  demo,
}) => {
  const key = await ownedKey(owner);
  const program = await playwright.request.newContext({ baseURL: demo.url });
  await signedIn('owner');
  await open(page, '/Dashboard');
  await choose(page, 'Developers', 'Access tokens');

  const token = await makeToken(page, 'Editor on Windows');
  expect(JSON.parse(Buffer.from(token, 'base64').toString()), 'what the published SDKs carry').toEqual([
    expect.stringMatching(/^\d+$/),
    expect.any(String),
  ]);
  await expect(page.getByRole('region', { name: 'Sample call' })).toContainText(`token=${token}`);
  await page.getByRole('link', { name: 'Done' }).click();
  const own = row(page, 'Editor on Windows');
  await expect(own.getByText('In force')).toBeVisible();
  expect(await page.content(), 'it is never shown again').not.toContain(token);

  const call = (method: string, more: Record<string, string> = {}) =>
    program.post(`/api/key/${method}`, { form: { token, ProductId: String(key.product), Key: key.key, ...more } });
  expect((await call('GetKey')).status()).toBe(200);
  const refused = await call('CreateKey');
  expect(refused.status(), 'that was not in its scopes').toBe(401);

  await open(page, '/Log?filter=succeeded+%3D+yes+and+method+%3D+key%2FGetKey');
  const done = row(page, key.key).first();
  await expect(done.getByText('Done')).toBeVisible();
  await expect(row(page, 'key/CreateKey')).toHaveCount(0);
  await page.getByRole('button', { name: 'Remove succeeded = yes' }).click();
  await expect(page).toHaveURL(/filter=method/);
  await page.getByRole('textbox', { name: 'Filter calls' }).fill('succeeded = no and method = key/CreateKey');
  await expect(row(page, 'key/CreateKey').first()).toContainText('Refused');
  await expect(row(page, 'key/GetKey')).toHaveCount(0);

  await open(page, '/Log?filter=method+%3D+key%2FGetKey');
  await row(page, key.key).first().getByRole('link', { name: 'key/GetKey' }).click();
  const details = page.getByRole('dialog', { name: 'key/GetKey' });
  await expect(fact(details, 'Access token')).toHaveText('Editor on Windows');
  await expect(fact(details, 'HTTP status')).toHaveText('200');
  await expect(fact(details, 'Customer').getByRole('link')).toHaveAttribute('href', `/Customers/${key.customer}`);
  await expect(fact(details, 'Licence key').getByRole('link')).toHaveAttribute('href', `/Keys/${key.global_id}`);
  await details.getByRole('button', { name: 'Close' }).click();
  await expect(page).not.toHaveURL(/show=/);

  await page.getByRole('link', { name: 'Access tokens', exact: true }).click();
  await own.getByRole('link', { name: 'Editor on Windows' }).click();
  const panel = page.getByRole('dialog', { name: 'Editor on Windows' });
  await panel.getByRole('button', { name: 'Revoke' }).click();
  const question = page.getByRole('dialog', { name: 'Revoke Editor on Windows?' });
  await question.getByRole('button', { name: 'Revoke access token' }).click();
  await expect(page.getByText('Editor on Windows was revoked.')).toBeVisible();
  await expect(panel.getByText('Revoked', { exact: true }).first()).toBeVisible();
  const gone = await call('GetKey');
  expect(gone.status()).toBe(401);
  expect((await gone.json()).message).toContain('Unable to authenticate');
  await program.dispose();
});

test('what a token may do is chosen scope by scope, and a lock does not go with what it cannot hold', async ({ page, signedIn, demo }) => {
  await signedIn('owner');
  await open(page, '/Tokens/New');
  await page.getByLabel('Name').fill('Shop');
  await page.getByText('Something else').click();
  await page.getByRole('button', { name: 'Make access token' }).click();
  await expect(page.getByRole('alert').getByText('Choose at least one thing that the token may do.')).toBeVisible();

  await page.locator('summary', { hasText: 'Products' }).click();
  await page.getByRole('checkbox', { name: 'GetKeys' }).check();
  await page.locator('summary', { hasText: 'Latchkey itself' }).click();
  await page.getByRole('checkbox', { name: 'customers_read' }).check();
  await page.getByRole('combobox', { name: /^Product/ }).selectOption({ label: demo.products[0]!.name });
  await page.getByRole('button', { name: 'Make access token' }).click();
  await expect(page.getByText('A token with a lock works for the licence Web API only.')).toBeVisible();

  await page.getByRole('checkbox', { name: 'customers_read' }).uncheck();
  await page.getByRole('button', { name: 'Make access token' }).click();
  await expect(page.getByRole('region', { name: 'Sample call' })).toContainText('/api/product/GetKeys');
  await page.getByRole('link', { name: 'Done' }).click();
  await expect(row(page, 'Shop')).toContainText('GetKeys');
  await expect(row(page, 'Shop')).toContainText(`Product ${demo.products[0]!.id}`);
});

test('who may not change settings sees tokens and makes none', async ({ page, signedIn }) => {
  await signedIn('support');
  await open(page, '/Tokens');
  await expect(page.getByRole('heading', { level: 1, name: 'Access tokens' })).toBeVisible();
  await expect(row(page, 'Demo')).toBeVisible();
  await expect(page.getByRole('link', { name: 'New access token' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Revoke/ })).toHaveCount(0);
  await open(page, '/Tokens/New');
  await expect(page.getByRole('heading', { level: 1, name: 'You do not have access to this' })).toBeVisible();
});
