// Staff make many keys from a template of their own, and block and extend them in one go.
import { randomUUID } from 'node:crypto';
import { expect, expectAccessible, open, test, type Page } from '../support/fixtures.ts';
import { keyNow, makeKey, textOf } from '../support/keys.ts';
import { row } from '../support/screen.ts';
import { json } from '../support/vendor.ts';

const anyKey = /[A-Z]{5}(-[A-Z]{5}){3}/;

/** Ticks the first row, then all that match. */
async function tickAll(page: Page, count: number): Promise<void> {
  await page.getByRole('checkbox', { name: /^Select row [A-Z]{5}-/ }).first().check();
  await page.getByRole('button', { name: `Select all ${count} that match` }).click();
  await expect(page.getByText(`All ${count} that match are selected`)).toBeVisible();
  await expect(page.getByRole('checkbox', { name: /^Select row /, checked: false })).toHaveCount(0);
}

test('keys are made from a template, and all of them are in a file', async ({ page, signedIn, owner, demo }) => {
  const product = demo.products[0]!;
  const name = `Classroom ${randomUUID()}`;
  await signedIn('owner');
  await open(page, `/Products/${product.id}/templates`);
  await page.getByRole('button', { name: 'New template' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Valid for').fill('45');
  await dialog.getByLabel('Machines at most').fill('3');
  await dialog.getByRole('checkbox', { name: 'F2 · Noise repair' }).check();
  const preview = dialog.getByRole('group', { name: 'A key made from this template' });
  for (const words of ['45 days', '3 machines', 'F2 · Noise repair']) await expect(preview).toContainText(words);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(`“${name}” was saved.`)).toBeVisible();
  await expect(row(page, name)).toContainText('45 days');

  await row(page, name).getByRole('link', { name: 'Make keys' }).click();
  await expect(page.getByLabel('Valid for')).toHaveValue('45');
  await page.getByLabel('How many').fill('12');
  await page.getByRole('button', { name: 'Create licence keys' }).click();
  await expect(page.getByText('12 licence keys were created.')).toBeVisible();
  let downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download as CSV' }).click();
  const made = (await textOf(await downloading)).trim().split('\r\n');
  expect(made).toHaveLength(13);
  expect(made[1]).toMatch(anyKey);
  const globalId = Number(made[1]!.split(',')[3]);
  const key = await keyNow(owner, globalId);
  expect(key.features[1]).toBe(true);

  await page.getByRole('link', { name: 'Show them in the list' }).click();
  await expect(page.getByText('12 in all')).toBeVisible();
  downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export CSV' }).click();
  expect((await textOf(await downloading)).trim().split('\r\n')).toHaveLength(13);
});

test('many keys are blocked, unblocked and extended at once, and what became of them is said', async ({ page, signedIn, owner, demo }) => {
  const product = demo.products[0]!;
  const notes = `course ${randomUUID()}`;
  const key = { customer: null, period_days: 45, features: Array<boolean>(8).fill(false), max_machines: 3, trial_activation: false, notes };
  const made = await json<{ keys: { global_id: number; expires: string }[] }>(
    await owner.post(`/api/v1/products/${product.id}/keys/bulk`, { data: { count: 12, key } }),
  );
  const [first] = made.keys;
  await signedIn('owner');
  await open(page, `/Products/${product.id}/keys?filter=${encodeURIComponent(`notes = "${notes}"`)}`);
  await tickAll(page, 12);
  await page.getByRole('button', { name: 'Block', exact: true }).click();
  const block = page.getByRole('dialog', { name: 'Block 12 licence keys?' });
  await expect(block.getByText('Programs that use these keys are refused from now on')).toBeVisible();
  await block.getByRole('button', { name: 'Block 12 licence keys' }).click();
  await expect(block.getByLabel('Reason')).toHaveAttribute('aria-invalid', 'true');
  await block.getByLabel('Reason').fill('The course was called off');
  await block.getByRole('button', { name: 'Block 12 licence keys' }).click();
  await expect(page.getByText('12 licence keys were blocked.')).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('cell', { name: 'Blocked' })).toHaveCount(12);

  await tickAll(page, 12);
  await page.getByRole('button', { name: 'Block', exact: true }).click();
  await block.getByLabel('Reason').fill('Again');
  await block.getByRole('button', { name: 'Block 12 licence keys' }).click();
  await expect(page.getByText('No key was changed.')).toBeVisible();
  await expect(page.getByText('12 skipped: It is blocked already.')).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();

  await tickAll(page, 12);
  await page.getByRole('button', { name: 'Unblock' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Unblock 12 licence keys' }).click();
  await expect(page.getByText('12 licence keys were unblocked.')).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('cell', { name: 'Blocked' })).toHaveCount(0);

  await tickAll(page, 12);
  await page.getByRole('button', { name: 'Extend' }).click();
  const extend = page.getByRole('dialog', { name: 'Extend 12 licence keys' });
  await extend.getByLabel('How many days').fill('10');
  await extend.getByLabel('Reason').fill('Moved to May');
  await extend.getByRole('button', { name: 'Extend 12 licence keys' }).click();
  await expect(page.getByText('12 licence keys were extended.')).toBeVisible();
  const days = (Date.parse((await keyNow(owner, first!.global_id)).row.expires!) - Date.parse(first!.expires)) / 86_400_000;
  expect(Math.round(days)).toBe(10);
});

test('keys that cannot be extended are named, and ticked ones only are changed', async ({ page, signedIn, owner, demo }) => {
  const [short, forever, other] = [
    await makeKey(owner, demo, { notes: 'bulk-extend' }),
    await makeKey(owner, demo, { period_days: 0, notes: 'bulk-extend' }),
    await makeKey(owner, demo, { notes: 'bulk-extend' }),
  ];
  await signedIn('support');
  await open(page, '/Keys?filter=notes%20%3D%20%22bulk-extend%22');
  for (const { row: { key } } of [short, forever]) await page.getByRole('checkbox', { name: `Select row ${key}` }).check();
  await expect(page.getByText('2 selected')).toBeVisible();
  await page.getByRole('button', { name: 'Extend' }).click();
  const dialog = page.getByRole('dialog', { name: 'Extend 2 licence keys' });
  await dialog.getByRole('radio', { name: /^To a day/ }).check();
  await dialog.getByLabel('Valid until the end of').fill('2031-03-31');
  await dialog.getByLabel('Reason').fill('Contract to 2031');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Extend 2 licence keys' }).click();
  await expect(page.getByText('1 licence key was extended.')).toBeVisible();
  await expect(page.getByText('1 skipped: It lasts until then anyway.')).toBeVisible();
  await expect(page.getByRole('dialog').getByText(forever.row.key)).toBeVisible();
  expect((await keyNow(owner, short.row.global_id)).row.expires).toMatch(/^2031-0[34]/);
  expect((await keyNow(owner, other.row.global_id)).row.expires).toBe(other.row.expires);
});

test('from the list of all keys, the product comes first', async ({ page, signedIn, demo }) => {
  await signedIn('support');
  await open(page, '/Keys');
  await page.getByRole('button', { name: 'New licence keys' }).click();
  await page.getByRole('dialog', { name: 'For which product?' }).getByRole('link', { name: demo.products[1]!.name }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'New licence key' })).toBeVisible();
  await page.getByLabel('How many').fill('0');
  await page.getByRole('button', { name: 'Create licence key' }).click();
  await expect(page.getByLabel('How many')).toHaveAttribute('aria-invalid', 'true');
});

