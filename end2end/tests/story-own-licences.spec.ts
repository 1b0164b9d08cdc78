// A customer sees where a key is used, makes room for another machine, and gets a new key for one that leaked.
import { readFile } from 'node:fs/promises';
import { joinedCustomer, somebody } from '../support/customers.ts';
import { expect, expectAccessible, open, test } from '../support/fixtures.ts';
import { activate, makeKey, programToken } from '../support/programs.ts';
import { fact } from '../support/screen.ts';
import { json } from '../support/vendor.ts';

const limitReached = 'Cannot activate the new device as the limit has been reached.';
const blocked = 'The key is blocked and cannot be accessed.';

test('machines come and go, the licence is a file, and a leaked key is replaced', async ({ page, owner, demo }) => {
  const { id } = await joinedCustomer(owner, page.context().request, somebody('Nora'));
  const product = demo.products.find((one) => one.name === 'Tidal Synth')!;
  const { row: old } = await makeKey(owner, product.id, id, 2);
  const token = await programToken(owner);
  const use = (key: string, machine: string) => activate(owner, token, product.id, key, machine);

  await open(page, '/Portal/Licences');
  const licence = page.getByRole('article').filter({ has: page.getByRole('heading', { name: 'Tidal Synth' }) });
  const machines = licence.locator('.machines');
  await expect(machines).toContainText('0 of 2');
  await expect(machines).toContainText('Not activated on any machine yet.');

  // Machines appear under the customer's eyes; without leave there is nothing to press.
  expect(await use(old.key, 'Studio')).toBe('');
  expect(await use(old.key, 'Laptop')).toBe('');
  expect(await use(old.key, 'Attic')).toBe(limitReached);
  await expect(machines.getByRole('listitem')).toHaveCount(2, { timeout: 15_000 });
  await expect(machines).toContainText('2 of 2');
  await expect(licence.getByRole('button', { name: 'Remove Laptop' })).toHaveCount(0);
  const form = { remove_machines: true, reissues_per_day: 1, reissue_moves_machines: true };
  await json(await owner.put('/api/v1/settings/own-licences', { data: form }));
  await page.reload();
  await licence.getByRole('button', { name: 'Remove Laptop' }).click();
  const question = page.getByRole('dialog', { name: 'Remove Laptop?' });
  await expectAccessible(page);
  await question.getByRole('button', { name: 'Remove machine' }).click();
  await expect(page.getByText('Laptop is removed.')).toBeVisible();
  await expect(machines).toContainText('1 of 2');
  expect(await use(old.key, 'Attic')).toBe('');

  const download = page.waitForEvent('download');
  await licence.getByRole('link', { name: 'Licence file' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe(`licence-${old.id}.skm`);
  const signed = JSON.parse(await readFile(await file.path(), 'utf8')) as { licenseKey: string; result: number };
  expect(signed.result).toBe(0);
  expect(Buffer.from(signed.licenseKey, 'base64').toString()).toContain(old.key);

  await licence.getByRole('button', { name: 'This key got into the wrong hands' }).click();
  const certain = page.getByRole('dialog', { name: 'Get a new key for Tidal Synth?' });
  await expect(certain).toContainText('Your machines stay activated.');
  await expectAccessible(page);
  await certain.getByRole('button', { name: 'Get a new key' }).click();
  await expect(page.getByText('Here is your new key. The old one no longer works.')).toBeVisible();
  await expect(licence.getByText(`Took the place of ${old.key}`)).toBeVisible();
  await expect(licence).toHaveCount(1);
  const key = (await licence.getByRole('img').first().getAttribute('aria-label'))!;
  expect(key).toMatch(/^[A-Z]{5}(-[A-Z]{5}){3}$/);
  expect(key).not.toBe(old.key);
  await expect(machines).toContainText('2 of 2');
  await expect(fact(licence, 'What it allows')).toContainText('2 machines');
  // Once a day.
  await expect(licence.getByRole('button', { name: 'This key got into the wrong hands' })).toHaveCount(0);
  expect(await use(old.key, 'Studio')).toBe(blocked);
  expect(await use(key, 'Studio')).toBe('');
});

test('the vendor says what customers may do', async ({ page, signedIn, owner }) => {
  await signedIn('owner');
  await open(page, '/Settings/portal');
  await page.getByRole('checkbox', { name: 'Every customer may remove machines' }).setChecked(true);
  const often = page.getByLabel('New keys in the place of old ones, per customer');
  await often.fill('');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(often).toHaveAttribute('aria-invalid', 'true');
  await often.fill('3');
  await page.getByRole('checkbox', { name: 'The new key keeps the machines of the old one' }).setChecked(false);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('What customers may do was saved.')).toBeVisible();
  const { own_licences: saved } = await json<{ own_licences: object }>(await owner.get('/api/v1/settings'));
  expect(saved).toEqual({ remove_machines: true, reissues_per_day: 3, reissue_moves_machines: false });
  await page.reload();
  await expect(often).toHaveValue('3');
  const before = { remove_machines: false, reissues_per_day: 1, reissue_moves_machines: true };
  await json(await owner.put('/api/v1/settings/own-licences', { data: before }));
});
