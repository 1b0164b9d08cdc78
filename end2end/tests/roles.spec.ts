// Who may do what, as far as it is seen; getting in again without the password; where one is signed in.
import { joinedCustomer, somebody } from '../support/customers.ts';
import { expect, open, ready, test, type Page } from '../support/fixtures.ts';
import { card, row } from '../support/screen.ts';
import { invite, joinedColleague } from '../support/staff.ts';
import { json, linkIn, newestMessage } from '../support/vendor.ts';

const forbidden = 'You do not have access to this';

interface Ids {
  items: { id: number; global_id: number }[];
}

/** The page stands, and has none of these buttons, links, switches and menus. */
async function expectNone(page: Page, path: string, names: (string | RegExp)[]): Promise<void> {
  await open(page, path);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  const main = page.getByRole('main');
  for (const name of names) {
    for (const role of ['button', 'link', 'switch'] as const) {
      const found = main.getByRole(role, { name, exact: typeof name === 'string', disabled: false });
      await expect(found, `${path}: ${role} ${name}`).toHaveCount(0);
    }
  }
}

async function expectForbidden(page: Page, path: string): Promise<void> {
  await open(page, path);
  await expect(page.getByRole('heading', { level: 1, name: forbidden }), path).toBeVisible();
  await expect(page.getByText('Your role does not include this page. Ask an owner or admin if you need it.')).toBeVisible();
  await expect(page.getByRole('main').getByText(forbidden), 'said once').toHaveCount(1);
  await expect(page.getByRole('main').getByRole('link', { name: 'Go to Dashboard' })).toHaveAttribute('href', '/Dashboard');
}

test('a viewer sees everything and is offered nothing to change', async ({ page, signedIn, owner, demo }) => {
  const [customer] = (await json<Ids>(await owner.get('/api/v1/customers?limit=1'))).items;
  const [key] = (await json<Ids>(await owner.get('/api/v1/keys?limit=1'))).items;
  const [subscription] = (await json<Ids>(await owner.get('/api/v1/subscriptions?limit=1'))).items;
  const product = demo.products[0]!.id;
  await signedIn('viewer');

  await expectNone(page, '/Customers', [/Add/]);
  await expectNone(page, `/Customers/${customer!.id}`, ['Edit', 'Message', 'More actions', 'Renew', 'Revoke', 'Send', /Enable/]);
  await expectNone(page, '/Customer/SignUpLink', [/new link/, /^Copy/, /Let people sign up/]);
  await expect(page.getByText('Your role does not show the link itself.')).toBeVisible();
  await expectNone(page, '/Products', [/New/]);
  await expectNone(page, `/Products/${product}`, [/New/]);
  await expectNone(page, `/Products/${product}/settings`, [/Save/]);
  await expectNone(page, `/Keys/${key!.global_id}`, [/Block/i, /Save/, /Associate/, /Change customer/, 'Take away', /^F\d/]);
  await expectNone(page, `/Subscriptions/${subscription!.id}`, ['Read from Stripe again']);
  await expectNone(page, '/Data?refType=0', [/Add/, /Set terms/, /^Edit/, /^Remove/]);
  await expectNone(page, '/Stripe', [/Connect/, /Change key/, /Disconnect/, /Read the catalogue/, /Set up/]);
  await expectNone(page, '/Settings/company', [/Save/, /Remove/]);
  await expect(page.getByText('You can see the settings. Changing them needs an owner or admin.')).toBeVisible();
  await expectNone(page, '/Settings/mail', [/Save/, /test message/]);
  await expectNone(page, '/Staff', [/Invite/, /Actions/]);

  for (const path of ['/Customers/New', '/Products/New', `/Products/${product}/Keys/New`, '/Stripe/Connect']) {
    await expectForbidden(page, path);
  }

  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Search' });
  await expect(palette.getByRole('group', { name: 'Pages' })).toBeVisible();
  await expect(palette.getByRole('group', { name: 'Actions' })).toHaveCount(0);
});

test('what lets people in is not shown to a viewer', async ({ page, signedIn, owner }) => {
  const newcomer = somebody('Klaus');
  await invite(owner, newcomer, 'support');
  await signedIn('viewer');
  await open(page, '/Communications');
  await row(page, newcomer.email).getByRole('link').first().click();
  await expect(page.getByText(forbidden)).toBeVisible();
  await expect(page.getByText('/Staff/Welcome')).toHaveCount(0);
});

