// What is typed wrongly is said at its field, and nothing typed is lost.
import { addCustomer, joinedCustomer, somebody } from '../support/customers.ts';
import { expect, open, test } from '../support/fixtures.ts';
import { expectError } from '../support/screen.ts';
import { joinedColleague, signOutEverywhere } from '../support/staff.ts';
import { newestMessage, signUpLink } from '../support/vendor.ts';

test('signing up: name, address, password, terms', async ({ page, owner, terms }) => {
  await terms('https://northwind.example/terms', 'One');
  await open(page, await signUpLink(owner));
  const name = page.getByLabel('Your name');
  const email = page.getByLabel('E-mail');
  const password = page.getByLabel('Password', { exact: true });
  const accept = page.getByRole('checkbox', { name: /^I accept the terms of use/ });
  const create = page.getByRole('button', { name: 'Create account' });

  await email.fill('ben@nowhere');
  await password.fill('short');
  await create.click();
  await expectError(name, 'Enter your name.');
  await expectError(email, 'Enter an e-mail address such as name@example.com.');
  await expectError(password, 'Use at least 10 characters.');
  await expectError(accept, 'Tick the box to accept the terms of use.');
  await expect(name, 'the first wrong field has the focus').toBeFocused();
  await expect(email).toHaveValue('ben@nowhere');
  await expect(password).toHaveValue('short');

  const ben = somebody('Benno');
  await name.fill(ben.name);
  await expect(name, 'what is being mended is wrong no longer').not.toHaveAttribute('aria-invalid');
  await email.fill(ben.email);
  await accept.check();
  for (const [weak, message] of [
    ['1234567890', 'This is one of the first passwords an attacker tries.'],
    ['Northwind Audio', 'Do not use the company\'s name as password.'],
    [ben.email, 'Do not use your e-mail address as password.'],
    ['x'.repeat(201), 'Use at most 200 characters.'],
  ] as const) {
    await password.fill(weak);
    await create.click();
    await expectError(password, message);
    await expect(name, 'nothing typed is lost').toHaveValue(ben.name);
    await expect(accept).toBeChecked();
  }

  await password.fill(ben.password);
  await create.click();
  await page.getByRole('button', { name: 'Change the address' }).click();
  await expect(email, 'not even by going back').toHaveValue(ben.email);
  await expect(name).toHaveValue(ben.name);
});

test('signing in: what is missing, and what is wrong without saying which', async ({ page, demo }) => {
  for (const [address, known] of [
    ['/Portal/SignIn', demo.customers[1]!.email],
    ['/Staff/SignIn', demo.as('viewer').email],
  ] as const) {
    await open(page, address);
    const email = page.getByLabel('E-mail');
    const password = page.getByLabel('Password', { exact: true });
    const signIn = page.getByRole('button', { name: 'Sign in', exact: true });
    await email.fill('nobody');
    await signIn.click();
    await expectError(email, 'Enter an e-mail address such as name@example.com.');
    await expect(password).toHaveAttribute('aria-invalid', 'true');

    const said: string[] = [];
    for (const who of [known, 'nobody@buyer.example']) {
      await email.fill(who);
      await password.fill('not the right one');
      await signIn.click();
      await expect(page.getByRole('alert')).toBeVisible();
      said.push(await page.getByRole('alert').innerText());
      await expect(email).toHaveValue(who);
    }
    expect(said[0], 'the same for a known and an unknown address').toBe(said[1]);
  }
});

test('staff forms: bad and duplicate addresses, what is missing, what is too long', async ({ page, signedIn, owner, demo }) => {
  await signedIn('owner');
  await test.step('a customer', async () => {
    const first = await addCustomer(owner, somebody('Clara'));
    await open(page, '/Customers/New');
    const name = page.getByLabel('Name', { exact: true });
    const email = page.getByLabel(/^E-mail/);
    const notes = page.getByLabel(/^Notes/);
    const add = page.getByRole('button', { name: 'Add customer' });
    await email.fill('clara@@buyer.example');
    await notes.fill('Met at the fair.');
    await add.click();
    await expectError(name, 'Fill in this field.');
    await expectError(email, 'Enter an e-mail address such as name@example.com, or leave it empty.');

    await name.fill('Clara again');
    await email.fill(first.email.toUpperCase());
    await add.click();
    await expectError(email, `Customer ${first.id} has this e-mail address already.`);
    await email.fill(`${'x'.repeat(65)}@buyer.example`);
    await add.click();
    await expectError(email, 'Enter an e-mail address such as name@example.com, or leave it empty.');
    await expect(name).toHaveValue('Clara again');
    await expect(notes).toHaveValue('Met at the fair.');

    const own = page.getByLabel(/^Your own number/);
    await own.fill('y'.repeat(150));
    await expect(own, 'more than is taken cannot be typed').toHaveValue('y'.repeat(100));
  });

  await test.step('a colleague', async () => {
    await open(page, '/Staff');
    await page.getByRole('button', { name: 'Invite someone' }).click();
    const dialog = page.getByRole('dialog', { name: 'Invite someone' });
    await dialog.getByLabel('Name', { exact: true }).fill('Viktor again');
    const email = dialog.getByLabel('E-mail');
    await email.fill('viktor');
    await dialog.getByRole('button', { name: 'Invite' }).click();
    await expectError(email, 'Enter an e-mail address such as name@example.com.');
    await email.fill(demo.as('viewer').email);
    await dialog.getByRole('button', { name: 'Invite' }).click();
    await expectError(email, 'Somebody with this e-mail address is on the staff already.');
    await expect(dialog.getByLabel('Name', { exact: true })).toHaveValue('Viktor again');
  });

  await test.step('terms of use', async () => {
    await open(page, '/Settings/terms');
    const url = page.getByLabel(/^Address/);
    const long = `https://northwind.example/${'x'.repeat(2_000)}`;
    await url.fill(long);
    await page.getByRole('button', { name: 'Save terms' }).click();
    await expect(url).toHaveAttribute('aria-invalid', 'true');
    await expect(url).toHaveAccessibleDescription(/2,?000|too long|longer/);
    await expect(url).toHaveValue(long);
  });

  await test.step('a filter that cannot be read', async () => {
    await open(page, '/Customers');
    const filter = page.getByRole('textbox', { name: 'Search or filter customers' });
    await filter.fill('status = sleepy');
    await expect(filter).toHaveAttribute('aria-invalid', 'true');
    await expect(filter).toHaveAccessibleDescription(/sleepy/);
    await filter.fill('status = active');
    await expect(filter).not.toHaveAttribute('aria-invalid');
    await expect(page.getByRole('row').nth(1)).toContainText('Active');
  });
});