test('who may only read keys sees no check boxes, and may export', async ({ page, signedIn }) => {
  await signedIn('viewer');
  await open(page, '/Keys');
  await expect(page.getByRole('link', { name: 'Export CSV' })).toBeVisible();
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await expect(page.getByRole('checkbox')).toHaveCount(0);
});

test('what a product says about its licences is kept', async ({ page, signedIn, demo, owner }) => {
  const product = demo.products[1]!;
  await signedIn('owner');
  await open(page, `/Products/${product.id}/licensing`);
  await page.getByRole('checkbox', { name: 'Extending a key also unblocks it' }).check();
  await page.getByRole('checkbox', { name: 'Remind customers before a key expires' }).check();
  await page.getByLabel('Days before the expiry').fill('soon');
  await page.getByLabel('Features that a key can have').fill('basic\nvideo\n  export\n  crop');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByLabel('Days before the expiry')).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('Days before the expiry').fill('14, 1');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('What the product says about its licences was saved.')).toBeVisible();
  const said = (await (await owner.get(`/api/v1/products/${product.id}/licensing`)).json()) as object;
  expect(said).toMatchObject({
    extending_unblocks: true,
    reminder_days: '14, 1',
    feature_template: '["basic",["video",["export","crop"]]]',
  });
  await page.reload();
  await expect(page.getByLabel('Features that a key can have')).toHaveValue('basic\nvideo\n  export\n  crop');
});
