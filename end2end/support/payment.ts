// The stand-in's pay page, as a customer uses it.
import { expect, type Page } from '@playwright/test';

/** Numbers that mean something to the stand-in. */
export const cards = {
  pays: '4242 4242 4242 4242',
  declined: '4000 0000 0000 0002',
  /** A bank account: the money is there three minutes later. */
  debit: 'DE89 3704 0044 0532 0130 00',
};

/** What becomes of the message to the shop, by the button that is pressed. */
const buttons = {
  prompt: /^Pay \d/,
  delayed: 'Pay but delay the webhook',
  lost: 'Pay but lose the webhook',
};

/** Chooses a plan in the portal, such as `Aurora Editor Solo`, and waits for the pay page. */
export async function choosePlan(page: Page, plan: string): Promise<void> {
  await page.getByRole('button', { name: `Subscribe to ${plan}`, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Subscribe' })).toBeVisible();
}

/** Enters a card on the pay page and pays. */
export async function pay(page: Page, card: string, webhook: keyof typeof buttons = 'prompt'): Promise<void> {
  await page.getByLabel('Card number or IBAN').fill(card);
  await page.getByRole('button', { name: buttons[webhook] }).click();
}
