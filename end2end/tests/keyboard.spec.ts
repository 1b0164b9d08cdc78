// Without a mouse: signing in, the command palette, dialogs, the way past the menu.
import { joinedCustomer, somebody } from '../support/customers.ts';
import { expect, open, ready, test, type Page } from '../support/fixtures.ts';
import type { Locator } from '@playwright/test';

/** Presses Tab until the focus is there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  const most = 60;
  for (let pressed = 0; pressed < most; pressed += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${target} is not reached by ${most} presses of Tab`);
}

/** Whether the focus lies inside `outer`, or nowhere. */
async function focusIsWithin(outer: Locator): Promise<boolean> {
  return outer.evaluate((element) => document.activeElement === document.body || element.contains(document.activeElement));
}

test('staff sign in', async ({ page, demo }) => {
  const { email, password } = demo.as('viewer');
  await open(page, '/Customers');
  await expect(page.getByLabel('E-mail')).toBeFocused();
  await page.keyboard.type(email);
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Password', { exact: true })).toBeFocused();
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Customers' })).toBeFocused();
});

test('the command palette finds a customer, a key and a page', async ({ page, signedIn, context, owner, demo }) => {
  const { id, name } = await joinedCustomer(owner, context.request, somebody('Hedwig'));
  const form = {
    customer: id,
    period_days: 0,
    features: Array.from({ length: 8 }, () => false),
    max_machines: 1,
    trial_activation: false,
    notes: '',
  };
  const made = await (await owner.post(`/api/v1/products/${demo.products[0]!.id}/keys`, { data: form })).json();
  await signedIn('owner');
  await open(page, '/Dashboard');
  const palette = page.getByRole('dialog', { name: 'Search' });
  const field = palette.getByRole('combobox', { name: 'Search customers, keys and pages' });
  const chosen = palette.getByRole('option', { selected: true });

  await page.keyboard.press('Control+k');
  await expect(field).toBeFocused();
  await page.keyboard.type(name);
  await expect(palette.getByRole('group', { name: 'Customers' }).getByRole('option', { name })).toBeVisible();
  await expect(chosen).toContainText(name);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name })).toBeFocused();
  await expect(page).toHaveURL(`${demo.url}/Customers/${id}`);

  await page.keyboard.press('Control+k');
  await page.keyboard.type(made.row.key);
  await expect(palette.getByRole('group', { name: 'Licence keys' }).getByRole('option', { name: made.row.key })).toBeVisible();
  await expect(chosen).toContainText(made.row.key);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${demo.url}/Keys/${made.row.global_id}`);

  await page.keyboard.press('Control+k');
  // With a space: no licence key, whose letters are random, is found by it.
  await page.keyboard.type('set the');
  await expect(palette.getByRole('option')).toHaveText(['Set the terms of use', 'Set the mail server']);
  await expect(chosen).toHaveText('Set the terms of use');
  await page.keyboard.press('ArrowUp');
  await expect(chosen, 'before the first comes the last').toHaveText('Set the mail server');
  await page.keyboard.press('ArrowDown');
  await expect(chosen).toHaveText('Set the terms of use');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${demo.url}/Settings/terms`);
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeFocused();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('nobody is called this');
  await expect(palette.getByText('Nothing found')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(palette).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' }), 'where it was before').toBeFocused();
});

for (const way of ['Escape', 'Cancel', 'Close'] as const) {
  test(`a dialog keeps the focus and gives it back: ${way}`, async ({ page, signedIn }) => {
    await signedIn('owner');
    await open(page, '/Customer/SignUpLink');
    const opener = page.getByRole('button', { name: 'Make a new link' });
    await expect(opener).toBeEnabled();
    await tabTo(page, opener);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Make a new sign-up link?' });
    await expect(dialog.getByRole('button', { name: 'Cancel' }), 'not the button that hurts').toBeFocused();
    for (let pressed = 0; pressed < 8; pressed += 1) {
      await page.keyboard.press(pressed % 3 === 2 ? 'Shift+Tab' : 'Tab');
      expect(await focusIsWithin(dialog), `after ${pressed + 1} presses`).toBe(true);
    }
    if (way === 'Escape') {
      await page.keyboard.press('Escape');
    } else {
      await tabTo(page, dialog.getByRole('button', { name: way }));
      await page.keyboard.press('Enter');
    }
    await expect(dialog).toHaveCount(0);
    await expect(opener).toBeFocused();
  });
}

test('a menu: opened, walked through, closed', async ({ page, signedIn, context, owner }) => {
  const { id } = await joinedCustomer(owner, context.request, somebody('Isolde'));
  await signedIn('owner');
  await open(page, `/Customers/${id}`);
  const more = page.getByRole('button', { name: 'More actions' });
  await tabTo(page, more);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Add a licence key' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Disable access' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu', { name: 'More actions' })).toHaveCount(0);
  await expect(more).toBeFocused();
});

for (const [who, path, heading] of [
  ['owner', '/Customers', 'Customers'],
  [0, '/Portal/Licences', 'Licences'],
] as const) {
  test(`the first stop skips the menu (${path})`, async ({ page, signedIn }) => {
    await signedIn(who);
    await open(page, path);
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to content' });
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('main')).toBeFocused();
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    await page.keyboard.press('Tab');
    const inside = () => page.getByRole('main').evaluate((main) => main.contains(document.activeElement));
    expect(await inside(), 'the next stop lies in the page').toBe(true);
  });
}

test('a customer signs in and buys', async ({ page, context, owner }) => {
  const person = somebody('Jakob');
  await joinedCustomer(owner, context.request, person);
  await context.clearCookies();
  await open(page, '/Portal/Plans');
  await tabTo(page, page.getByLabel('E-mail'));
  await page.keyboard.type(person.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(person.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Plans' })).toBeFocused();
  await tabTo(page, page.getByRole('button', { name: 'Subscribe to Aurora Editor Solo' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Subscribe' })).toBeVisible();
  await tabTo(page, page.getByLabel('Card number or IBAN'));
  await page.keyboard.type('4242424242424242');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Your licence key is ready' })).toBeVisible();
  await ready(page);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await tabTo(page, page.getByRole('button', { name: 'Copy licence key' }));
  await page.keyboard.press('Enter');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  await expect(page.getByRole('img', { name: copied, exact: true })).toBeVisible();
});
