// Every page, at both widths: it draws, nothing goes wrong behind it, it fits, and axe finds nothing.
import { expect, expectAccessible, open, test } from '../support/fixtures.ts';
import { fill, pages } from '../support/pages.mjs';

for (const { name, path, who } of pages) {
  test(`${name} (${path})`, async ({ page, demo, owner, signedIn }) => {
    if (who === 'staff') await signedIn('owner');
    if (who === 'customer') await signedIn(0);

    await open(page, await fill(path, owner, demo));
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
    await expectAccessible(page);

    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, 'pixels wider than the screen').toBeLessThanOrEqual(0);
  });
}
