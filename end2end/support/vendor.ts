// What the vendor has set, looked up and changed over HTTP as staff.
import type { APIRequestContext, APIResponse } from '@playwright/test';

/** The body of a success; an error names what was asked and what came back. */
export async function json<T>(answer: APIResponse): Promise<T> {
  if (!answer.ok()) throw new Error(`${answer.url()} answered ${answer.status()}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** Sets the terms of use; an empty address removes them. */
export async function setTerms(staff: APIRequestContext, terms: { url: string; version: string }): Promise<void> {
  await json(await staff.put('/api/v1/settings/terms', { data: terms }));
}

/** The whole address of the sign-up link, which must be switched on. */
export async function signUpLink(staff: APIRequestContext): Promise<string> {
  const { url } = await json<{ url: string | null }>(await staff.get('/api/v1/sign-up-link'));
  if (!url) throw new Error('the sign-up link is switched off');
  return url;
}

/** The newest message of a kind to an address, out of the demo's mailbox: a message is there before its page says so. */
export async function newestMessage(staff: APIRequestContext, to: string, kind: string): Promise<string> {
  const filter = `to = "${to}" and kind = "${kind}"`;
  const list = await json<{ items: { id: number }[] }>(
    await staff.get('/api/v1/communications', { params: { filter, limit: 1 } }),
  );
  const [newest] = list.items;
  if (!newest) throw new Error(`the mailbox has no ${kind} to ${to}`);
  return (await json<{ text: string }>(await staff.get(`/api/v1/communications/${newest.id}`))).text;
}

/** The only link in a message. */
export function linkIn(message: string): string {
  const links = message.match(/https?:\/\/\S+/g) ?? [];
  if (links.length !== 1) throw new Error(`not one link in: ${message}`);
  return links[0]!;
}
