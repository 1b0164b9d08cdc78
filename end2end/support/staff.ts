// Colleagues of a test's own, whose sessions and passwords it may do away with.
import type { APIRequestContext } from '@playwright/test';
import type { Person } from './customers.ts';
import type { StaffSignIn } from './demo.ts';
import { json } from './vendor.ts';

/** Invites somebody: the invitation's link. */
export async function invite(owner: APIRequestContext, { name, email }: Person, role: StaffSignIn['role']): Promise<string> {
  const { url } = await json<{ url: string }>(await owner.post('/api/v1/staff', { data: { name, email, role } }));
  return url;
}

/** Invites somebody and accepts for them: `browser`'s cookies are signed in as staff afterwards. */
export async function joinedColleague(
  owner: APIRequestContext,
  browser: APIRequestContext,
  person: Person,
  role: StaffSignIn['role'],
): Promise<void> {
  const code = new URL(await invite(owner, person, role)).hash.slice(1);
  await json(await browser.post('/api/v1/staff/invitation/accept', { data: { code, ...person } }));
}

/** Ends all sessions of somebody, as they would from another machine. */
export async function signOutEverywhere(browser: APIRequestContext, area: 'staff' | 'portal', { email, password }: Person): Promise<void> {
  await json(await browser.post(`/api/v1/${area}/sign-in`, { data: { email, password } }));
  const sessions = area === 'staff' ? '/api/v1/me/sessions' : '/api/v1/portal/sessions';
  const ended = await browser.delete(sessions);
  if (!ended.ok()) throw new Error(`${sessions} answered ${ended.status()}`);
}
