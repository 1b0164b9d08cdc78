// Staff look at how a licence key is used: its machines, data objects, calls and history, and its licence as a file.
import { createPublicKey, verify } from 'node:crypto';
import { expect, expectAccessible, open, test } from '../support/fixtures.ts';
import { activate, makeKey, textOf } from '../support/keys.ts';
import { card, row } from '../support/screen.ts';
import { json } from '../support/vendor.ts';

test('a machine and a floating seat are seen, and the machine is removed', async ({ page, signedIn, owner, demo }) => {
  const key = await makeKey(owner, demo);
  await activate(demo, key, 'mc-locked', { FriendlyName: 'Studio A' });
  await activate(demo, key, 'mc-floating', { FloatingTimeInterval: '900' });

  await signedIn('owner');
  await open(page, `/Keys/${key.row.global_id}`);
  await page.getByRole('link', { name: 'Machines' }).click();
  await expect(page.getByText('1 of 2 machines · 1 floating seat taken')).toBeVisible();
  await expect(row(page, 'Studio A')).toContainText('Node-locked');
  const lease = row(page, 'mc-floating').getByRole('timer');
  await expect(lease).toHaveText(/^14 min \d\d s left$/);
  const before = await lease.textContent();
  await expect(lease).not.toHaveText(before!);

  await page.getByRole('button', { name: 'Remove Studio A' }).click();
  const question = page.getByRole('dialog', { name: 'Remove Studio A?' });
  await expect(question.getByText('Its place is free at once.')).toBeVisible();
  await question.getByRole('button', { name: 'Remove machine' }).click();
  await expect(page.getByText('Studio A was removed.')).toBeVisible();
  await expect(page.getByText('0 of 2 machines · 1 floating seat taken')).toBeVisible();
  await expect(row(page, 'Studio A')).toHaveCount(0);

  await page.getByRole('link', { name: 'History' }).click();
  await expect(page.getByText(`Machine Studio A was taken off licence key ${key.row.id}.`)).toBeVisible();
  await page.getByRole('link', { name: 'Activity' }).click();
  await expect(row(page, 'key/Activate').first()).toContainText('Done');
  await page.getByRole('link', { name: 'All of them in the log' }).click();
  await expect(row(page, 'key/Activate')).toHaveCount(2);
});

