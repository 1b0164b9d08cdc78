// Listens to everything that goes wrong in a browser without being seen: console errors, uncaught exceptions,
// breaches of the content security policy, failed requests.
import type { BrowserContext } from '@playwright/test';

/** Answers of the documented error shape are ordinary; Chromium writes each to the console all the same. */
const ordinaryAnswer = /Failed to load resource.* status of (401|403|404|409|422|429)/;

export interface Watch {
  problems: string[];
  /** Lets pass what matches, for a test that provokes it. */
  allow(pattern: RegExp): void;
}

export async function watch(context: BrowserContext): Promise<Watch> {
  const allowed: RegExp[] = [];
  const problems: string[] = [];
  const add = (text: string) => {
    if (!allowed.some((pattern) => pattern.test(text))) problems.push(text);
  };

  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`CSP violation: ${event.effectiveDirective} forbids ${event.blockedURI} ${event.sample}`);
    });
  });
  context.on('console', (message) => {
    if (message.type() !== 'error') return;
    const { url } = message.location();
    if (ordinaryAnswer.test(message.text()) && new URL(url).pathname.startsWith('/api/')) return;
    add(`console: ${message.text()} (${url})`);
  });
  context.on('weberror', (error) => add(`uncaught: ${error.error()}`));
  context.on('response', (response) => {
    if (response.status() >= 500) add(`${response.status()} from ${response.url()}`);
  });

  return { problems, allow: (pattern) => void allowed.push(pattern) };
}
