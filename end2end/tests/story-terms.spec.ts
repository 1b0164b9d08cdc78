// The vendor's terms of use: set on either of two pages, asked for at the next visit, enforced by the server.
import { joinedCustomer, somebody } from '../support/customers.ts';
import { expect, open, test, type Page } from '../support/fixtures.ts';
import { card, expectError, fact, row } from '../support/screen.ts';
import { newestMessage, setTerms, signUpLink } from '../support/vendor.ts';

const object = 'cryptolens_customtosurl';
const address = 'https://northwind.example/terms';

// Two of these set terms by hand.
test.afterEach(async ({ owner }) => setTerms(owner, { url: '', version: '' }));

async function heading(page: Page, title: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
}

/** Sets the terms on the settings page, where changed ones are asked about. */
async function setOnSettings(page: Page, url: string, version: string): Promise<void> {
  await open(page, '/Settings/terms');
  await page.getByLabel(/^Address/).fill(url);
  await page.getByLabel(/^Version label/).fill(version);
  await page.getByRole('button', { name: 'Save terms' }).click();
  await page.getByRole('dialog').getByRole('button').last().click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** What the portal's API says to the customer of this page. */
async function api(page: Page, path: string): Promise<{ status: number; code?: string }> {
  const answer = await page.context().request.get(`/api/v1/portal/${path}`);
  return { status: answer.status(), code: (await answer.json()).error?.code };
}

test('staff set them as a data object, and the settings page shows the same', async ({ page, signedIn, owner }) => {
  await signedIn('owner');
  await open(page, '/Data?refType=0');
  await page.getByRole('button', { name: 'Set terms of use' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Name', { exact: true })).toHaveValue(object);
  const field = dialog.getByLabel(/^Address of your terms of use/);
  for (const [wrong, message] of [
    ['http://northwind.example/terms', 'The address must begin with https://.'],
    ['javascript:alert(1)', 'The address must begin with https://.'],
    ['https://northwind.example@evil.example/', 'The address must not contain a user name or password.'],
    ['', 'Enter the address of your terms of use.'],
  ] as const) {
    await field.fill(wrong);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expectError(field, message);
  }
  await field.fill(address);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(`${object} was added.`)).toBeVisible();
  await expect(row(page, object)).toContainText(address);

  await open(page, '/Settings/terms');
  await expect(fact(page, 'In force')).toContainText(address);
  await expect(fact(page, 'Version label'), 'a new address gets its day').toHaveText(/^\d{4}-\d{2}-\d{2}$/);
  const url = page.getByLabel(/^Address/);
  await url.fill('http://northwind.example/terms');
  await page.getByRole('button', { name: 'Save terms' }).click();
  await expectError(url, 'The address must begin with https://.');
  await expect(url, 'what was typed stays').toHaveValue('http://northwind.example/terms');
  const http = { url: 'http://northwind.example/terms', version: '' };
  const refused = await owner.put('/api/v1/settings/terms', { data: http });
  expect(refused.status(), 'the server says so too').toBe(422);
  expect((await refused.json()).error.fields).toHaveProperty('url');

  await setOnSettings(page, `${address}/2`, 'Two');
  await expect(page.getByText('The terms were saved.')).toBeVisible();
  await open(page, '/Data?refType=0');
  await expect(row(page, object)).toContainText(`${address}/2`);
  await page.getByRole('button', { name: `Remove ${object}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove data object' }).click();
  await expect(page.getByText(`${object} was removed.`)).toBeVisible();
  await open(page, '/Settings/terms');
  await expect(page.getByText('No terms are set, so customers are not asked to accept any.')).toBeVisible();
});

test('whoever may not change settings may not touch reserved names', async ({ page, signedIn, sessions, terms }) => {
  await terms(address, 'One');
  await signedIn('support');
  await open(page, '/Data?refType=0');
  await expect(row(page, object)).toContainText(address);
  await expect(page.getByRole('button', { name: `Edit ${object}` })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Set terms of use' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Add data object' }).click();
  const name = page.getByRole('dialog').getByLabel('Name', { exact: true });
  await name.fill('Cryptolens_anything');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expectError(name, 'This name is reserved. Ask an owner or admin to set it.');

  const form = { ref_type: 'vendor', ref_id: 1, name: 'cryptolens_anything', string_value: '', int_value: 0 };
  const answer = await (await sessions('support')).post('/api/v1/data', { data: form });
  expect(answer.status(), 'the server says so too').toBe(403);
});

test('a change is asked about at the next visit, and until then the portal stays closed', async ({ page: customer, context, owner, another, sessions }) => {
  const person = somebody('Zelda');
  const { id } = await joinedCustomer(owner, context.request, person);
  await open(customer, '/Portal/Licences');
  await heading(customer, 'Licences');
  expect(await api(customer, 'home'), 'no terms, no step').toEqual({ status: 200 });

  const staff = await another();
  await staff.context().addCookies((await (await sessions('owner')).storageState()).cookies);
  await test.step('terms are set: asked at the next visit, or by the page that is open', async () => {
    await setOnSettings(staff, address, 'One');
    for (const path of ['home', 'plans', 'licences', 'billing', 'account']) {
      expect(await api(customer, path), path).toEqual({ status: 403, code: 'terms_required' });
    }
    await heading(customer, 'New terms of use');
    await expect(customer.getByText('version One.')).toBeVisible();
    await expect(customer.getByRole('link', { name: /^Read the terms of use/ })).toHaveAttribute('href', address);
    await open(customer, '/Portal/Billing');
    await heading(customer, 'New terms of use');
    const accept = customer.getByRole('checkbox', { name: 'I have read and accept the terms of use.' });
    await customer.getByRole('button', { name: 'Accept and go on' }).click();
    await expectError(accept, 'Tick the box to accept the terms of use.');
    await accept.check();
    await customer.getByRole('button', { name: 'Accept and go on' }).click();
    await heading(customer, 'Billing');
    expect(await api(customer, 'home')).toEqual({ status: 200 });
  });

  await test.step('the acceptance is shown on the customer', async () => {
    await open(staff, `/Customers/${id}/terms`);
    const accepted = row(staff, person.email);
    await expect(accepted).toContainText('One');
    await expect(accepted).toContainText('In force');
    await expect(accepted.getByRole('link', { name: /^One/ })).toHaveAttribute('href', address);
    await expect(card(staff, 'Terms of use')).toContainText('Accepted the version in force');
    const { acceptances } = await (await owner.get(`/api/v1/customers/${id}`)).json();
    expect(acceptances).toMatchObject([
      { user_email: person.email, scope: 'vendor', url: address, version: 'One', ip: '127.0.0.1', current: true },
    ]);
    expect(acceptances[0].user_agent).toContain('Chrome');
  });

  await test.step('a changed version is asked about again, and a changed address', async () => {
    await setOnSettings(staff, address, 'Two');
    expect(await api(customer, 'home')).toEqual({ status: 403, code: 'terms_required' });
    await open(staff, `/Customers/${id}`);
    await expect(card(staff, 'Terms of use')).toContainText('Accepted an earlier version');
    await open(customer, '/Portal');
    await customer.getByRole('checkbox', { name: 'I have read and accept the terms of use.' }).check();

    // They change once more while the page is open: what was not read is not accepted.
    await setOnSettings(staff, `${address}/new`, 'Three');
    await customer.getByRole('button', { name: 'Accept and go on' }).click();
    await expect(customer.getByText('The terms of use have changed while this page was open.')).toBeVisible();
    await expect(customer.getByText('version Three.')).toBeVisible();
    expect(await api(customer, 'home')).toEqual({ status: 403, code: 'terms_required' });
    await customer.getByRole('checkbox', { name: 'I have read and accept the terms of use.' }).check();
    await customer.getByRole('button', { name: 'Accept and go on' }).click();
    await heading(customer, `Hello ${person.name}`);
  });

  await test.step('removed: nobody is asked', async () => {
    await setOnSettings(staff, '', '');
    await expect(staff.getByText('The terms were removed.')).toBeVisible();
    await open(customer, '/Portal/Plans');
    await heading(customer, 'Plans');
  });
});

test('without terms a newcomer is not asked for any', async ({ page, owner }) => {
  const { name, email, password } = somebody('Anna');
  await open(page, await signUpLink(owner));
  await expect(page.getByRole('button', { name: 'Create account' })).toBeVisible();
  await expect(page.getByRole('checkbox')).toHaveCount(0);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
  const digits = page.getByLabel('Six digits');
  await expect(digits).toBeFocused();
  await digits.fill(/\b\d{6}\b/.exec(await newestMessage(owner, email, 'email_proof'))![0]);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await heading(page, `Hello ${name}`);
});