test('a key’s counter is added, changed and removed on its page', async ({ page, signedIn, owner, demo }) => {
  const key = await makeKey(owner, demo);
  await signedIn('owner');
  await open(page, `/Keys/${key.row.global_id}/data`);
  await expect(page.getByText('No data objects on this key')).toBeVisible();
  await page.getByRole('button', { name: 'Add data object' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('exports');
  await dialog.getByLabel('Number value').fill('5');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(row(page, 'exports')).toContainText('5');

  await page.getByRole('button', { name: 'Edit exports' }).click();
  await dialog.getByLabel('Number value').fill('6');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(row(page, 'exports')).toContainText('6');

  await page.getByRole('button', { name: 'Remove exports' }).click();
  await dialog.getByRole('button', { name: 'Remove data object' }).click();
  await expect(page.getByText('No data objects on this key')).toBeVisible();
});

test('what changed stands in the history, with its reason', async ({ page, signedIn, owner, demo }) => {
  const key = await makeKey(owner, demo);
  await signedIn('owner');
  await open(page, `/Keys/${key.row.global_id}`);
  await page.getByRole('switch', { name: 'F2 · Noise repair' }).click();
  await expect(page.getByText('F2 · Noise repair is on.')).toBeVisible();
  await page.getByRole('button', { name: 'Block', exact: true }).click();
  await page.getByLabel('Reason').fill('Returned by the reseller');
  await page.getByRole('button', { name: 'Block licence key' }).click();
  await expect(page.getByText('This key is blocked.')).toBeVisible();
  await page.getByRole('link', { name: 'History' }).click();
  const entry = page.getByRole('listitem').filter({ hasText: 'was blocked' });
  await expect(entry.first()).toContainText('Reason: Returned by the reseller');
  await expect(page.getByRole('listitem').filter({ hasText: 'was changed' }).first()).toContainText('F2 · Noise repair is on.');
});

test('a leaked key is re-issued, and the new one is shown', async ({ page, signedIn, owner, demo }) => {
  const key = await makeKey(owner, demo);
  await activate(demo, key, 'mc-leaked', { FriendlyName: 'Studio B' });
  await signedIn('support');
  await open(page, `/Keys/${key.row.global_id}`);
  await page.getByRole('button', { name: 'Re-issue' }).click();
  const question = page.getByRole('dialog', { name: `Re-issue ${key.row.key}?` });
  await expectAccessible(page);
  await question.getByLabel('Its machines').selectOption('Go over to the new key');
  await question.getByLabel('Reason').fill('Posted in a forum');
  await question.getByRole('button', { name: 'Re-issue licence key' }).click();
  await expect(page.getByText('This is the new key.')).toBeVisible();
  await expect(page).not.toHaveURL(`${demo.url}/Keys/${key.row.global_id}`);
  await expect(page.getByText(key.row.key)).toHaveCount(0);
  await page.getByRole('link', { name: 'Machines' }).click();
  await expect(row(page, 'Studio B')).toBeVisible();

  await open(page, `/Keys/${key.row.global_id}`);
  await expect(page.getByText('A new key replaced it.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Re-issue' })).toHaveCount(0);
  await expect(activate(demo, key, 'mc-leaked')).rejects.toThrow('The key is blocked');
});

test('the licence file is signed by the key pair of the product', async ({ page, signedIn, owner, demo }) => {
  const key = await makeKey(owner, demo, { features: [true, ...Array<boolean>(7).fill(false)] });
  await activate(demo, key, 'mc-offline');
  await signedIn('viewer');
  await open(page, `/Keys/${key.row.global_id}`);
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Licence file' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe(`licence-${key.row.id}.skm`);
  const file = JSON.parse(await textOf(download)) as { licenseKey: string; signature: string; result: number };
  const licence = Buffer.from(file.licenseKey, 'base64');
  const said = JSON.parse(licence.toString()) as { Key: string; F1: boolean; ActivatedMachines: { Mid: string }[] };
  expect(said).toMatchObject({ Key: key.row.key, F1: true, ActivatedMachines: [{ Mid: 'mc-offline' }] });

  const part = (name: string) => new RegExp(`<${name}>(.+)</${name}>`).exec(demo.public_key_xml)![1]!;
  const n = Buffer.from(part('Modulus'), 'base64').toString('base64url');
  const e = Buffer.from(part('Exponent'), 'base64').toString('base64url');
  const pair = createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' });
  expect(verify('sha256', licence, pair, Buffer.from(file.signature, 'base64'))).toBe(true);
});

test('named features of the product are ticked for a key', async ({ page, signedIn, owner, demo }) => {
  const product = demo.products[0]!;
  const rules = `/api/v1/products/${product.id}/licensing`;
  const before = await json<object>(await owner.get(rules));
  const tree = '["basic",["video",["export","crop"]]]';
  await json(await owner.put(rules, { data: { ...before, feature_template: tree } }));
  const key = await makeKey(owner, demo);
  await signedIn('owner');
  await open(page, `/Keys/${key.row.global_id}`);
  const named = card(page, 'Named features');
  await named.getByRole('checkbox', { name: 'export' }).check();
  await expect(named.getByRole('checkbox', { name: 'video' })).toBeChecked();
  await expect(named.getByRole('checkbox', { name: 'crop' })).not.toBeChecked();
  await named.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The named features were saved.')).toBeVisible();
  const query = { ref_type: 2, ref_id: key.row.global_id };
  const { objects } = await json<{ objects: object[] }>(await owner.get('/api/v1/data', { params: query }));
  expect(objects).toMatchObject([{ name: 'cryptolens_features', string_value: '[["video",["export"]]]' }]);
  await expectAccessible(page);
  await json(await owner.put(rules, { data: before }));
});
