// The vendor says in their own words what Latchkey writes, and when customers are reminded.
import { addCustomer, somebody } from '../support/customers.ts';
import { expect, expectAccessible, open, test } from '../support/fixtures.ts';
import { card, choose, expectError, row } from '../support/screen.ts';

test.afterEach(async ({ owner }) => {
  await owner.delete('/api/v1/message-templates/association');
  await owner.put('/api/v1/reminders/cancelled', { data: { enabled: true, days: '' } });
  await owner.put('/api/v1/reminders/renewal', { data: { enabled: false, days: '7, 3, 0' } });
});

test('a message is put into other words, tried, sent, and put back', async ({ page, signedIn, owner }) => {
  await signedIn('owner');
  await open(page, '/Dashboard');
  await choose(page, 'Communications');
  await page.getByRole('link', { name: 'Templates', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Templates');
  await expect(row(page, 'Association link')).toContainText('Built-in');
  await page.getByRole('link', { name: 'Association link', exact: true }).click();

  const [subject, text] = [page.getByLabel('Subject'), page.getByLabel('Text')];
  await subject.fill('Welcome, {customer}');
  await text.fill('Come in, {custmer}.');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expectError(text, '{custmer} cannot stand here.');
  await text.fill('Come in, {customer}.');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expectError(text, 'This message needs {link} in its text');
  await text.fill('Come in, {customer} <3:\n\n{link}\n\nYours, {vendor}');
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  const preview = card(page, 'Preview');
  await expect(preview.getByRole('heading', { name: 'Welcome, Ada Lovelace' })).toBeVisible();
  await expect(preview).toContainText('Come in, Ada Lovelace <3:');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved. From now on the message is written so.')).toBeVisible();
  await page.getByRole('button', { name: 'Send a test to me' }).click();
  await expect(page.getByText('The message is on its way to your own address.')).toBeVisible();

  const tess = somebody('Tess');
  const customer = await addCustomer(owner, tess);
  expect((await owner.post(`/api/v1/customers/${customer.id}/association/send`)).ok()).toBe(true);
  await open(page, '/Communications');
  await expect(row(page, 'Welcome, Ada Lovelace').first()).toBeVisible();
  await page.getByRole('link', { name: `Welcome, ${tess.name}` }).click();
  const letter = card(page, 'Text of the message');
  await expect(letter).toContainText(`Come in, ${tess.name} <3:`);
  await expect(letter.getByRole('link')).toHaveAttribute('href', /\/Associate\?id=/);

  await open(page, '/Communications/Templates/association');
  await page.getByRole('button', { name: 'Back to the original wording' }).click();
  const dialog = page.getByRole('dialog', { name: 'Go back to the original wording?' });
  await dialog.getByRole('button', { name: 'Back to the original wording' }).click();
  await expect(page.getByText('The message has its original wording again.')).toBeVisible();
  await expect(subject).toHaveValue('Your account at {vendor}');
  await open(page, '/Communications/Templates');
  await expect(row(page, 'Association link')).toContainText('Built-in');
});

test('a reminder is switched on for the days that the vendor wants', async ({ page, signedIn }) => {
  await signedIn('owner');
  await open(page, '/Communications');
  await page.getByRole('link', { name: 'Reminders', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Reminders');
  const renewal = card(page, 'Renewal');
  const [send, days] = [renewal.getByLabel('Send this reminder'), renewal.getByLabel('Days before')];
  await expect(send).not.toBeChecked();
  await send.check();
  await days.fill('30, soon');
  await renewal.getByRole('button', { name: 'Save “Renewal”' }).click();
  await expectError(days, '“soon” is no number of days');
  await days.fill('7, 30,7');
  await renewal.getByRole('button', { name: 'Save “Renewal”' }).click();
  await expect(page.getByText('The reminder is changed.')).toBeVisible();
  await expect(days).toHaveValue('30, 7');
  await page.reload();
  await expect(send).toBeChecked();
  await expect(days).toHaveValue('30, 7');
  await expect(card(page, 'Payment failed').getByLabel('Days after')).toHaveValue('0, 3, 7');
  await card(page, 'Payment failed').getByRole('link', { name: 'Change the words' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Payment failed');
});

test('what is told of as it happens has no days, and can be switched off', async ({ page, signedIn }) => {
  await signedIn('owner');
  await open(page, '/Communications/Reminders');
  const cancelled = card(page, 'Subscription cancelled');
  const send = cancelled.getByLabel('Send this message');
  await expect(send).toBeChecked();
  await expect(cancelled.getByRole('textbox')).toHaveCount(0);
  await send.uncheck();
  await cancelled.getByRole('button', { name: 'Save “Subscription cancelled”' }).click();
  await expect(page.getByText('The reminder is changed.')).toBeVisible();
  await page.reload();
  await expect(send).not.toBeChecked();
  await expectAccessible(page);
  await card(page, 'Renewal missed').getByRole('link', { name: 'Change the words' }).click();
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  await expect(card(page, 'Preview')).toContainText('does not cover the 49.00 EUR of another period.');
});

test('who may only look sees the words and changes nothing', async ({ page, signedIn }) => {
  await signedIn('viewer');
  await open(page, '/Communications/Templates/payment_failed');
  await expect(page.getByLabel('Text')).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  await expect(card(page, 'Preview')).toContainText('Analytical Engine');
  await open(page, '/Communications/Reminders');
  await expect(card(page, 'Payment failed').getByLabel('Days after')).toBeDisabled();
  await expect(page.getByRole('button', { name: /^Save/ })).toHaveCount(0);
});
