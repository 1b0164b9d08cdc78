import { defineConfig } from '@playwright/test';
import type { Options } from './support/fixtures.ts';

// Debian's Chromium in a container: no sandbox as root, no graphics card, nothing fetched in the background.
const launchOptions = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

const desktop = { viewport: { width: 1280, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

export default defineConfig<object, Options>({
  testDir: 'tests',
  outputDir: '../target/test/browser',
  fullyParallel: true,
  workers: 2,
  // What passes the second time is told as flaky; a busy machine alone does not fail a run.
  retries: 1,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: { launchOptions, locale: 'en-GB', timezoneId: 'UTC', trace: 'retain-on-failure', screenshot: 'only-on-failure' },
  projects: [
    { name: 'desktop', use: desktop },
    { name: 'phone', use: phone },
    // The stories that matter most once more on PostgreSQL; build/with-postgres.sh provides it.
    ...(process.env.TEST_POSTGRES_URL
      ? [{ name: 'postgres', grep: /@postgres/, use: { ...desktop, databaseServer: process.env.TEST_POSTGRES_URL } }]
      : []),
  ],
});
