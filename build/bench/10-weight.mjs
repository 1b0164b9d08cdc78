// What a browser downloads to show a page for the first time: wasm, scripts and style sheets, as brotli.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { brotliCompressSync, constants } from 'node:zlib';
import { launch } from '../../end2end/support/launch.mjs';
import { signInCustomer, signInStaff } from '../../end2end/support/people.mjs';

export const title = 'Page app: weight';

// With customers, billing and licensing all in the app. It was 300 with the first pages alone.
const limit = 450;
const dist = join(import.meta.dirname, '../../dist');
const part = /\.(wasm|bin|js|css)$/;

/**
 * Kilobytes of the app's own files that a visit with an empty cache downloads.
 * @param {import('playwright-core').Browser} browser
 * @param {string} url
 * @param {import('playwright-core').Cookie[]} cookies
 */
async function visit(browser, url, cookies) {
  const context = await browser.newContext();
  try {
    await context.addCookies(cookies);
    const page = await context.newPage();
    await page.goto(url);
    await page.locator('html[data-ready] h1').first().waitFor();
    await page.waitForFunction(() => !document.querySelector('[aria-busy=true], .skeleton'));
    const files = await page.evaluate(() =>
      performance.getEntriesByType('resource').map((entry) => {
        const { name, encodedBodySize } = /** @type {PerformanceResourceTiming} */ (entry);
        return { path: new URL(name).pathname, bytes: encodedBodySize };
      }),
    );
    const own = files.filter(({ path }) => part.test(path) && !path.startsWith('/api/'));
    // What is linked twice, such as a preloaded script, is downloaded once.
    const sizes = new Map(own.map(({ path, bytes }) => [path, bytes]));
    return [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0) / 1000;
  } finally {
    await context.close();
  }
}

function everything() {
  const files = readdirSync(dist).filter((file) => part.test(file));
  if (!files.some((file) => file.endsWith('.wasm'))) throw new Error('dist/ holds no wasm');
  const brotli = (/** @type {string} */ file) =>
    brotliCompressSync(readFileSync(join(dist, file)), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  return files.reduce((sum, file) => sum + brotli(file), 0) / 1000;
}

/** @param {import('../bench.mjs').Bench} bench */
export async function measure({ binary, chromium: executablePath, scratch, say }) {
  const demo = await launch(binary, ['demo', '--listen', '127.0.0.1:0', '--data', scratch, '--json']);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const ready = JSON.parse(demo.line);
    const staff = await browser.newContext({ baseURL: ready.url });
    await signInStaff(staff.request, ready);
    const customer = await browser.newContext({ baseURL: ready.url });
    await signInCustomer(customer.request, ready);
    const visits = /** @type {const} */ ([
      ['sign-in', '/Staff/SignIn', []],
      ['customers list', '/Customers', await staff.cookies()],
      ['portal home', '/Portal', await customer.cookies()],
    ]);
    const rows = [];
    for (const [name, path, cookies] of visits) {
      const value = await visit(browser, ready.url + path, [...cookies]);
      say(`${name}: ${value.toFixed(1)} KB`);
      rows.push({
        what: `page app, first visit of the ${name}: wasm + js + css, brotli`,
        value,
        unit: 'KB',
        against: 'react-admin, five resources: 298 KB',
        ratio: value / 298,
        target: `≤ ${limit} KB`,
        met: value <= limit,
      });
    }
    return [...rows, { what: 'page app, all its parts together, brotli', value: everything(), unit: 'KB' }];
  } finally {
    await browser.close();
    await demo.stop();
  }
}
