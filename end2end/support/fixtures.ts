// What every test is given: a demo of its worker's own, and pages that fail the test when something goes wrong
// behind the screen.
import { test as base, expect, type APIRequestContext, type BrowserContextOptions, type Page } from '@playwright/test';
import { startDemo, type Demo, type StaffSignIn } from './demo.ts';
import { signInCustomer, signInStaff } from './people.mjs';
import { setTerms } from './vendor.ts';
import { watch, type Watch } from './watch.ts';

export { expectAccessible } from './axe.ts';
export { expect };
export type { Demo, Page };

export interface Options {
  /** A postgres:// URL whose server gives each worker a database; undefined is SQLite. */
  databaseServer: string | undefined;
}

interface Fixtures {
  /** Console errors, exceptions and policy breaches of the test's own browser context; must be empty at its end. */
  problems: Watch;
  /** Signs the page in without the sign-in form: as a staff role, or as the demo's customer of that number. */
  signedIn(who: StaffSignIn['role'] | number): Promise<void>;
  /** A page in a context of its own: another person at another machine, watched like the first. */
  another(): Promise<Page>;
  /** Sets the vendor's terms of use. When the test ends there are none, as before. */
  terms(url: string, version: string): Promise<void>;
}

interface WorkerFixtures extends Options {
  demo: Demo;
  /** HTTP as the demo's owner, to look up or prepare things. */
  owner: APIRequestContext;
  /** One session per person and worker: signing in again and again would meet the limits. */
  sessions: (who: StaffSignIn['role'] | number) => Promise<APIRequestContext>;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  databaseServer: [undefined, { option: true, scope: 'worker' }],

  demo: [
    async ({ databaseServer }, use) => {
      const demo = await startDemo(databaseServer);
      await use(demo);
      await demo.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],

  sessions: [
    async ({ demo, playwright }, use) => {
      const opened = new Map<StaffSignIn['role'] | number, Promise<APIRequestContext>>();
      const open = async (who: StaffSignIn['role'] | number) => {
        const request = await playwright.request.newContext({ baseURL: demo.url });
        await (typeof who === 'number' ? signInCustomer(request, demo, who) : signInStaff(request, demo, who));
        return request;
      };
      await use((who) => {
        const session = opened.get(who) ?? open(who);
        opened.set(who, session);
        return session;
      });
      for (const session of opened.values()) await (await session).dispose();
    },
    { scope: 'worker' },
  ],

  owner: [async ({ sessions }, use) => use(await sessions('owner')), { scope: 'worker' }],

  signedIn: async ({ sessions, context }, use) => {
    await use(async (who) => {
      const { cookies } = await (await sessions(who)).storageState();
      await context.addCookies(cookies);
    });
  },

  terms: async ({ owner }, use) => {
    await use((url, version) => setTerms(owner, { url, version }));
    await setTerms(owner, { url: '', version: '' });
  },

  baseURL: async ({ demo }, use) => use(demo.url),

  problems: [
    async ({ context }, use) => {
      const watched = await watch(context);
      await use(watched);
      expect(watched.problems, 'what went wrong behind the screen').toEqual([]);
    },
    { auto: true },
  ],

  another: async ({ browser, contextOptions, baseURL, viewport, isMobile, hasTouch, locale, timezoneId }, use) => {
    const options: BrowserContextOptions = {
      ...contextOptions,
      baseURL,
      viewport,
      isMobile,
      hasTouch,
      locale,
      timezoneId,
    };
    const opened: { close(): Promise<void>; watched: Watch }[] = [];
    await use(async () => {
      const context = await browser.newContext(options);
      opened.push({ close: () => context.close(), watched: await watch(context) });
      return context.newPage();
    });
    for (const { close, watched } of opened) {
      await close();
      expect(watched.problems, 'what went wrong behind the other screen').toEqual([]);
    }
  },
});

/** Opens a path of the app and waits until it is drawn. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await ready(page);
}

/** Waits until the app has taken over the page. */
export async function ready(page: Page): Promise<void> {
  await page.locator('html[data-ready]').waitFor();
}
