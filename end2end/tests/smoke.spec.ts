// The binary serves: health, headers, caching, and an app that starts on every entrance.
import { expect, expectAccessible, open, test } from '../support/fixtures.ts';

const entrances = ['/', '/Portal'];

test('answers that it is alive and ready', async ({ request }) => {
  expect((await request.get('/healthz')).status()).toBe(200);
  expect((await request.get('/readyz')).status()).toBe(200);
});

test('sends the policy that the app is designed for', async ({ request }) => {
  const policy = (await request.get('/')).headers()['content-security-policy'] ?? '';
  expect(policy.replaceAll(/ 'sha256-[A-Za-z0-9+/]{43}='/g, '')).toBe(
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; " +
      "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  );
  expect(policy).toContain("'sha256-");
});

test('keeps the page fresh and its parts for ever', async ({ request }) => {
  const page = await request.get('/');
  expect(page.headers()['cache-control']).toBe('no-cache');
  expect(page.headers()['referrer-policy']).toBe('no-referrer');
  const named = (text: string) => [...text.matchAll(/\/([\w-]+-[0-9a-f]{12,16}(?:_bg)?\.(?:js|wasm|css|bin))/g)].map((match) => `/${match[1]}`);
  const linked = named(await page.text());
  const script = linked.find((part) => part.endsWith('.js'))!;
  const parts = [...linked, ...named(await (await request.get(script)).text())];
  expect(parts.filter((part) => part.endsWith('.wasm')).length, 'the main part and those for groups of pages').toBeGreaterThan(4);
  for (const part of new Set(parts)) {
    const { 'cache-control': cache, 'content-encoding': encoding } = (
      await request.get(part, { headers: { 'accept-encoding': 'gzip, br' } })
    ).headers();
    expect({ part, cache, encoding }).toEqual({ part, cache: 'public, max-age=31536000, immutable', encoding: 'br' });
  }
});

test('asks for the page’s part of the app before the app itself does, and for each file once', async ({ page }) => {
  await open(page, '/Staff/SignIn');
  const loaded = await page.evaluate(() =>
    performance.getEntriesByType('resource').map((entry) => {
      const by = (entry as PerformanceResourceTiming).initiatorType;
      return `${new URL(entry.name).pathname} by ${by}`;
    }),
  );
  const parts = loaded.filter((file) => file.startsWith('/part-'));
  expect(parts.some((file) => file.startsWith('/part-access-'))).toBe(true);
  expect(parts.filter((file) => !file.endsWith(' by link'))).toEqual([]);
  expect(new Set(parts).size).toBe(parts.length);
});

test('answers unknown addresses of the API as JSON, files as missing, pages with the app', async ({ request }) => {
  for (const path of ['/api/v1/no-such-thing', '/webhooks/no-such-thing']) {
    const answer = await request.get(path);
    expect(answer.status(), path).toBe(404);
    expect(await answer.json(), path).toMatchObject({ error: { code: expect.any(String), message: expect.any(String) } });
  }
  expect((await request.get('/no-such-file.png')).status()).toBe(404);
  expect((await request.get('/no-such-page')).headers()['content-type']).toContain('text/html');
});

for (const entrance of entrances) {
  test(`starts on ${entrance} and has nothing for axe to find`, async ({ page }) => {
    await open(page, entrance);
    await expect(page.getByRole('main')).toBeVisible();
    await expectAccessible(page);
  });
}

test('does not outgrow a phone', async ({ page }) => {
  for (const entrance of entrances) {
    await open(page, entrance);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, entrance).toBeLessThanOrEqual(0);
  }
});
