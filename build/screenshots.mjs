// screenshots.mjs [NAME...]: pictures of the demo's pages, all pictured ones or the named ones, into
// docs/screenshots/NAME-{desktop,phone}-{light,dark}.png.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { launch } from '../end2end/support/launch.mjs';
import { fill, pages } from '../end2end/support/pages.mjs';
import { signInCustomer, signInStaff } from '../end2end/support/people.mjs';

const root = join(import.meta.dirname, '..');
const binary = process.env.LATCHKEY_BINARY ?? join(root, 'target/ci/latchkey');
const folder = process.env.SCREENSHOTS ?? join(root, 'docs/screenshots');

const screens = {
  desktop: { viewport: { width: 1280, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
};
const themes = /** @type {const} */ (['light', 'dark']);

const names = process.argv.slice(2);
const chosen = pages.filter(({ name, pictured }) => (names.length > 0 ? names.includes(name) : pictured));

/**
 * @param {import('playwright-core').Browser} browser
 * @param {import('../end2end/support/people.mjs').Demo} demo
 */
async function takeAll(browser, demo) {
  const staff = await browser.newContext();
  await signInStaff(staff.request, demo);
  const customer = await browser.newContext();
  await signInCustomer(customer.request, demo);
  const cookies = { nobody: [], staff: await staff.cookies(), customer: await customer.cookies() };
  for (const [screen, options] of Object.entries(screens)) {
    for (const theme of themes) {
      const look = { ...options, baseURL: demo.url, colorScheme: theme, reducedMotion: /** @type {const} */ ('reduce'), locale: 'en-GB' };
      for (const { name, path, who } of chosen) {
        const context = await browser.newContext(look);
        await context.addCookies(cookies[who]);
        const page = await context.newPage();
        await page.goto(await fill(path, staff.request, demo));
        await page.locator('html[data-ready] h1').first().waitFor();
        await page.waitForFunction(() => !document.querySelector('[aria-busy=true], .skeleton'));
        await page.screenshot({ path: join(folder, `${name}-${screen}-${theme}.png`), animations: 'disabled' });
        await context.close();
      }
    }
  }
}

const data = mkdtempSync(join(tmpdir(), 'latchkey-screenshots-'));
mkdirSync(folder, { recursive: true });
const server = await launch(binary, ['demo', '--listen', '127.0.0.1:0', '--data', data, '--json']);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--hide-scrollbars'],
});
try {
  await takeAll(browser, JSON.parse(server.line));
  console.log(`    ${chosen.length * 4} pictures`);
} finally {
  await browser.close();
  await server.stop();
  rmSync(data, { recursive: true, force: true });
}
