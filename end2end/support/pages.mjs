// Every page of the app that can be opened by its address, and who may see it. A page that is missing here is
// neither looked at by axe nor pictured.

/**
 * @typedef {object} AppPage
 * @property {string} name
 * @property {string} path with {customer}, {product}, {key}, {subscription}, {own}, {transaction}, {message}, {attention}, {event} or {domain} to be filled in
 * @property {'nobody' | 'staff' | 'customer'} who
 * @property {boolean} [pictured] whether docs/screenshots/ shows it
 */

/** @type {AppPage[]} */
export const pages = [
  { name: 'staff-sign-in', path: '/Staff/SignIn', who: 'nobody' },
  { name: 'staff-forgot', path: '/Staff/Forgot', who: 'nobody' },
  { name: 'staff-reset', path: '/Staff/Reset', who: 'nobody' },
  { name: 'staff-welcome', path: '/Staff/Welcome', who: 'nobody' },
  { name: 'dashboard', path: '/Dashboard', who: 'staff', pictured: true },
  { name: 'customers', path: '/Customers', who: 'staff', pictured: true },
  { name: 'customers-no-match', path: '/Customers?filter=nobody-is-called-this', who: 'staff' },
  { name: 'customer-new', path: '/Customers/New', who: 'staff' },
  { name: 'customer', path: '/Customers/{customer}', who: 'staff', pictured: true },
  { name: 'sign-up-link', path: '/Customer/SignUpLink', who: 'staff', pictured: true },
  { name: 'subscriptions', path: '/Subscriptions', who: 'staff', pictured: true },
  { name: 'subscription', path: '/Subscriptions/{subscription}', who: 'staff' },
  { name: 'transactions', path: '/Transactions', who: 'staff' },
  { name: 'transaction', path: '/Transactions/{transaction}', who: 'staff' },
  { name: 'customer-transactions', path: '/Customers/{customer}/transactions', who: 'staff' },
  { name: 'subscription-change', path: '/Subscriptions/{subscription}/Change', who: 'staff' },
  { name: 'subscription-renew', path: '/Subscriptions/{subscription}/Renew', who: 'staff' },
  { name: 'subscription-new', path: '/Subscriptions/New/{customer}', who: 'staff' },
  { name: 'keys', path: '/Keys', who: 'staff' },
  { name: 'key', path: '/Keys/{key}', who: 'staff', pictured: true },
  { name: 'key-machines', path: '/Keys/{key}/machines', who: 'staff' },
  { name: 'key-data', path: '/Keys/{key}/data', who: 'staff' },
  { name: 'key-activity', path: '/Keys/{key}/activity', who: 'staff' },
  { name: 'key-history', path: '/Keys/{key}/history', who: 'staff' },
  { name: 'products', path: '/Products', who: 'staff' },
  { name: 'product-new', path: '/Products/New', who: 'staff' },
  { name: 'product', path: '/Products/{product}', who: 'staff' },
  { name: 'product-keys', path: '/Products/{product}/keys', who: 'staff' },
  { name: 'product-templates', path: '/Products/{product}/templates', who: 'staff' },
  { name: 'product-licensing', path: '/Products/{product}/licensing', who: 'staff' },
  { name: 'product-settings', path: '/Products/{product}/settings', who: 'staff' },
  { name: 'key-new', path: '/Products/{product}/Keys/New', who: 'staff' },
  { name: 'webshops', path: '/Webshops', who: 'staff' },
  { name: 'webshop', path: '/Webshops/1', who: 'staff' },
  { name: 'webshop-new', path: '/Webshops/New', who: 'staff' },
  { name: 'attention', path: '/Attention', who: 'staff', pictured: true },
  { name: 'attention-ended', path: '/Attention?filter=state%20%3D%20resolved', who: 'staff' },
  { name: 'attention-entry', path: '/Attention/{attention}', who: 'staff' },
  { name: 'data', path: '/Data?refType=0', who: 'staff' },
  { name: 'reports', path: '/Reports', who: 'staff' },
  { name: 'communications', path: '/Communications', who: 'staff' },
  { name: 'communication', path: '/Communications/{message}', who: 'staff' },
  { name: 'message-templates', path: '/Communications/Templates', who: 'staff' },
  { name: 'message-template', path: '/Communications/Templates/payment_failed', who: 'staff' },
  { name: 'message-template-unknown', path: '/Communications/Templates/no-such-message', who: 'staff' },
  { name: 'reminders', path: '/Communications/Reminders', who: 'staff' },
  { name: 'tokens', path: '/Tokens', who: 'staff', pictured: true },
  { name: 'token-new', path: '/Tokens/New', who: 'staff' },
  { name: 'log', path: '/Log', who: 'staff', pictured: true },
  { name: 'log-no-match', path: '/Log?filter=nothing-is-called-this', who: 'staff' },
  { name: 'reference', path: '/Reference', who: 'staff' },
  { name: 'reference-method', path: '/Reference?method=post%20%2Fapi%2Fkey%2FActivate', who: 'staff', pictured: true },
  { name: 'stripe', path: '/Stripe', who: 'staff', pictured: true },
  { name: 'stripe-connect', path: '/Stripe/Connect', who: 'staff' },
  { name: 'stripe-connect-further', path: '/Stripe/Connect?further=yes', who: 'staff' },
  { name: 'stripe-sweeps', path: '/Stripe/Sweeps', who: 'staff' },
  { name: 'stripe-events', path: '/Stripe/Events', who: 'staff' },
  { name: 'stripe-event', path: '/Stripe/Events/{event}', who: 'staff' },
  { name: 'stripe-endpoints', path: '/Stripe/Endpoints', who: 'staff' },
  { name: 'settings', path: '/Settings', who: 'staff' },
  { name: 'settings-company', path: '/Settings/company', who: 'staff', pictured: true },
  { name: 'settings-terms', path: '/Settings/terms', who: 'staff' },
  { name: 'settings-links', path: '/Settings/links', who: 'staff' },
  { name: 'settings-portal', path: '/Settings/portal', who: 'staff' },
  { name: 'settings-billing', path: '/Settings/billing', who: 'staff' },
  { name: 'settings-mail', path: '/Settings/mail', who: 'staff' },
  { name: 'settings-signing', path: '/Settings/signing', who: 'staff' },
  { name: 'settings-web-api', path: '/Settings/web-api', who: 'staff' },
  { name: 'move-in', path: '/MoveIn', who: 'staff' },
  { name: 'staff', path: '/Staff', who: 'staff' },
  { name: 'me', path: '/Me', who: 'staff' },
  { name: 'not-found', path: '/No/Such/Page', who: 'staff' },
  { name: 'company', path: '/Portal/@{domain}/', who: 'nobody', pictured: true },
  { name: 'link-unusable', path: '/Portal/@{domain}/Associate?id=1&auth=wrong', who: 'nobody' },
  { name: 'portal-sign-in', path: '/Portal/SignIn', who: 'nobody' },
  { name: 'portal-forgot', path: '/Portal/Forgot', who: 'nobody' },
  { name: 'portal-reset', path: '/Portal/Reset', who: 'nobody' },
  { name: 'portal-home', path: '/Portal', who: 'customer', pictured: true },
  { name: 'portal-plans', path: '/Portal/Plans', who: 'customer', pictured: true },
  { name: 'portal-licences', path: '/Portal/Licences', who: 'customer', pictured: true },
  { name: 'portal-billing', path: '/Portal/Billing', who: 'customer', pictured: true },
  { name: 'portal-change', path: '/Portal/Subscriptions/{own}/Change', who: 'customer' },
  { name: 'portal-account', path: '/Portal/Account', who: 'customer' },
];

