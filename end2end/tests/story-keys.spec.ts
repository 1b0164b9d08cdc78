// Staff make a licence key by hand, and its customer sees it at once.
import { joinedCustomer, somebody } from '../support/customers.ts';
import { expect, open, test } from '../support/fixtures.ts';
import { card, fact } from '../support/screen.ts';

const anyKey = /^[A-Z]{5}(-[A-Z]{5}){3}$/;

test('a key made for a customer appears under the customer’s eyes, and so does its block', async ({ page: staff, signedIn, another, owner }) => {
  const customer = await another();
  const { id, name } = await joinedCustomer(owner, customer.context().request, somebody('Bruno'));
  await open(customer, '/Portal/Licences');
  await expect(customer.getByText('No licence yet')).toBeVisible();

  await signedIn('support');
  await open(staff, `/Customers/${id}`);
  await staff.getByRole('button', { name: 'More actions' }).click();
  await staff.getByRole('menuitem', { name: 'Add a licence key' }).click();
  await staff.getByRole('dialog', { name: 'For which product?' }).getByRole('link', { name: 'Tidal Synth' }).click();
  await expect(staff.getByRole('heading', { level: 1, name: 'New licence key' })).toBeVisible();
  await expect(staff.getByRole('group', { name: 'Customer' })).toContainText(name);
  await staff.getByLabel('Valid for').fill('30');
  await staff.getByRole('checkbox', { name: 'F2 · Expression per note' }).check();
  await staff.getByLabel('Machines at most').fill('4');
  await staff.getByRole('button', { name: 'Create licence key' }).click();
  await expect(staff.getByText(/^Licence key \d+ was created\.$/)).toBeVisible();
  const key = await staff.getByRole('img', { name: anyKey }).getAttribute('aria-label');

  const shown = customer.getByRole('article').filter({ has: customer.getByRole('img', { name: key! }) });
  await expect(shown.getByRole('heading', { name: 'Tidal Synth' })).toBeVisible();
  await expect(shown.getByText('Active')).toBeVisible();
  await expect(fact(shown, 'What it allows')).toContainText('Expression per note');
  await expect(fact(shown, 'What it allows')).toContainText('4 machines');
  await expect(fact(shown, 'Works until')).toHaveText(/^\d{1,2} \w{3,4} \d{4}$/);

  await staff.getByRole('button', { name: 'Block', exact: true }).click();
  const question = staff.getByRole('dialog', { name: `Block ${key}?` });
  await question.getByLabel('Reason').fill('Lent to somebody else');
  await question.getByRole('button', { name: 'Block licence key' }).click();
  await expect(staff.getByText('This key is blocked.')).toBeVisible();
  await expect(shown.getByText('This key is blocked and does not work at present.')).toBeVisible();
});

test('a key that was nobody’s is given to a customer, and taken away', async ({ page: staff, signedIn, another, owner, demo }) => {
  const customer = await another();
  const person = somebody('Carla');
  const { name } = await joinedCustomer(owner, customer.context().request, person);
  await open(customer, '/Portal');
  await expect(customer.getByText('Choose a plan to get your licence key.')).toBeVisible();

  await signedIn('owner');
  const product = demo.products.find((one) => one.name === 'Aurora Editor')!;
  await open(staff, `/Products/${product.id}`);
  await staff.getByRole('link', { name: 'New licence key' }).click();
  await staff.getByRole('checkbox', { name: 'Never expires' }).check();
  await staff.getByRole('button', { name: 'Create licence key' }).click();
  const key = staff.getByRole('img', { name: anyKey });
  await expect(key).toBeVisible();
  const owned = card(staff, 'Customer');
  await expect(owned).toContainText('This key belongs to nobody yet.');

  await owned.getByRole('button', { name: 'Associate with a customer' }).click();
  const dialog = staff.getByRole('dialog', { name: 'Associate with a customer' });
  await dialog.getByRole('combobox', { name: /^Find a customer/ }).fill(person.email);
  await dialog.getByRole('option', { name }).click();
  await dialog.getByRole('button', { name: 'Associate' }).click();
  await expect(staff.getByText(`The key now belongs to ${name}.`)).toBeVisible();
  await expect(owned.getByRole('link', { name })).toBeVisible();
  const text = await key.getAttribute('aria-label');
  await expect(customer.getByRole('img', { name: text! })).toBeVisible();
  await expect(fact(customer, 'Works until')).toHaveText('Without end');

  await owned.getByRole('button', { name: 'Take away' }).click();
  await staff.getByRole('dialog').getByRole('button', { name: 'Take away' }).click();
  await expect(staff.getByText('The key belongs to nobody now.')).toBeVisible();
  await expect(customer.getByRole('img', { name: text! })).toHaveCount(0);
});
