// Licence keys made and used over HTTP, for stories that begin later than that.
import { readFile } from 'node:fs/promises';
import type { APIRequestContext, Download } from '@playwright/test';
import type { Demo } from './demo.ts';
import { json } from './vendor.ts';

export interface Key {
  row: { global_id: number; id: number; key: string; product: number; expires: string | null; status: string };
  features: boolean[];
}

/** Makes a key of the demo's first product. */
export async function makeKey(staff: APIRequestContext, demo: Demo, more: object = {}): Promise<Key> {
  const form = {
    customer: null,
    period_days: 90,
    features: Array<boolean>(8).fill(false),
    max_machines: 2,
    trial_activation: false,
    notes: '',
    ...more,
  };
  return json(await staff.post(`/api/v1/products/${demo.products[0]!.id}/keys`, { data: form }));
}

/** A key as staff see it now. */
export async function keyNow(staff: APIRequestContext, globalId: number): Promise<Key> {
  return json(await staff.get(`/api/v1/keys/${globalId}`));
}

/** Activates a key as a program does. */
export async function activate(demo: Demo, key: Key, machine: string, more: Record<string, string> = {}): Promise<void> {
  const body = new URLSearchParams({
    token: demo.api_token,
    ProductId: String(key.row.product),
    Key: key.row.key,
    MachineCode: machine,
    ...more,
  });
  const answer = await fetch(`${demo.url}/api/key/Activate`, { method: 'POST', body });
  const said = (await answer.json()) as { result: number; message: string };
  if (said.result !== 0) throw new Error(`Activate answered: ${said.message}`);
}

/** What was downloaded. */
export async function textOf(download: Download): Promise<string> {
  return readFile((await download.path())!, 'utf8');
}