/** Where the first row of a list is found, for each placeholder. */
const lists = /** @type {const} */ ({
  // One with something to show.
  customer: ['customers?sort=id', 'id'],
  key: ['keys', 'global_id'],
  subscription: ['subscriptions', 'id'],
  message: ['communications', 'id'],
  attention: ['attention', 'id'],
  event: ['stripe/events', 'id'],
  transaction: ['transactions?filter=type%20%3D%20payment', 'id'],
});

/**
 * Fills in the placeholders of a path with what the demo holds.
 * @param {string} path
 * @param {import('playwright-core').APIRequestContext} staff signed in as staff
 * @param {import('./people.mjs').Demo} demo
 * @returns {Promise<string>}
 */
export async function fill(path, staff, demo) {
  const [, placeholder] = /\{(\w+)\}/.exec(path) ?? [];
  if (!placeholder) return path;
  return path.replace(`{${placeholder}}`, String(await found(placeholder, staff, demo)));
}

/**
 * @param {string} placeholder
 * @param {import('playwright-core').APIRequestContext} staff
 * @param {import('./people.mjs').Demo} demo
 */
async function found(placeholder, staff, demo) {
  const get = async (/** @type {string} */ address) => (await staff.get(`${demo.url}/api/v1/${address}`)).json();
  if (placeholder === 'own') return ownSubscription(get, demo);
  if (placeholder === 'product') return demo.products[0]?.id;
  if (placeholder === 'domain') return (await get('session')).vendor.domain;
  const [list, id] = lists[/** @type {keyof typeof lists} */ (placeholder)];
  const { items } = await get(`${list}${list.includes('?') ? '&' : '?'}limit=1`);
  if (!items?.[0]) throw new Error(`the demo has no ${placeholder} to show`);
  return items[0][id];
}

/**
 * The subscription of the customer who signs in.
 * @param {(address: string) => Promise<any>} get
 * @param {import('./people.mjs').Demo} demo
 * @returns {Promise<number>}
 */
async function ownSubscription(get, demo) {
  const filter = encodeURIComponent(`email = "${demo.customers[0]?.email}"`);
  const { items } = await get(`customers?filter=${filter}&limit=1`);
  const { subscriptions } = await get(`customers/${items[0].id}`);
  return subscriptions[0].id;
}
