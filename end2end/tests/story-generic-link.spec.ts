// A stranger opens the sign-up link and ends with a licence key; staff steer the link and find what came of it.
import { joinedCustomer, somebody } from '../support/customers.ts';
import { expect, open, ready, test, type Page } from '../support/fixtures.ts';
import { cards, choosePlan, pay } from '../support/payment.ts';
import { card, choose, expectError, fact, row } from '../support/screen.ts';

const terms = { url: 'https://northwind.example/terms', version: '2026-01' };

interface StripeObject {
  id: string;
  metadata: Record<string, string>;
  email: string | null;
  cancel_at_period_end: boolean;
}

async function openLink(page: Page, link: string, title: string): Promise<void> {
  await open(page, link);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
}

const welcome = 'Create your account at Northwind Audio';
const unusable = 'This link cannot be used';

test('staff see the sign-up link, copy it, make a new one, switch it off and on', async ({ page, signedIn, another, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await signedIn('owner');
  await open(page, '/Dashboard');
  await choose(page, 'Customers');
  await page.getByRole('link', { name: 'Sign-up link' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign-up link' })).toBeVisible();

  const field = page.getByRole('textbox', { name: 'Sign-up link' });
  await expect(field).toHaveValue(/\/Portal\/@northwind\.example\/Associate\?vid=1&auth=[\w-]{20,}$/);
  const first = await field.inputValue();
  await page.getByRole('button', { name: 'Copy Sign-up link' }).click();
  await expect(page.getByText('Copied').first()).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(first);

  const code = page.getByRole('img', { name: 'QR code of the sign-up link' });
  await expect(code).toBeVisible();
  const drawn = await code.innerHTML();

  const stranger = await another();
  await openLink(stranger, first, welcome);

  await page.getByRole('button', { name: 'Make a new link' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Make a new link' }).click();
  await expect(page.getByText('There is a new sign-up link; the old one no longer works.')).toBeVisible();
  await expect(field).not.toHaveValue(first);
  const second = await field.inputValue();
  expect(await code.innerHTML(), 'the QR code is that of the new link').not.toBe(drawn);

  await openLink(stranger, first, unusable);
  await expect(stranger.getByText('Northwind'), 'the page does not say whose link it was').toHaveCount(0);
  await expect(stranger).toHaveTitle(`${unusable} · Latchkey`);
  await openLink(stranger, second, welcome);

  const works = page.getByRole('switch', { name: 'Let people sign up with this link' });
  await works.click();
  await expect(works).not.toBeChecked();
  await expect(page.getByText('The link is switched off.')).toBeVisible();
  await expect(field).toHaveCount(0);
  await openLink(stranger, second, unusable);

  await works.click();
  await expect(works).toBeChecked();
  await expect(field).toHaveValue(second);
  await openLink(stranger, second, welcome);
});

test('a stranger signs up, pays and has a licence key; staff find it @postgres', async ({
  page: staff,
  signedIn,
  another,
  terms: setTerms,
  demo,
}) => {
  const { name, email, password } = somebody('Nora');
  await setTerms(terms.url, terms.version);
  await signedIn('owner');
  await open(staff, '/Customer/SignUpLink');
  const link = await staff.getByRole('textbox', { name: 'Sign-up link' }).inputValue();

  const stranger = await another();
  await stranger.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await test.step('who invites, the form, the terms', async () => {
    await openLink(stranger, link, welcome);
    await expect(stranger, 'the code has left the address bar').toHaveURL(/\/Associate$/);
    await stranger.reload();
    await ready(stranger);
    await expect(stranger.getByRole('heading', { level: 1 }), 'a telephone drops tabs').toHaveText(welcome);
    await expect(stranger).toHaveURL(/\/Associate$/);
    await expect(stranger.getByText('Northwind Audio invites you to its customer portal')).toBeVisible();
    await stranger.getByLabel('Your name').fill(name);
    await stranger.getByLabel('E-mail').fill(email);
    await stranger.getByLabel('Password', { exact: true }).fill(password);
    const accept = stranger.getByRole('checkbox', { name: /^I accept the terms of use/ });
    await expect(accept).not.toBeChecked();
    await expect(stranger.getByRole('link', { name: /^terms of use/ })).toHaveAttribute('href', terms.url);
    await stranger.getByRole('button', { name: 'Create account' }).click();
    await expectError(accept, 'Tick the box to accept the terms of use.');
    await accept.check();
    await stranger.getByRole('button', { name: 'Create account' }).click();
  });

  await test.step('the address is proved', async () => {
    await expect(stranger.getByRole('heading', { level: 1, name: 'Enter the six digits' })).toBeVisible();
    await expect(stranger.getByText(`A message with six digits is on its way to ${email}.`)).toBeVisible();
    await open(staff, '/Communications');
    await row(staff, email).getByRole('link').first().click();
    const digits = await staff.getByRole('textbox', { name: 'Code' }).inputValue();
    expect(digits).toMatch(/^\d{6}$/);

    const field = stranger.getByLabel('Six digits');
    await field.fill(digits === '123456' ? '654321' : '123456');
    await stranger.getByRole('button', { name: 'Confirm' }).click();
    await expectError(field, 'These digits are wrong or too old.');
    await field.fill(digits);
    await stranger.getByRole('button', { name: 'Confirm' }).click();
    await expect(stranger.getByRole('heading', { level: 1, name: `Hello ${name}` })).toBeVisible();
    await expect(stranger).toHaveURL(`${demo.url}/Portal`);
  });

  const key = await test.step('plans, the pay page, the key', async () => {
    await expect(stranger.getByText('Choose a plan to get your licence key.')).toBeVisible();
    const solo = stranger.getByRole('article').filter({ has: stranger.getByRole('heading', { name: 'Solo', exact: true }) });
    await expect(solo).toContainText('€19.00 a month');
    await expect(solo.getByRole('list', { name: 'Includes' })).toContainText('Multitrack editing');
    await expect(stranger.getByRole('heading', { name: 'Orchestra' }), 'its skm is broken').toHaveCount(0);

    await choosePlan(stranger, 'Aurora Editor Solo');
    expect(new URL(stranger.url()).origin).toBe(demo.stripe_url);
    await stranger.goBack();
    await expect(stranger.getByRole('heading', { level: 1, name: `Hello ${name}` }), 'still signed in').toBeVisible();
    await choosePlan(stranger, 'Aurora Editor Solo');
    await pay(stranger, cards.pays);
    await expect(stranger.getByRole('heading', { level: 1, name: 'Your licence key is ready' })).toBeVisible();
    expect(new URL(stranger.url()).origin).toBe(demo.url);
    const shown = stranger.getByRole('img', { name: /^[A-Z]{5}(-[A-Z]{5}){3}$/ });
    await stranger.getByRole('button', { name: 'Copy licence key' }).click();
    const copied = await stranger.evaluate(() => navigator.clipboard.readText());
    await expect(shown).toHaveAccessibleName(copied);
    await expect(fact(stranger, 'What it allows')).toContainText('Multitrack editing');
    await expect(fact(stranger, 'What it allows')).toContainText('1 machine');
    await expect(fact(stranger, 'Works until')).toHaveText(/^\d{1,2} \w{3,4} \d{4}$/);
    await expect(fact(stranger, 'Next payment')).toHaveText(/^\d{1,2} \w{3,4} \d{4}$/);
    return copied;
  });

  const stripe = await test.step('Stripe knows the customer and the key by our numbers', async () => {
    const customers = (await demo.control('GET', 'objects/customer')) as StripeObject[];
    const customer = customers.find((one) => one.email === email);
    let subscription: StripeObject | undefined;
    // The key is written back after it is shown.
    await expect
      .poll(async () => {
        const all = (await demo.control('GET', 'objects/subscription')) as (StripeObject & { customer: string })[];
        subscription = all.find((one) => one.customer === customer?.id);
        return subscription?.metadata;
      })
      .toMatchObject({ skm_key_id: expect.stringMatching(/^\d+$/), skm_key_globalid: expect.stringMatching(/^\d+$/) });
    expect(subscription?.metadata).not.toHaveProperty('skm_temp_var');
    return { customer: customer!, subscription: subscription! };
  });

  await test.step('staff find the customer by skm_customer_id', async () => {
    await open(staff, '/Customers');
    await staff.getByRole('textbox', { name: 'Search or filter customers' }).fill(stripe.customer.metadata.skm_customer_id!);
    const found = staff.getByRole('row').nth(1);
    await expect(found).toContainText(name);
    await found.getByRole('link').first().click();
    await expect(staff.getByRole('heading', { level: 1, name })).toBeVisible();
    const dashboard = card(staff, 'Stripe').getByRole('link', { name: /^Open in Stripe/ });
    await expect(dashboard).toHaveAttribute('href', `https://dashboard.stripe.com/test/customers/${stripe.customer.id}`);
    await expect(card(staff, 'Terms of use')).toContainText(terms.version);
    await expect(staff.getByRole('img', { name: key }).first()).toBeVisible();
  });

  await test.step('and the subscription from there', async () => {
    const contract = card(staff, 'Aurora Editor Solo');
    const dashboard = `https://dashboard.stripe.com/test/subscriptions/${stripe.subscription.id}`;
    await expect(contract.getByRole('link', { name: /^Open in Stripe/ })).toHaveAttribute('href', dashboard);
    await contract.getByRole('link', { name: 'Solo', exact: true }).click();
    await expect(staff.getByRole('heading', { level: 1, name: 'Aurora Editor Solo' })).toBeVisible();
    await expect(staff.getByRole('link', { name: /^Open in Stripe/ })).toHaveAttribute('href', dashboard);
  });

  await test.step('and the key by Id=skm_key_id', async () => {
    const product = demo.products.find((one) => one.name === 'Aurora Editor')!;
    await open(staff, `/Products/${product.id}/keys`);
    await staff.getByRole('textbox', { name: 'Filter licence keys' }).fill(`Id=${stripe.subscription.metadata.skm_key_id}`);
    await expect(staff.getByRole('row')).toHaveCount(2);
    await expect(row(staff, key)).toContainText(name);
    await row(staff, key).getByRole('link', { name: key }).click();
    await expect(staff).toHaveURL(`${demo.url}/Keys/${stripe.subscription.metadata.skm_key_globalid}`);
    await expect(card(staff, 'Customer')).toContainText(name);
  });

  await test.step('the customer finds all of it at home', async () => {
    await open(stranger, '/Portal');
    await expect(stranger.getByRole('img', { name: key })).toBeVisible();
    await expect(stranger.getByText(/^renews \d{1,2} \w+ \d{4} for €19\.00$/)).toBeVisible();
  });
});

test('a customer cancels at the end of the period in Stripe’s portal or here, and changes their mind', async ({ page, demo, context, owner }) => {
  const person = somebody('Iris');
  await joinedCustomer(owner, context.request, person);
  const atStripe = async () => {
    const customers = (await demo.control('GET', 'objects/customer')) as StripeObject[];
    const customer = customers.find((one) => one.email === person.email);
    const all = (await demo.control('GET', 'objects/subscription')) as (StripeObject & { customer: string })[];
    return all.find((one) => one.customer === customer?.id);
  };

  await open(page, '/Portal/Plans');
  await choosePlan(page, 'Aurora Editor Studio');
  await pay(page, cards.pays);
  await expect(page.getByRole('heading', { level: 1, name: 'Your licence key is ready' })).toBeVisible();
  await page.getByRole('link', { name: 'Go to your home page' }).click();
  await choose(page, 'Billing');
  await expect(page.getByText('Visa ending in 4242')).toBeVisible();
  await expect(row(page, 'Paid')).toContainText('€39.00');

  await test.step('in Stripe’s billing portal', async () => {
    await page.getByRole('button', { name: 'Change card and address' }).click();
    await expect(page).toHaveURL(new RegExp(`^${demo.stripe_url}/`));
    await page.getByRole('link', { name: 'Cancel subscription' }).click();
    await page.getByRole('button', { name: 'Cancel subscription' }).click();
    await expect(page.getByText(/^Ends on /)).toBeVisible();
    await page.getByRole('link', { name: 'Return to the shop' }).click();
    await ready(page);
    await expect(page).toHaveURL(new RegExp(`^${demo.url}/Portal/Billing`));
    await expect(page.getByText(/^works until \d{1,2} \w+ \d{4} and then ends$/)).toBeVisible();
    await expect(fact(page, 'Next payment')).toHaveText('None');
  });

  await test.step('keep', async () => {
    await page.getByRole('button', { name: 'Keep my subscription' }).click();
    await expect(page.getByText('You keep Aurora Editor Studio. It renews as before.')).toBeVisible();
    await expect(page.getByText(/^renews \d{1,2} \w+ \d{4} for €39\.00$/)).toBeVisible();
    expect(await atStripe()).toMatchObject({ cancel_at_period_end: false });
  });

  await test.step('cancel here, and keep again', async () => {
    await page.getByRole('button', { name: 'Cancel subscription' }).click();
    const question = page.getByRole('dialog', { name: 'End Aurora Editor Studio?' });
    await expect(question).toContainText(/works until \d{1,2} \w+ \d{4}\./);
    await expect(question.getByRole('button', { name: 'Keep it' })).toBeFocused();
    await question.getByRole('button', { name: 'End subscription' }).click();
    await expect(page.getByText(/^Aurora Editor Studio is cancelled and works until/)).toBeVisible();
    expect(await atStripe()).toMatchObject({ cancel_at_period_end: true });
    await page.getByRole('button', { name: 'Keep my subscription' }).click();
    await expect(page.getByRole('button', { name: 'Cancel subscription' })).toBeVisible();
    expect(await atStripe()).toMatchObject({ cancel_at_period_end: false });
  });
});

test('a declined card charges nothing, and the customer can come back and try another', async ({ page, problems, context, owner }) => {
  problems.allow(/status of 402/);
  await joinedCustomer(owner, context.request, somebody('Otto'));
  await open(page, '/Portal/Plans');
  await choosePlan(page, 'Tidal Synth Monthly');
  await pay(page, cards.declined);
  await expect(page.getByRole('alert')).toHaveText('Your card was declined.');

  await page.getByRole('link', { name: 'Back to the shop' }).click();
  await expect(page.getByText('You went back before paying')).toBeVisible();
  await expect(page.getByText('Nothing was charged. Choose a plan whenever you like.')).toBeVisible();
  await open(page, '/Portal/Licences');
  await expect(page.getByText('No licence yet')).toBeVisible();

  await open(page, '/Portal/Plans');
  await choosePlan(page, 'Tidal Synth Monthly');
  await pay(page, cards.pays);
  await expect(page.getByRole('heading', { level: 1, name: 'Your licence key is ready' })).toBeVisible();
  await expect(page.getByRole('article').getByRole('heading', { name: 'Tidal Synth' })).toBeVisible();
});
