// A vendor moves in from another licensing service: files, a dry run, the import, the token that programs carry,
// and customers who choose a password.
import { expect, open, test } from '../support/fixtures.ts';
import { newestMessage } from '../support/vendor.ts';

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

test('a vendor takes everything along, and programs and customers go on', async ({ page, signedIn, demo, owner }) => {
  const base = 1_000_000 + (Date.now() % 100_000_000);
  const { product, key } = account(base);
  await signedIn('owner');
  await open(page, '/Settings');
  await page.getByRole('link', { name: 'Move in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Move in' })).toBeVisible();
  const step = (name: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 2, name }) });

  // A file that is none of these is named and in the way.
  const files = step('Choose files');
  const input = files.locator('input[type=file]');
  await input.setInputFiles([file('keys.json', { licenseKeys: [key, { ...key, id: 'x' }] }), file('orders.json', { orders: [] })]);
  await expect(files.getByRole('row', { name: /keys\.json/ })).toContainText('2 keys');
  await expect(files.getByRole('row', { name: /orders\.json/ })).toContainText('it holds none of the lists');
  const dry = step('Look at what would come of it');
  await expect(dry.getByRole('button', { name: 'Make a dry run' })).toBeDisabled();
  await files.getByRole('button', { name: 'Remove orders.json' }).click();
  await expect(files.getByRole('row', { name: /orders\.json/ })).toHaveCount(0);

  // Without its product a key is refused, in words.
  await dry.getByRole('button', { name: 'Make a dry run' }).click();
  await expect(dry).toContainText('2 rows are refused and would be left out.');
  await expect(dry.getByRole('region', { name: 'Refused rows' })).toContainText(`product ${base} was not moved in`);
  await input.setInputFiles([file('products.json', { products: [product] })]);
  await expect(files.getByRole('row', { name: /products\.json/ })).toContainText('1 product');
  const moving = step('Move everything in');
  await expect(moving).toContainText('Make a dry run of these files first.');
  await dry.getByRole('button', { name: 'Make a dry run' }).click();
  await expect(dry).toContainText('1 row is refused and would be left out.');
  await expect(dry.getByRole('row', { name: /Licence keys/ })).toHaveText(/Licence keys\s*1\s*0\s*0\s*1/);

  await moving.getByRole('button', { name: 'Move in' }).click();
  await expect(moving).toContainText('Moved in, but for the rows below.');
  await expect(moving.getByRole('row', { name: /^Products/ })).toHaveText(/Products\s*1\s*0\s*0\s*0/);
  await files.getByRole('button', { name: 'Remove all' }).click();
  await expect(files).toContainText('No files yet.');

  // The token that programs carry opens this Latchkey, with the key that they have.
  const token = step('Keep your programs’ access token');
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
  const inviting = step('Invite customers');
  await inviting.getByRole('button', { name: /^Invite \d+ customers?$/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^Invite \d+ customers?$/ }).click();
  await expect(inviting).toContainText('Nobody is waiting for an invitation.');
  const letter = await newestMessage(owner, key.customer.email, 'association');
  expect(letter).toContain(`/Associate?id=${base}&auth=`);

  // What to change, with this Latchkey's own values.
  const programs = step('Change your programs');
  await expect(programs.getByLabel('Address of this Latchkey')).toHaveValue(demo.url);
  await expect(programs.getByLabel(/^Public key/).first()).toHaveValue(/^<RSAKeyValue><Modulus>/);
  await programs.getByLabel('Your programs are written in').selectOption({ label: 'Python' });
  await expect(programs).toContainText(`HelperMethods.server_address = "${demo.url}/api/"`);
  await programs.getByLabel('Your programs are written in').selectOption({ label: 'Go' });
  await expect(programs).toContainText('Address built in');

  await open(page, `/Customers/${base}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Moved Bob' })).toBeVisible();
});

test('a viewer looks and changes nothing', async ({ page, signedIn }) => {
  await signedIn('viewer');
  await open(page, '/MoveIn');
  await expect(page.getByText('You can look at this page.')).toBeVisible();
  for (const name of ['Make a dry run', 'Move in', 'Take it over', 'Choose files']) {
    await expect(page.getByRole('main').getByRole('button', { name })).toHaveCount(0);
  }
});
