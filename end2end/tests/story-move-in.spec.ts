// A vendor moves in from another licensing service: files, a dry run, the import, the token that programs carry,
// and customers who choose a password.
import type { APIRequestContext, Locator } from '@playwright/test';
import { expect, open, test, type Page } from '../support/fixtures.ts';
import { json, newestMessage } from '../support/vendor.ts';

/** An account of one product, one key and one customer, with ids that no other test has. */
function account(base: number) {
  const product = {
    id: base,
    name: `Moved ${base}`,
    creationDate: '2014-01-02T00:00:00',
    description: '',
    featureDefinitions: { f1: { name: 'Export', type: 1 }, blockExpiredLicenses: false },
    dataObjects: [],
  };
  const letters = [...String(base)].map((digit) => String.fromCharCode(65 + Number(digit))).join('');
  const key = {
    productId: base,
    id: 155,
    key: `MOVED-${letters.slice(0, 5)}-${letters.slice(2, 7)}-QWERT`,
    created: '2019-08-14T14:31:30',
    expires: '2090-01-01T00:00:00',
    period: 365,
    f1: true,
    notes: '',
    block: false,
    globalId: base,
    customer: { id: base, name: 'Moved Bob', email: `bob${base}@moved.test`, companyName: '', created: '2019-08-14T14:31:30' },
    activatedMachines: [{ mid: 'desk', ip: '', time: '2019-08-14T17:25:54' }],
    trialActivation: false,
    maxNoOfMachines: 2,
    allowedMachines: '',
    dataObjects: [],
  };
  return { product, key };
}

function file(name: string, content: object) {
  return { name, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(content)) };
}

/** The step with this heading. */
function step(page: Page, name: string): Locator {
  return page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 2, name }) });
}

/** The counts of a kind in a step. */
function counts(within: Locator, kind: string): Locator {
  return within.getByRole('region', { name: 'What came of it' }).getByRole('row', { name: new RegExp(`^${kind}`) });
}

/** Moves a file in over HTTP: the dry run first, as the page does. */
async function moveIn(staff: APIRequestContext, content: ReturnType<typeof file>): Promise<void> {
  await json(await staff.put('/api/v1/move-in/files', { multipart: { file: content } }));
  for (const run of ['dry_run', 'import'] as const) {
    await json(await staff.post('/api/v1/move-in/runs', { data: { dry_run: run === 'dry_run' } }));
    const state = async () => (await json<Runs>(await staff.get('/api/v1/move-in')))[run]?.state;
    await expect.poll(state, { timeout: 30_000 }).toBe('done');
  }
}

type Runs = Record<'dry_run' | 'import', { state: string } | null>;

test('files are looked at, tried and moved in, and what clashes is named', async ({ page, signedIn, owner }) => {
  test.slow();
  const base = 1_000_000 + (Date.now() % 100_000_000);
  const { product, key } = account(base);
  await signedIn('owner');
  await open(page, '/Settings');
  await page.getByRole('link', { name: 'Move in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Move in' })).toBeVisible();

  // A file that is none of these is named and in the way.
  const files = step(page, 'Choose files');
  const input = files.locator('input[type=file]');
  await input.setInputFiles([file('keys.json', { licenseKeys: [key, { ...key, id: 'x' }] }), file('orders.json', { orders: [] })]);
  await expect(files.getByRole('row', { name: /keys\.json/ })).toContainText('2 keys', { timeout: 30_000 });
  await expect(files.getByRole('row', { name: /orders\.json/ })).toContainText('it holds none of the lists');
  const dry = step(page, 'Look at what would come of it');
  await expect(dry.getByRole('button', { name: 'Make a dry run' })).toBeDisabled();
  await files.getByRole('button', { name: 'Remove orders.json' }).click();
  await expect(files.getByRole('row', { name: /orders\.json/ })).toHaveCount(0);

  // Without its product a key is refused, in words.
  await dry.getByRole('button', { name: 'Make a dry run' }).click();
  await expect(dry).toContainText('2 rows are refused and would be left out.', { timeout: 30_000 });
  await expect(dry.getByRole('region', { name: 'Refused rows' })).toContainText(`product ${base} was not moved in`);
  await input.setInputFiles([file('products.json', { products: [product] })]);
  await expect(files.getByRole('row', { name: /products\.json/ })).toContainText('1 product');
  const moving = step(page, 'Move everything in');
  await expect(moving).toContainText('Make a dry run of these files first.');
  await dry.getByRole('button', { name: 'Make a dry run' }).click();
  await expect(dry).toContainText('1 row is refused and would be left out.', { timeout: 30_000 });
  await expect(counts(dry, 'Licence keys')).toHaveText(/Licence keys\s*1\s*0\s*0\s*1/);

  await moving.getByRole('button', { name: 'Move in' }).click();
  await expect(moving).toContainText('Moved in, but for the rows below.', { timeout: 30_000 });
  await expect(counts(moving, 'Products')).toHaveText(/Products\s*1\s*0\s*0\s*0/);
  await files.getByRole('button', { name: 'Remove all' }).click();
  await expect(files).toContainText('No files yet.');

  const customer = await json<{ name: string }>(await owner.get(`/api/v1/customers/${base}`));
  expect(customer.name).toBe('Moved Bob');
});