test('the customer’s own account: wrong digits, wrong password, the same address', async ({ page, context, owner }) => {
  const person = somebody('Doris');
  await joinedCustomer(owner, context.request, person);
  await open(page, '/Portal/Account');
  await page.getByRole('button', { name: 'Change e-mail' }).click();
  const email = page.getByLabel('New e-mail');
  const password = page.locator('form').filter({ has: email }).getByLabel('Current password');
  const send = page.getByRole('button', { name: 'Send six digits' });
  await email.fill(person.email);
  await send.click();
  await expectError(email, 'This is your address already.');
  await expectError(password, 'Enter your current password.');
  const next = somebody('Doris');
  await email.fill(next.email);
  await password.fill('not the right one');
  await send.click();
  await expectError(password, 'This is not your current password.');
  await expect(email).toHaveValue(next.email);
  await password.fill(person.password);
  await send.click();

  const digits = page.getByLabel('Six digits');
  await digits.fill('12');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expectError(digits, 'Enter the six digits from the message.');
  const [right] = /\b\d{6}\b/.exec(await newestMessage(owner, next.email, 'email_proof'))!;
  await digits.fill(`${right.slice(0, 3)} ${right.slice(3)}`);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByText('Your new e-mail address is in use.')).toBeVisible();
  await expect(page.getByRole('main')).toContainText(`Your address is ${next.email}.`);
});

test('a session that is over is asked for over the page, and nothing typed is lost', async ({ page, context, owner, playwright, demo }) => {
  const staff = somebody('Emil');
  const elsewhere = await playwright.request.newContext({ baseURL: demo.url });
  await joinedColleague(owner, context.request, staff, 'support');
  await open(page, '/Customers/New');
  const { name } = somebody('Frida');
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel(/^Notes/).fill('Typed before the session was over.');

  await signOutEverywhere(elsewhere, 'staff', staff);
  await page.getByRole('button', { name: 'Add customer' }).click();
  const dialog = page.getByRole('dialog', { name: 'Sign in again' });
  await expect(dialog.getByText('You have been signed out. Sign in again to go on. What you typed is still there.')).toBeVisible();
  await expect(dialog.getByLabel('E-mail')).toHaveValue(staff.email);
  const password = dialog.getByLabel('Password', { exact: true });
  await expect(password).toBeFocused();
  await password.fill(staff.password);
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();

  await expect(dialog).toHaveCount(0);
  await expect(page).toHaveURL(`${demo.url}/Customers/New`);
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue(name);
  await expect(page.getByLabel(/^Notes/)).toHaveValue('Typed before the session was over.');
  await page.getByRole('button', { name: 'Add customer' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await elsewhere.dispose();
});

test('whoever signs in instead sees nothing of what was on the page', async ({ page, context, owner, playwright, demo }) => {
  const [first, second] = [somebody('Hilda'), somebody('Igor')];
  const elsewhere = await playwright.request.newContext({ baseURL: demo.url });
  await joinedColleague(owner, elsewhere, second, 'viewer');
  await joinedColleague(owner, context.request, first, 'support');
  await open(page, '/Customers/New');
  await page.getByLabel('Name', { exact: true }).fill('Not for everybody');
  await signOutEverywhere(elsewhere, 'staff', first);
  await page.getByRole('button', { name: 'Add customer' }).click();
  const dialog = page.getByRole('dialog', { name: 'Sign in again' });
  await dialog.getByLabel('E-mail').fill(second.email);
  await dialog.getByLabel('Password', { exact: true }).fill(second.password);
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('button', { name: second.name, exact: true })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'You do not have access to this' })).toBeVisible();
  await expect(page.getByText('Not for everybody')).toHaveCount(0);
  await elsewhere.dispose();
});

test('a customer whose session is over comes back to the page they were on', async ({ page, context, owner, playwright, demo }) => {
  const person = somebody('Gustav');
  const elsewhere = await playwright.request.newContext({ baseURL: demo.url });
  await joinedCustomer(owner, context.request, person);
  await open(page, '/Portal/Licences');
  await signOutEverywhere(elsewhere, 'portal', person);
  await open(page, '/Portal/Billing');
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Billing' })).toBeVisible();
  await expect(page).toHaveURL(`${demo.url}/Portal/Billing`);
  await elsewhere.dispose();
});
