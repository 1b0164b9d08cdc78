// Staff look a method up in the API reference, and try it.
import { expect, open, test } from '../support/fixtures.ts';
import { card } from '../support/screen.ts';
import { json } from '../support/vendor.ts';

test('a method of the licence Web API is found, read and tried with a token', async ({ page, signedIn, owner, demo, isMobile }) => {
  const { items } = await json<{ items: { key: string; product: number }[] }>(await owner.get('/api/v1/keys?limit=1'));
  const { key, product } = items[0]!;
  await signedIn('owner');
  await open(page, '/Reference');

  const list = page.getByRole('navigation', { name: 'Methods' });
  await page.getByRole('textbox', { name: 'Find a method' }).fill('signed licence getkey');
  await expect(list.getByRole('link')).toHaveText(['key/GetKey']);
  await list.getByRole('link', { name: 'key/GetKey' }).press('Enter');
  const heading = page.getByRole('heading', { level: 2, name: '/api/key/GetKey' });
  await expect(heading).toBeFocused();
  if (isMobile) await expect(list).toBeHidden();
  await expect(page.getByText('Needs the scope GetKey.')).toBeVisible();
  await expect(card(page, 'Parameters').getByText('ProductId')).toBeVisible();

  const form = card(page, 'Try it');
  await form.getByLabel('Access token').fill(demo.api_token);
  await form.getByLabel('ProductId').fill(String(product));
  await form.getByLabel('Key', { exact: true }).fill(key);
  await form.getByLabel('Sign', { exact: true }).selectOption('true');
  const sample = page.getByRole('region', { name: 'Sample call' });
  await expect(sample).toContainText(`--data-urlencode Key=${key}`);
  await expect(sample, 'the token is not for others to read').not.toContainText(demo.api_token);
  await form.getByRole('button', { name: 'Send' }).click();
  await expect(form.getByText('200', { exact: true })).toBeVisible();
  await expect(form.getByText(/^\d+ ms$/)).toBeVisible();
  await expect(form.getByRole('region', { name: 'Answer' })).toContainText('"licenseKey"');

  await form.getByLabel('Access token').fill('wrong');
  await form.getByRole('button', { name: 'Send' }).click();
  await expect(form.getByText('401', { exact: true })).toBeVisible();
  await expect(form.getByRole('region', { name: 'Answer' })).toContainText('Unable to authenticate.');
});

test('Latchkey’s own API is tried with the session of who looks, or with a token', async ({ page, signedIn, demo }) => {
  await signedIn('owner');
  await open(page, '/Reference?method=get%20%2Fapi%2Fv1%2Fproducts%2F%7Bid%7D');
  const form = card(page, 'Try it');
  await form.getByRole('button', { name: 'Send' }).click();
  await expect(form.getByText('Fill this in: it is part of the address.')).toBeVisible();
  await form.getByLabel('id').fill(String(demo.products[0]!.id));
  await form.getByRole('button', { name: 'Send' }).click();
  await expect(form.getByRole('region', { name: 'Answer' })).toContainText(demo.products[0]!.name);
  await form.getByLabel('Access token').fill('WyIxIiwid3JvbmciXQ==');
  await form.getByRole('button', { name: 'Send' }).click();
  await expect(form.getByText('401', { exact: true }), 'the token counts, not the session').toBeVisible();
});