test('support works with customers and keys, and leaves products, settings and staff alone', async ({ page, signedIn, owner, demo }) => {
  const [customer] = (await json<Ids>(await owner.get('/api/v1/customers?limit=1'))).items;
  const product = demo.products[0]!.id;
  await signedIn('support');
  await open(page, '/Customers');
  await expect(page.getByRole('link', { name: 'Add customer' })).toBeVisible();
  await open(page, `/Customers/${customer!.id}`);
  await expect(page.getByRole('link', { name: 'Edit' }).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'More actions' })).toBeVisible();
  await open(page, `/Products/${product}`);
  await expect(page.getByRole('link', { name: 'New licence key' })).toBeVisible();

  await expectNone(page, '/Products', [/New product/]);
  await expectNone(page, `/Products/${product}/settings`, [/Save/]);
  await expectNone(page, '/Stripe', [/Connect/, /Change key/, /Disconnect/, /Set up/]);
  await expectNone(page, '/Settings/terms', [/Save/]);
  await expectNone(page, '/Staff', [/Invite/, /Actions/]);
  for (const path of ['/Products/New', '/Stripe/Connect']) await expectForbidden(page, path);
});

test('an admin manages everything but the staff', async ({ page, signedIn }) => {
  await signedIn('admin');
  await open(page, '/Settings/company');
  await expect(page.getByRole('button', { name: 'Save' })).toBeVisible();
  await open(page, '/Stripe');
  await expect(page.getByRole('button', { name: 'Disconnect' })).toBeVisible();
  await expectNone(page, '/Staff', [/Invite/, /Actions/]);
});

