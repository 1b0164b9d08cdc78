// The owner looks after the key pairs that sign licences, and how the licence Web API behaves.
import { readFile } from 'node:fs/promises';
import { expect, open, test } from '../support/fixtures.ts';
import { card, fact } from '../support/screen.ts';

test('a pair is made, retired and used again; a private half comes out after a question only', async ({ page, signedIn, demo }) => {
  await signedIn('owner');
  await open(page, '/Settings/signing');
  const first = card(page, 'Default');
  await expect(fact(first, 'State')).toContainText('For new products');
  await expect(fact(first, 'Signs for').getByRole('link', { name: demo.products[0]!.name })).toBeVisible();
  await expect(first.getByText('It cannot be retired while products sign with it.')).toBeVisible();
  await first.getByText('Public half').click();
  await expect(first.getByRole('region', { name: 'Public key as XML' })).toHaveText(demo.public_key_xml);

  await page.getByRole('button', { name: 'Make a key pair' }).click();
  const form = page.getByRole('dialog', { name: 'Make a key pair' });
  await form.getByLabel('Name').fill('From 5 on');
  await form.getByRole('button', { name: 'Make key pair' }).click();
  const made = card(page, 'From 5 on');
  await expect(fact(made, 'State')).toHaveText('Not used');
  await made.getByRole('button', { name: 'Retire' }).click();
  await page.getByRole('dialog', { name: 'Retire From 5 on?' }).getByRole('button', { name: 'Retire key pair' }).click();
  await expect(fact(made, 'State')).toHaveText('Retired');
  await made.getByRole('button', { name: 'Use again' }).click();
  await expect(fact(made, 'State')).toHaveText('Not used');

  await made.getByRole('button', { name: 'Export' }).click();
  const question = page.getByRole('dialog', { name: 'Export the private half of From 5 on?' });
  await question.getByRole('button', { name: 'Show the private half' }).click();
  const shown = question.getByRole('region', { name: 'Private half' });
  await expect(shown).toContainText('-----BEGIN PRIVATE KEY-----');
  const pem = await shown.innerText();
  await question.getByRole('button', { name: 'Hide it' }).click();
  await expect(page.getByText('-----BEGIN PRIVATE KEY-----')).toHaveCount(0);

  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const bringing = page.getByRole('dialog', { name: 'Import a key pair' });
  await bringing.getByLabel('Name').fill('The same');
  await bringing.getByLabel('Private key, as PEM').fill(pem);
  await bringing.getByRole('button', { name: 'Import key pair' }).click();
  await expect(bringing.getByText('This pair is here already, as From 5 on.')).toBeVisible();
  await bringing.getByLabel('Private key, as PEM').fill(await readFile(import.meta.filename, 'utf8'));
  await bringing.getByRole('button', { name: 'Import key pair' }).click();
  await expect(bringing.getByText('This is not the PEM of a private RSA key.')).toBeVisible();
});

test('an admin makes pairs and never sees a private half', async ({ page, signedIn }) => {
  await signedIn('admin');
  await open(page, '/Settings/signing');
  await expect(page.getByRole('button', { name: 'Make a key pair' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Export' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toHaveCount(0);
});

test('calls by GET are switched off and on again', async ({ page, signedIn, demo, playwright }) => {
  const program = await playwright.request.newContext({ baseURL: demo.url });
  const status = async () => (await program.get(`/api/product/GetProducts?token=${encodeURIComponent(demo.api_token)}`)).status();
  expect(await status()).toBe(200);
  await signedIn('owner');
  await open(page, '/Settings/web-api');
  const taken = page.getByRole('checkbox', { name: 'Take calls by GET' });
  await expect(taken).toBeChecked();
  await taken.uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The settings of the Web API were saved.')).toBeVisible();
  expect(await status()).toBe(405);
  await taken.check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(status).toBe(200);
  await program.dispose();
});
