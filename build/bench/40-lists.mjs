// How long staff wait for a page of the customer list, warm, one client, on few and on many customers.
import { execFileSync } from 'node:child_process';
import { launch } from '../../end2end/support/launch.mjs';
import { seeded } from '../seeded.mjs';
import { percentile } from '../statistics.mjs';

export const title = 'Customer list';

const few = 10_000;
const many = Number(process.env.BENCH_CUSTOMERS ?? 1_000_000);
const warmUps = 3;
const asked = 60;
const deepPages = 20;

/** @typedef {(query: Record<string, string>) => Promise<{ took: number, list: any }>} Ask */

/**
 * Milliseconds at the 99th percentile for the first page and for one deep inside, whichever is longer.
 * @param {Ask} ask
 * @param {Record<string, string>} query
 */
async function worst(ask, query) {
  let deep = query;
  for (let page = 0; page < deepPages; page += 1) {
    const { list } = await ask({ ...deep, limit: '100' });
    if (!list.meta.next) break;
    deep = { ...query, cursor: list.meta.next };
  }
  let longest = 0;
  for (const place of deep === query ? [query] : [query, deep]) {
    const times = [];
    for (let run = 0; run < warmUps + asked; run += 1) {
      const { took } = await ask(place);
      if (run >= warmUps) times.push(took);
    }
    longest = Math.max(longest, percentile(times, 0.99));
  }
  return longest;
}

/**
 * What is asked, with values that are there.
 * @param {Ask} ask
 * @param {(path: string) => Promise<any>} get
 * @returns {Promise<Record<string, Record<string, string>[]>>}
 */
async function questions(ask, get) {
  const { list } = await ask({ sort: 'id', limit: '100' });
  const row = list.items.find((/** @type {any} */ item) => item.keys > 0 && item.company) ?? list.items[0];
  const customer = await get(`/api/v1/customers/${row.id}`);
  const key = customer.keys[0]?.key;
  const [first, last] = row.name.split(' ');
  const filters = [
    `id = ${row.id}`,
    'status = trial',
    'status = active',
    `name = "${row.name}"`,
    `name begins with "${first}"`,
    `email = "${row.email}"`,
    `email begins with "${row.email.slice(0, 5)}"`,
    `company = "${row.company}"`,
    `country = ${customer.country}`,
    `external_id = "${customer.external_id || 'none'}"`,
    `created >= ${row.created.slice(0, 10)}`,
    ...(key ? [`key = "${key}"`] : []),
  ].map((filter) => ({ filter }));
  const sorts = ['id', 'name', 'email', 'company', 'created'].flatMap((sort) => [{ sort }, { sort: `-${sort}` }]);
  const words = [last, row.email.split('@')[0], 'example', `name contains "${last.slice(1, 5)}"`, 'zq', 'xqzzy'];
  const sorted = words.map((filter) => ({ filter, sort: 'name' }));
  const filtered = words.map((filter) => ({ filter: `status = active and ${quoted(filter)}` }));
  return {
    single: [...filters, ...sorts],
    words: words.map((filter) => ({ filter })),
    both: [...sorted, ...filtered],
  };
}

/** @param {string} filter */
function quoted(filter) {
  return filter.includes(' ') ? filter : `"${filter}"`;
}

/**
 * @param {import('../bench.mjs').Bench} bench
 * @param {number} customers
 */
async function on(bench, customers) {
  const place = seeded(bench, customers);
  const made = execFileSync(bench.binary, ['token', 'create', '--name', 'bench', '--scope', '*', '--json', ...place]);
  const headers = { authorization: `Bearer ${JSON.parse(String(made)).token}` };
  const server = await launch(bench.binary, ['serve', '--listen', '127.0.0.1:0', ...place], { ready: /listening on http/ });
  try {
    const [url] = /http:\/\/\S+/.exec(server.line) ?? [];
    const get = async (/** @type {string} */ path) => {
      const answer = await fetch(url + path, { headers });
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
      return answer.json();
    };
    /** @type {Ask} */
    const ask = async (query) => {
      const began = performance.now();
      const list = await get(`/api/v1/customers?${new URLSearchParams(query)}`);
      return { took: performance.now() - began, list };
    };
    /** @type {Record<string, number>} */
    const longest = {};
    for (const [group, queries] of Object.entries(await questions(ask, get))) {
      longest[group] = 0;
      for (const query of queries) {
        const took = await worst(ask, query);
        bench.say(`${customers.toLocaleString('en')}: ${JSON.stringify(query)}: ${took.toFixed(1)} ms`);
        longest[group] = Math.max(longest[group], took);
      }
    }
    return longest;
  } finally {
    await server.stop();
  }
}

/** @param {import('../bench.mjs').Bench} bench */
export async function measure(bench) {
  const small = await on(bench, few);
  const large = await on(bench, many);
  const what = `customer list at ${many.toLocaleString('en')}, p99, first and deep page`;
  const row = (/** @type {string} */ group, /** @type {string} */ words, /** @type {number} */ limit) => ({
    what: `${what}: ${words}`,
    value: large[group] ?? NaN,
    unit: 'ms',
    against: `at ${few.toLocaleString('en')}: ${(small[group] ?? NaN).toFixed(1)} ms`,
    ratio: (large[group] ?? NaN) / (small[group] ?? NaN),
    target: `≤ ${limit} ms`,
    met: (large[group] ?? NaN) <= limit,
  });
  return [
    row('single', 'slowest of the single filters and sorts', 50),
    row('words', 'slowest word or contains', 100),
    row('both', 'slowest word with a filter or sort', 250),
  ];
}
