// Makes customers and gives them sign-ins over HTTP, for stories that begin later than that.
import { randomBytes } from 'node:crypto';
import type { APIRequestContext } from '@playwright/test';
import { json } from './vendor.ts';

/** Somebody on the customers' side, as they would fill in a form. */
export interface Person {
  name: string;
  email: string;
  password: string;
}

/** A customer as the API shows it to staff, as far as it is needed here. */
export interface Customer {
  id: number;
  name: string;
  email: string;
  association: { state: 'off' | 'open' | 'used' | 'revoked'; url: string | null };
}

/** Somebody whom this demo has not seen: the same first name each time, another surname and address. */
export function somebody(first: string): Person {
  // Letters only, so that no part of a name is mistaken for a number.
  const surname = Array.from(randomBytes(7), (byte) => 'bdfgklmnprstvz'[byte % 14]).join('');
  return {
    name: `${first} ${surname[0]!.toUpperCase()}${surname.slice(1)}`,
    email: `${first.toLowerCase()}.${surname}@buyer.example`,
    password: 'quiet walnut ship on tuesday',
  };
}

/** Adds a customer by hand, with a personal link. */
export async function addCustomer(staff: APIRequestContext, { name, email }: Person, more: object = {}): Promise<Customer> {
  const form = {
    name,
    email,
    company: '',
    phone: '',
    country: '',
    notes: '',
    external_id: '',
    enable_association: true,
    allow_activation_management: false,
    allow_multiple_users: false,
    ...more,
  };
  return json(await staff.post('/api/v1/customers', { data: form }));
}

/** A customer as staff see it now. */
export async function customerNow(staff: APIRequestContext, id: number): Promise<Customer> {
  return json(await staff.get(`/api/v1/customers/${id}`));
}

/** A link's parts, as the API takes them. */
export function partsOf(link: string): { domain: string; id: number | null; vid: number | null; auth: string } {
  const { pathname, searchParams } = new URL(link);
  const number = (name: string) => (searchParams.has(name) ? Number(searchParams.get(name)) : null);
  const domain = /^\/Portal\/@([^/]+)\/Associate$/.exec(decodeURI(pathname))?.[1];
  const auth = searchParams.get('auth');
  if (!domain || !auth) throw new Error(`not a link: ${link}`);
  return { domain, id: number('id'), vid: number('vid'), auth };
}

/** Adds a customer and lets them use their personal link: `browser`'s cookies are signed in to the portal afterwards. */
export async function joinedCustomer(
  staff: APIRequestContext,
  browser: APIRequestContext,
  person: Person,
): Promise<Customer> {
  const customer = await addCustomer(staff, person);
  const link = partsOf(customer.association.url!);
  const form = { link, name: person.name, email: '', password: person.password, accept: null };
  await json(await browser.post('/api/v1/portal/invitation/use', { data: form }));
  return customer;
}
