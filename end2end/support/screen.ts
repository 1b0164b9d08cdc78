// Finding things on the screen by what a person calls them.
import { expect, type Locator, type Page } from '@playwright/test';

/** The value beside a name in a list of facts. */
export function fact(within: Page | Locator, name: string): Locator {
  const term = within.getByRole('term').filter({ hasText: exactly(name) });
  return term.locator('xpath=following-sibling::dd');
}

/** The card with this title. */
export function card(page: Page, title: string): Locator {
  return page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name: title, exact: true }) });
}

/** The rows of a table that say this. */
export function row(page: Page, text: string): Locator {
  return page.getByRole('row').filter({ hasText: text });
}

/** Goes to a page by the menu, which on a phone must be opened first. The page's title begins with the entry's word, or is `title`. */
export async function choose(page: Page, entry: string, title: string | RegExp = entry): Promise<void> {
  const menu = page.getByRole('button', { name: 'Menu', exact: true });
  if (await menu.isVisible()) await menu.click();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: entry, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(title);
}

/** The field is marked as wrong, and tied to a message that is seen and says this. */
export async function expectError(field: Locator, message: string): Promise<void> {
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toHaveAccessibleDescription(new RegExp(escaped(message)));
  await expect(field.page().getByText(message).first()).toBeVisible();
}

/** This text and no more. */
export function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${escaped(text)}\\s*$`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
