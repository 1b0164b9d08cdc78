// A vendor's program: it activates licence keys through the licence Web API, as the published SDKs do.
import type { APIRequestContext } from '@playwright/test';
import { json } from './vendor.ts';

/** A licence key made by hand, as far as it is needed here. */
export interface Key {
  row: { global_id: number; id: number; product: number; key: string };
}

/** Makes a key of a product for a customer. */
export async function makeKey(staff: APIRequestContext, product: number, customer: number, machines: number): Promise<Key> {
  const form = {
    customer,
    period_days: 365,
    features: Array<boolean>(8).fill(false),
    max_machines: machines,
    trial_activation: false,
    notes: '',
  };
  return json(await staff.post(`/api/v1/products/${product}/keys`, { data: form }));
}

/** A token that programs may activate with. */
export async function programToken(staff: APIRequestContext): Promise<string> {
  const form = { name: 'A program', scopes: ['Activate'] };
  return (await json<{ token: string }>(await staff.post('/api/v1/tokens', { data: form }))).token;
}

/** What a program on that machine is answered: an empty message where the key was activated. */
export async function activate(
  program: APIRequestContext,
  token: string,
  product: number,
  key: string,
  machine: string,
): Promise<string> {
  const form = { token, ProductId: String(product), Key: key, MachineCode: `code of ${machine}`, FriendlyName: machine, Sign: 'true', SignMethod: '1' };
  return ((await (await program.post('/api/key/Activate', { form })).json()) as { message: string }).message;
}
