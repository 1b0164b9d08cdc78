// The address says which page is shown, and the browser's own buttons work.
import { expect, open, test } from '../support/fixtures.ts';
import { choose } from '../support/screen.ts';

test('a link changes the address; back, forward and reload lead where one was', async ({ page, signedIn, demo }) => {
  await signedIn('owner');
  await open(page, '/Dashboard');
  const title = page.getByRole('heading', { level: 1 });
  await choose(page, 'Products');
  await expect(page).toHaveURL(`${demo.url}/Products`);
  await page.getByRole('row', { name: /Aurora Editor/ }).getByRole('link').click();
  await expect(title).toHaveText('Aurora Editor');
  await expect(page).toHaveURL(`${demo.url}/Products/${demo.products[0]!.id}`);
  await page.getByRole('link', { name: /^Licence keys \d+$/ }).click();
  await expect(page).toHaveURL(`${demo.url}/Products/${demo.products[0]!.id}/keys`);
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Filter licence keys' })).toBeVisible();

  await page.goBack();
  await page.goBack();
  await expect(title).toContainText('Products');
  await page.goBack();
  await expect(title).toHaveText('Dashboard');
  await page.goForward();
  await expect(title).toContainText('Products');
  await expect(page).toHaveURL(`${demo.url}/Products`);
});

test('what is typed into a filter stands in the address and is still there after a reload', async ({ page, signedIn, demo }) => {
  await signedIn('owner');
  await open(page, '/Dashboard');
  await choose(page, 'Customers');
  const filter = page.getByRole('textbox', { name: 'Search or filter customers' });
  await filter.fill('status = trial');
  await expect(page).toHaveURL(`${demo.url}/Customers?filter=status%20%3D%20trial`);
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.reload();
  await expect(filter).toHaveValue('status = trial');
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Dashboard');
});

test('the portal’s menu, and back', async ({ page, signedIn, demo }) => {
  await signedIn(0);
  await open(page, '/Portal');
  await choose(page, 'Billing');
  await expect(page).toHaveURL(`${demo.url}/Portal/Billing`);
  await choose(page, 'Licences');
  await expect(page).toHaveURL(`${demo.url}/Portal/Licences`);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Billing');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Billing');
});

test('an address that is no page is said so where one is, with the menu beside it', async ({ page, signedIn, another }) => {
  const title = page.getByRole('heading', { level: 1, name: 'Nothing is here' });
  await signedIn('viewer');
  await open(page, '/No/Such/Page');
  await expect(title).toBeVisible();
  await choose(page, 'Customers');
  await page.goBack();
  await expect(title).toBeVisible();
  await signedIn(0);
  await open(page, '/Portal/No/Such/Page');
  await expect(title).toBeVisible();
  await choose(page, 'Billing');

  const stranger = await another();
  await open(stranger, '/No/Such/Page');
  await expect(stranger.getByRole('heading', { level: 1, name: 'Nothing is here' })).toBeVisible();
  await expect(stranger.getByRole('navigation')).toHaveCount(0);
});

test('the plan that a customer has is marked among the others', async ({ page, signedIn }) => {
  await signedIn(0);
  await open(page, '/Portal/Plans');
  const yours = page.getByRole('article').filter({ hasText: 'Your plan' });
  await expect(yours.filter({ has: page.getByRole('heading', { name: 'Studio', exact: true }) })).toHaveCount(1);
  await expect(yours.filter({ has: page.getByRole('heading', { name: 'Yearly', exact: true }) })).toHaveCount(1);
  await expect(yours).toHaveCount(2);
});