test('a colleague is invited, forgets the password and sets a new one by e-mail', async ({ page, another, signedIn, owner, demo }) => {
  const { name, email, password } = somebody('Lotte');
  await signedIn('owner');
  await open(page, '/Staff');
  await page.getByRole('button', { name: 'Invite someone' }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite someone' });
  await dialog.getByLabel('Name', { exact: true }).fill(name);
  await dialog.getByLabel('E-mail').fill(email);
  await dialog.getByRole('radio', { name: /^Viewer/ }).check();
  await dialog.getByRole('button', { name: 'Invite', exact: true }).click();
  const link = await page.getByRole('dialog', { name: 'Invitation ready' }).getByRole('textbox', { name: 'Invitation link' }).inputValue();
  expect(linkIn(await newestMessage(owner, email, 'staff_invitation'))).toBe(link);

  const colleague = await another();
  await open(colleague, link);
  await expect(colleague, 'the code has left the address bar').toHaveURL(`${demo.url}/Staff/Welcome`);
  await expect(colleague.getByText('You are invited to work with Northwind Audio. Your role: Viewer.')).toBeVisible();
  await expect(colleague.getByLabel('E-mail')).toHaveValue(email);
  await colleague.getByLabel('Password', { exact: true }).fill(password);
  await colleague.getByRole('button', { name: 'Create the account' }).click();
  await expect(colleague.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible();

  await colleague.getByRole('button', { name, exact: true }).click();
  await colleague.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(colleague.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  await ready(colleague);
  await colleague.getByRole('link', { name: 'Forgot your password?' }).click();
  await colleague.getByLabel('E-mail').fill(email);
  await colleague.getByRole('button', { name: 'Send the link' }).click();
  await expect(colleague.getByRole('heading', { level: 1, name: 'Look into your mailbox' })).toBeVisible();
  const reset = linkIn(await newestMessage(owner, email, 'password_reset'));
  const next = `${password} again`;
  await open(colleague, reset);
  await expect(colleague).toHaveURL(`${demo.url}/Staff/Reset`);
  await colleague.getByLabel('New password').fill(next);
  await colleague.getByRole('button', { name: 'Save the password' }).click();
  await expect(colleague.getByText('The new password is saved. Sign in with it.')).toBeVisible();

  await colleague.getByLabel('E-mail').fill(email);
  await colleague.getByLabel('Password', { exact: true }).fill(password);
  await colleague.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(colleague.getByRole('alert'), 'the old one no longer works').toBeVisible();
  await colleague.getByLabel('Password', { exact: true }).fill(next);
  await colleague.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(colleague.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible();

  await open(colleague, reset);
  await colleague.getByLabel('New password').fill(`${next} and again`);
  await colleague.getByRole('button', { name: 'Save the password' }).click();
  await expect(colleague.getByRole('heading', { level: 1, name: 'This link cannot be used' }), 'the link works once').toBeVisible();
});

test('a customer forgets the password and sets a new one by e-mail; other sessions end', async ({ page, another, owner, demo }) => {
  const person = somebody('Mila');
  const elsewhere = await another();
  await joinedCustomer(owner, elsewhere.context().request, person);
  await open(elsewhere, '/Portal/Licences');

  await open(page, '/Portal/SignIn');
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByText(`If ${person.email} has an account here, a message with a link is on its way.`)).toBeVisible();
  const reset = linkIn(await newestMessage(owner, person.email, 'password_reset'));
  await open(page, reset);
  await expect(page).toHaveURL(`${demo.url}/Portal/Reset`);
  const next = `${person.password} again`;
  await page.getByLabel('New password').fill(next);
  await page.getByRole('button', { name: 'Save new password' }).click();
  await expect(page.getByText('Your new password is saved. Sign in with it.')).toBeVisible();
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(next);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Hello ${person.name}` })).toBeVisible();

  await elsewhere.reload();
  await expect(elsewhere.getByRole('heading', { level: 1, name: 'Sign in to Northwind Audio' })).toBeVisible();
  await open(page, reset);
  await page.getByLabel('New password').fill(`${next} and again`);
  await page.getByRole('button', { name: 'Save new password' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'This link no longer works' })).toBeVisible();
});

test('an unknown address is told the same as a known one', async ({ page, demo }) => {
  const told: string[] = [];
  for (const email of [demo.as('admin').email, 'nobody@northwind.example']) {
    await open(page, '/Staff/Forgot');
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Look into your mailbox' })).toBeVisible();
    told.push(await page.getByRole('main').innerText());
  }
  expect(told[0]).toBe(told[1]);
});

test('staff see where they are signed in, and sign out there', async ({ page, context, another, owner }) => {
  const person = somebody('Nils');
  await joinedColleague(owner, context.request, person, 'support');
  const elsewhere = await another();
  const { email, password } = person;
  await json(await elsewhere.context().request.post('/api/v1/staff/sign-in', { data: { email, password } }));
  await open(elsewhere, '/Customers');

  await open(page, '/Me');
  const sessions = card(page, 'Where you are signed in');
  await expect(sessions.getByRole('row').filter({ has: page.getByRole('cell') })).toHaveCount(2);
  await expect(sessions.getByText('this one')).toHaveCount(1);
  await sessions.getByRole('button', { name: /^Sign out on / }).click();
  await expect(page.getByText('Signed out there.')).toBeVisible();
  await expect(sessions.getByRole('row').filter({ has: page.getByRole('cell') })).toHaveCount(1);
  await elsewhere.reload();
  await expect(elsewhere.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();

  await json(await elsewhere.context().request.post('/api/v1/staff/sign-in', { data: { email, password } }));
  await page.reload();
  await sessions.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await expect(page.getByText('You are signed out everywhere else.')).toBeVisible();
  expect((await elsewhere.context().request.get('/api/v1/me/sessions')).status()).toBe(401);
});

test('a customer sees where they are signed in, and signs out there', async ({ page, context, another, owner }) => {
  const person = somebody('Olga');
  await joinedCustomer(owner, context.request, person);
  const elsewhere = await another();
  const { email, password } = person;
  await json(await elsewhere.context().request.post('/api/v1/portal/sign-in', { data: { email, password } }));
  await open(elsewhere, '/Portal/Licences');

  await open(page, '/Portal/Account');
  const sessions = card(page, 'Where you are signed in');
  await expect(sessions.getByRole('listitem')).toHaveCount(2);
  await expect(sessions.getByText('This one')).toHaveCount(1);
  await sessions.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere else' }).click();
  await expect(page.getByText('You are signed out everywhere else.')).toBeVisible();
  await expect(sessions.getByRole('listitem')).toHaveCount(1);

  // The page that is open elsewhere notices by itself.
  const dialog = elsewhere.getByRole('dialog', { name: 'Sign in again' });
  await expect(dialog.getByLabel('E-mail')).toHaveValue(email);
  await elsewhere.reload();
  await expect(elsewhere.getByRole('heading', { level: 1, name: 'Sign in to Northwind Audio' })).toBeVisible();
});