test('programs and customers go on after moving in', async ({ page, signedIn, demo, owner }) => {
  test.slow();
  const base = 1_000_000 + (Date.now() % 100_000_000);
  const { product, key } = account(base);
  await moveIn(owner, file('all.json', { products: [product], licenseKeys: [key] }));
  await signedIn('owner');
  await open(page, '/MoveIn');
  await expect(step(page, 'Move everything in')).toContainText('Everything was moved in.');

  // The token that programs carry opens this Latchkey, with the key that they have.
  const token = step(page, 'Keep your programs’ access token');
  const secret = Buffer.from(String(base).padStart(30, '7')).toString('base64');
  const wire = Buffer.from(JSON.stringify([String(base), secret])).toString('base64');
  await token.getByLabel('Access token').fill('nonsense');
  await token.getByRole('button', { name: 'Take it over' }).click();
  await expect(token).toContainText('This is no access token.');
  await token.getByLabel('Access token').fill(wire);
  await token.getByRole('button', { name: 'Take it over' }).click();
  await expect(page.getByText(`Token ${base} was taken over.`)).toBeVisible();
  const call = { token: wire, ProductId: base, Key: key.key, MachineCode: 'desk', SignMethod: 1 };
  const answer = await owner.post('/api/key/Activate', { form: call });
  expect(await answer.json()).toMatchObject({ result: 0 });

  // Who has no password here gets a link to choose one.
  const inviting = step(page, 'Invite customers');
  await inviting.getByRole('button', { name: /^Invite \d+ customers?$/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^Invite \d+ customers?$/ }).click();
  await expect(inviting).toContainText('Nobody is waiting for an invitation.');
  const letter = await newestMessage(owner, key.customer.email, 'association');
  expect(letter).toContain(`/Associate?id=${base}&auth=`);

  // What to change, with this Latchkey's own values.
  const programs = step(page, 'Change your programs');
  await expect(programs.getByRole('textbox', { name: 'Address of this Latchkey' })).toHaveValue(demo.url);
  await expect(programs.getByRole('textbox', { name: /^Public key/ }).first()).toHaveValue(/^<RSAKeyValue><Modulus>/);
  await programs.getByLabel('Your programs are written in').selectOption({ label: 'Python' });
  await expect(programs).toContainText(`HelperMethods.server_address = "${demo.url}/api/"`);
  await programs.getByLabel('Your programs are written in').selectOption({ label: 'Go' });
  await expect(programs).toContainText('Address built in');
});

test('a viewer looks and changes nothing', async ({ page, signedIn }) => {
  await signedIn('viewer');
  await open(page, '/MoveIn');
  await expect(page.getByText('You can look at this page.')).toBeVisible();
  for (const name of ['Make a dry run', 'Move in', 'Take it over', 'Choose files']) {
    await expect(page.getByRole('main').getByRole('button', { name })).toHaveCount(0);
  }
});
