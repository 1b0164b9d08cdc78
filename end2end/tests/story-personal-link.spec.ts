// A customer whom staff added by hand opens their personal link; every link that does not work looks the same.
import { addCustomer, customerNow, joinedCustomer, partsOf, somebody } from '../support/customers.ts';
import { expect, open, test, type Page } from '../support/fixtures.ts';
import { card, choose, exactly, fact } from '../support/screen.ts';
import { linkIn, newestMessage } from '../support/vendor.ts';

const terms = { url: 'https://northwind.example/terms', version: 'Spring' };

async function heading(page: Page, title: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
}

test('staff add a customer and send the link; the customer accepts the terms and is in @postgres', async ({
  page: staff,
  signedIn,
  another,
  context,
  owner,
  request,
  terms: setTerms,
  demo,
}) => {
  const { name, email, password } = somebody('Paula');
  await setTerms(terms.url, terms.version);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await signedIn('support');

  const link = await test.step('add by hand, copy and send the link', async () => {
    await open(staff, '/Dashboard');
    await choose(staff, 'Customers');
    await staff.getByRole('link', { name: 'Add customer' }).click();
    await staff.getByLabel('Name', { exact: true }).fill(name);
    await staff.getByLabel(/^E-mail/).fill(email);
    await staff.getByRole('checkbox', { name: 'Enable customer association' }).check();
    await staff.getByRole('button', { name: 'Add customer' }).click();
    await heading(staff, name);
    await expect(card(staff, 'Association link')).toContainText('Not used yet');
    const field = staff.getByRole('textbox', { name: 'Personal link' });
    await expect(field).toHaveValue(/\/Portal\/@northwind\.example\/Associate\?id=\d+&auth=[\w-]{20,}$/);
    const link = await field.inputValue();
    await staff.getByRole('button', { name: 'Copy Personal link' }).click();
    await expect(staff.getByText('Copied').first()).toBeVisible();
    expect(await staff.evaluate(() => navigator.clipboard.readText())).toBe(link);
    await card(staff, 'Association link').getByText('QR code', { exact: true }).click();
    await expect(staff.getByRole('img', { name: 'QR code of the personal link' })).toBeVisible();

    await card(staff, 'Association link').getByRole('button', { name: 'Send' }).click();
    await expect(staff.getByText('The link is on its way.')).toBeVisible();
    await expect(fact(card(staff, 'Association link'), 'Sent')).toBeVisible();
    expect(linkIn(await newestMessage(owner, email, 'association'))).toBe(link);
    return link;
  });

  const { id } = partsOf(link);
  await test.step('fetching it changes nothing', async () => {
    for (const method of ['GET', 'HEAD', 'GET']) expect((await request.fetch(link, { method })).ok(), method).toBe(true);
    const looked = await request.post('/api/v1/portal/invitation', { data: partsOf(link) });
    expect(await looked.json()).toMatchObject({ kind: 'personal', customer: name, email });
    expect(looked.headers()['set-cookie']).toBeUndefined();
    expect((await customerNow(owner, id!)).association).toMatchObject({ state: 'open', used: null });
  });

  const customer = await another();
  await test.step('the customer chooses a password', async () => {
    await open(customer, link);
    await heading(customer, 'Create your account at Northwind Audio');
    await expect(customer).toHaveURL(/\/Associate$/);
    await expect(customer.getByText(`invites you to manage the licences and invoices of ${name}.`)).toBeVisible();
    await expect(customer.getByLabel('E-mail')).toHaveValue(email);
    await expect(customer.getByLabel('E-mail')).not.toBeEditable();
    await customer.getByLabel('Your name').fill(name);
    await customer.getByLabel('Password', { exact: true }).fill(password);
    await customer.getByRole('checkbox', { name: /^I accept the terms of use/ }).check();
    await customer.getByRole('button', { name: 'Create account' }).click();
    await heading(customer, `Hello ${name}`);
    await expect(customer).toHaveURL(`${demo.url}/Portal`);
  });

  await test.step('staff see whether, when and by whom', async () => {
    await staff.reload();
    const association = card(staff, 'Association link');
    await expect(fact(association, 'Used by')).toHaveText(email);
    await expect(fact(association, 'Used')).toHaveText(/now|minute/);
    await expect(association.getByText('Used', { exact: true }).first()).toBeVisible();
    await expect(association.getByText('Not used yet')).toHaveCount(0);
    await expect(staff.getByRole('textbox', { name: 'Personal link' })).toHaveCount(0);
    await expect(card(staff, 'Sign-ins')).toContainText(email);
    await expect(card(staff, 'Terms of use')).toContainText('Accepted the version in force');
    await staff.getByRole('link', { name: 'Terms', exact: true }).click();
    await expect(staff.getByRole('row').nth(1)).toContainText(terms.version);
  });
});

