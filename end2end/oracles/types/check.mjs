// Turns recorded objects into TypeScript constants of the published types and lets the compiler judge.
// Usage: node check.mjs DIRECTORY (as written by the `record` example of latchkey-stripe-fake)

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPES = {
  'account': 'Stripe.Account',
  'billing_portal.configuration': 'Stripe.BillingPortal.Configuration',
  'billing_portal.session': 'Stripe.BillingPortal.Session',
  'charge': 'Stripe.Charge',
  'checkout.session': 'Stripe.Checkout.Session',
  'coupon': 'Stripe.Coupon',
  'customer': 'Stripe.Customer',
  'deleted customer': 'Stripe.DeletedCustomer',
  'discount': 'Stripe.Discount',
  'dispute': 'Stripe.Dispute',
  'event': 'Stripe.EventBase',
  'invoice': 'Stripe.Invoice',
  'invoice_payment': 'Stripe.InvoicePayment',
  'line_item': 'Stripe.InvoiceLineItem',
  'list': 'Stripe.ApiList<unknown>',
  'payment_intent': 'Stripe.PaymentIntent',
  'payment_method': 'Stripe.PaymentMethod',
  'price': 'Stripe.Price',
  'product': 'Stripe.Product',
  'promotion_code': 'Stripe.PromotionCode',
  'refund': 'Stripe.Refund',
  'subscription': 'Stripe.Subscription',
  'test_helpers.test_clock': 'Stripe.TestHelpers.TestClock',
  'webhook_endpoint': 'Stripe.WebhookEndpoint',
};

// On the wire a decimal is text; the package turns it into a class of its own when it reads an answer.
const HEAD = `import type Stripe from 'stripe';
type Decimal = NonNullable<Stripe.Price['unit_amount_decimal']>;
type Wire<T> = T extends Decimal ? string
  : T extends (infer Element)[] ? Wire<Element>[]
  : T extends object ? { [Key in keyof T]: Wire<T[Key]> }
  : T;
`;

const here = dirname(fileURLToPath(import.meta.url));
const recorded = process.argv[2];
if (!recorded) {
  console.error('name the directory with the recorded objects');
  process.exit(2);
}

const generated = join(here, 'generated');
rmSync(generated, { recursive: true, force: true });
mkdirSync(generated, { recursive: true });

let count = 0;
for (const kind of readdirSync(recorded)) {
  const type = TYPES[kind];
  if (!type) {
    console.error(`no type is known for recorded objects of kind "${kind}"`);
    process.exit(1);
  }
  // Many events and invoices look alike: one of each shape is enough for the compiler, which is slow.
  const shapes = new Set();
  const parts = [HEAD];
  for (const file of readdirSync(join(recorded, kind)).sort()) {
    const object = JSON.parse(readFileSync(join(recorded, kind, file), 'utf8'));
    const shape = JSON.stringify(shapeOf(object));
    if (shapes.has(shape)) continue;
    shapes.add(shape);
    parts.push(`// ${file}`, `export const object${shapes.size}: Wire<${type}> = ${JSON.stringify(object, null, 2)};`);
    count += 1;
  }
  writeFileSync(join(generated, `${kind.replace(/[^a-z]/g, '-')}.ts`), parts.join('\n'));
}

// What the compiler looks at: names, kinds of values, and words (they may be of a fixed set).
function shapeOf(value) {
  if (Array.isArray(value)) return [...new Set(value.map((item) => JSON.stringify(shapeOf(item))))];
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, inside]) => [name, shapeOf(inside)]));
  }
  if (typeof value === 'string') return /^[a-z_.]+$/.test(value) ? value : 'text';
  return value === null ? null : typeof value;
}

writeFileSync(
  join(generated, 'tsconfig.json'),
  JSON.stringify({
    compilerOptions: {
      strict: true, noEmit: true, skipLibCheck: true, target: 'es2022', module: 'nodenext',
      moduleResolution: 'nodenext', types: [],
    },
    include: ['*.ts'],
  }),
);
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
try {
  execFileSync(process.execPath, [tsc, '--project', generated, '--pretty', 'false'], { encoding: 'utf8' });
} catch (error) {
  console.error(error.stdout || error.message);
  process.exit(1);
}
console.log(`types: ${count} recorded objects fit stripe@23.0.1`);