test('used, replaced, revoked, wrong or another domain’s: one page that gives nothing away', async ({ page, signedIn, another, owner }) => {
  const stranger = await another();
  const looks = new Map<string, string>();
  const look = async (what: string, link: string) => {
    await open(stranger, link);
    await heading(stranger, 'This link cannot be used');
    await expect(stranger, what).toHaveURL(/\/Associate$/);
    await expect(stranger, what).toHaveTitle('This link cannot be used · Latchkey');
    await expect(stranger.getByText('Northwind'), what).toHaveCount(0);
    looks.set(what, await stranger.locator('body').innerText());
  };

  const customer = await addCustomer(owner, somebody('Quentin'));
  const other = await addCustomer(owner, somebody('Rosa'));
  const first = customer.association.url!;
  const wrong = (change: (address: URL) => void) => {
    const address = new URL(first);
    change(address);
    return address.href;
  };
  await look('wrong code', wrong((address) => address.searchParams.set('auth', 'A'.repeat(27))));
  await look('no code', wrong((address) => address.searchParams.delete('auth')));
  await look('another customer', wrong((address) => address.searchParams.set('id', String(other.id))));
  await look('no such customer', wrong((address) => address.searchParams.set('id', '999999999')));
  await look('both kinds at once', wrong((address) => address.searchParams.set('vid', '1')));
  await look('another domain', wrong((address) => (address.pathname = address.pathname.replace('northwind', 'southwind'))));

  await signedIn('owner');
  await open(page, `/Customers/${customer.id}`);
  const association = card(page, 'Association link');
  const field = page.getByRole('textbox', { name: 'Personal link' });

  await association.getByRole('button', { name: 'Renew' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Renew' }).click();
  await expect(page.getByText('There is a new link; the old one no longer works.')).toBeVisible();
  await expect(field).not.toHaveValue(first);
  await look('renewed', first);
  const second = await field.inputValue();

  await association.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('The link no longer works.', { exact: true })).toBeVisible();
  await expect(association.getByText('Revoked')).toBeVisible();
  await expect(field).toHaveCount(0);
  await look('revoked', second);

  await association.getByRole('button', { name: 'Renew' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Renew' }).click();
  await expect(association.getByText('Not used yet')).toBeVisible();
  await open(stranger, await field.inputValue());
  await heading(stranger, 'Create your account at Northwind Audio');

  const gone = await joinedCustomer(owner, stranger.context().request, somebody('Sven'));
  await stranger.context().clearCookies();
  await look('used', gone.association.url!);

  expect(new Set(looks.values()).size, [...looks].map(([what, text]) => `${what}: ${text}`).join('\n')).toBe(1);
});

test('somebody signed in confirms, and chooses between customers afterwards', async ({ page, context, owner, demo }) => {
  const person = somebody('Ursula');
  const own = await joinedCustomer(owner, context.request, person);
  const second = await addCustomer(owner, somebody('Viktoria'));

  await open(page, second.association.url!);
  await heading(page, 'Attach to your account?');
  await expect(fact(page, 'Customer')).toHaveText(second.name);
  await expect(fact(page, 'Your account')).toHaveText(person.email);
  expect((await customerNow(owner, second.id)).association.state, 'opening it changed nothing').toBe('open');
  await page.getByRole('button', { name: 'Attach to this account' }).click();
  await expect(page.getByText(`${second.name} now belongs to your account.`)).toBeVisible();
  await expect(page).toHaveURL(`${demo.url}/Portal`);
  expect((await customerNow(owner, second.id)).association).toMatchObject({ state: 'used', used: { by: person.email } });

  const switcher = page.getByRole('combobox', { name: 'Customer' });
  await expect(switcher).toHaveValue(String(second.id));
  await expect(switcher.getByRole('option')).toHaveText([own.name, second.name].map(exactly));
  await switcher.selectOption(own.name);
  await choose(page, 'Account');
  await expect(fact(page, 'Customer number')).toHaveText(exactly(String(own.id)));
  await page.getByRole('radio', { name: second.name }).check();
  await page.getByRole('button', { name: 'Switch', exact: true }).click();
  await expect(fact(page, 'Customer number')).toHaveText(exactly(String(second.id)));
  await page.reload();
  await expect(fact(page, 'Customer number'), 'the choice is kept').toHaveText(exactly(String(second.id)));

  await open(page, second.association.url!);
  await heading(page, 'You are in already');
});

test('an account that exists signs in first, then confirms', async ({ page, context, owner }) => {
  const person = somebody('Wanda');
  await joinedCustomer(owner, context.request, person);
  await context.clearCookies();
  const second = await addCustomer(owner, somebody('Xaver'));

  await open(page, second.association.url!);
  await page.getByRole('button', { name: 'Sign in instead' }).click();
  await heading(page, 'Sign in to go on');
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await heading(page, 'Attach to your account?');
  await page.getByRole('button', { name: 'Attach to this account' }).click();
  await expect(page.getByRole('combobox', { name: 'Customer' })).toHaveValue(String(second.id));
});

test('a customer without an address proves one', async ({ page, owner }) => {
  const { name, email, password } = somebody('Yvonne');
  const customer = await addCustomer(owner, { name, email: '', password });
  await open(page, customer.association.url!);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await heading(page, 'Enter the six digits');
  expect((await customerNow(owner, customer.id)).association.state, 'not before the address is proved').toBe('open');
  const [digits] = /\b\d{6}\b/.exec(await newestMessage(owner, email, 'email_proof')) ?? [];
  await page.getByLabel('Six digits').fill(digits!);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await heading(page, `Hello ${name}`);
  expect((await customerNow(owner, customer.id)).association).toMatchObject({ state: 'used', used: { by: email } });
});
