// What a call of the licence Web API costs the server, over HTTP and durable, against one RSA-2048 signature measured in
// the same run; and how long callers wait at 80 % of the highest rate. With few keys and with many.
import { execFile, execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { launch } from '../../end2end/support/launch.mjs';
import { seeded } from '../seeded.mjs';

export const title = 'Licence Web API: Activate and GetKey under load';

const small = process.env.BENCH_SIZE === 'small';
/** Customers, most of whom have a key. */
const sizes = small ? [1_000, 20_000] : [1_000, 1_000_000];
const seconds = small ? 4 : 15;
/** Keys that are called for: spread over all there are. */
const most = 5_000;
/** Connections of the run for the highest rate. */
const connections = 32;
/** Seconds within which what calls leave behind is written, which is part of their price. */
const afterwards = 2_000;

const calls = [
  { call: 'new', name: 'Activate on a new machine', target: 2.0 },
  { call: 'again', name: 'Activate on the same machine again', target: 1.6 },
  { call: 'get', name: 'GetKey', target: 1.4 },
];

/**
 * @typedef {import('../bench.mjs').Row} Row
 * @typedef {{ calls: number, seconds: number, failed: number, p50: number, p99: number }} Run
 * @typedef {{ url: string, pid: number, token: string, keys: string }} Target
 */

/** Processor time that a process has used so far, in microseconds. @param {number} pid */
function processorTime(pid) {
  const after = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1] ?? '';
  const fields = after.split(' ');
  // User and system time, in hundredths of a second.
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

/** @param {string} url @param {string} path @param {Record<string, string>} parameters */
async function ask(url, path, parameters) {
  const answer = await fetch(`${url}/api/${path}`, { method: 'POST', body: new URLSearchParams(parameters) });
  const body = await answer.json();
  if (body.result !== 0) throw new Error(`${path} answered: ${body.message}`);
  return body;
}

/** Does something for each, some at a time. @template T @param {T[]} list @param {(one: T) => Promise<unknown>} work */
async function each(list, work) {
  const rest = [...list];
  const worker = async () => {
    for (let one = rest.pop(); one !== undefined; one = rest.pop()) await work(one);
  };
  await Promise.all(Array.from({ length: 16 }, worker));
}

/**
 * Keys of every part of the key space, none of them blocked, as parameters of a call.
 * @param {string} url
 * @param {string} token
 */
async function someKeys(url, token) {
  const { products } = await ask(url, 'product/GetProducts', { token });
  /** @type {string[]} */
  const keys = [];
  let total = 0;
  for (const { id } of products) {
    const page = (/** @type {number} */ number) =>
      ask(url, 'product/GetKeys', { token, ProductId: String(id), Page: String(number) });
    const first = await page(1);
    total += first.total;
    const pages = Math.max(1, first.pageCount);
    const wanted = Math.min(pages, Math.ceil(most / products.length / 99));
    const numbers = Array.from({ length: wanted }, (_, index) => 1 + Math.floor((index * pages) / wanted));
    await each(numbers, async (number) => {
      const { licenseKeys } = await page(number);
      for (const { key, block } of licenseKeys) if (!block) keys.push(`ProductId=${id}&Key=${key}`);
    });
  }
  return { keys: keys.slice(0, most), total };
}

/**
 * @param {Target} target
 * @param {string} call
 * @param {{ connections: number, pause: number, machines: string }} how
 * @returns {Promise<Run & { perCall: number }>}
 */
async function load({ url, pid, token, keys }, call, { connections, pause, machines }) {
  const script = join(import.meta.dirname, 'load.lua');
  const options = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '30s', '-s', script, url, '--'];
  const before = processorTime(pid);
  const { stdout: output } = await promisify(execFile)('wrk', [...options, call, keys, token, machines, String(pause)]);
  await sleep(afterwards);
  const used = processorTime(pid) - before;
  const [, result] = /^RESULT (.*)$/m.exec(output) ?? [];
  if (!result) throw new Error(`wrk said: ${output}`);
  /** @type {Run} */
  const run = JSON.parse(result);
  if (run.failed > 0) throw new Error(`${run.failed} of ${run.calls} calls of "${call}" failed`);
  return { ...run, perCall: used / run.calls };
}

/**
 * The three calls on a database with so many keys.
 * @param {import('../bench.mjs').Bench} bench
 * @param {number} size
 * @param {number} signature microseconds
 * @param {Map<string, number>} cheapest cost per call on the smaller database
 * @returns {Promise<Row[]>}
 */
async function onSize(bench, size, signature, cheapest) {
  const { binary, scratch, say } = bench;
  const place = seeded(bench, size);
  const made = execFileSync(binary, ['token', 'create', '--name', 'bench', '--scope', '*', '--json', ...place], { encoding: 'utf8' });
  const { token } = JSON.parse(made);
  const server = await launch(binary, ['serve', '--listen', '127.0.0.1:0', '--web-api-rate', '0', ...place], { ready: /listening on http/ });
  try {
    const [url = ''] = /http:\/\/\S+/.exec(server.line) ?? [];
    // A refusal must be told from a success by its status.
    const settings = { method: 'PUT', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } };
    const body = await (await fetch(`${url}/api/v1/settings/web-api`, { headers: settings.headers })).json();
    const set = await fetch(`${url}/api/v1/settings/web-api`, { ...settings, body: JSON.stringify({ ...body, refusal_status: 'error' }) });
    if (!set.ok) throw new Error(`the settings answered ${set.status}`);
    const { keys, total } = await someKeys(url, token);
    const having = `${total.toLocaleString('en')} keys`;
    say(`${having}, ${keys.length} of them called for`);
    const file = join(scratch, `${size}.keys`);
    writeFileSync(file, `${keys.join('\n')}\n`);
    const parameters = (/** @type {string} */ key) => ({ token, ...Object.fromEntries(new URLSearchParams(key)) });
    await each(keys, async (key) => {
      await ask(url, 'key/MachineLockLimit', { ...parameters(key), NumberOfMachines: '1000000' });
      await ask(url, 'key/Activate', { ...parameters(key), MachineCode: 'own' });
    });
    await sleep(afterwards);

    /** @type {Row[]} */
    const rows = [];
    const target = { url, pid: server.pid, token, keys: file };
    for (const { call, name, target: most } of [...calls].reverse()) {
      const full = await load(target, call, { connections, pause: 0, machines: 'full-' });
      const rate = full.calls / full.seconds;
      // So many connections that each waits for about 50 ms between two calls.
      const wanted = 0.8 * rate;
      const paced = await load(target, call, {
        connections: Math.max(8, Math.ceil(wanted / 20)),
        pause: 50,
        machines: 'paced-',
      });
      const ratio = full.perCall / signature;
      say(`${name}: ${full.perCall.toFixed(0)} µs a call, ${rate.toFixed(0)} a second`);
      rows.push(
        {
          what: `${name}: server CPU per call, ${having}`,
          value: full.perCall,
          unit: 'µs',
          against: `one RSA-2048 signature: ${signature.toFixed(0)} µs`,
          ratio,
          target: `≤ ${most.toFixed(1)} ×`,
          met: ratio <= most,
        },
        { what: `${name}: highest rate, ${having}, ${connections} connections`, value: rate, unit: '/s' },
        { what: `${name}: p50 at ${(paced.calls / paced.seconds).toFixed(0)}/s (wanted: 80 %), ${having}`, value: paced.p50, unit: 'µs' },
        { what: `${name}: p99 at the same rate, ${having}`, value: paced.p99, unit: 'µs' },
      );
      const before = cheapest.get(call);
      if (before === undefined) cheapest.set(call, full.perCall);
      else {
        rows.push({
          what: `${name}: with many keys against few`,
          value: full.perCall,
          unit: 'µs',
          against: `with few: ${before.toFixed(0)} µs`,
          ratio: full.perCall / before,
          target: '≤ 1.10 ×',
          met: full.perCall <= 1.1 * before,
        });
      }
    }
    return rows;
  } finally {
    await server.stop();
  }
}

/** @param {import('../bench.mjs').Bench} bench */
export async function measure(bench) {
  const signature = Number(execFileSync(bench.signature, [String(small ? 2 : 5)], { encoding: 'utf8' }));
  bench.say(`one RSA-2048 signature takes ${signature.toFixed(0)} µs`);
  /** @type {Row[]} */
  const rows = [];
  /** @type {Map<string, number>} */
  const cheapest = new Map();
  for (const size of sizes) rows.push(...(await onSize(bench, size, signature, cheapest)));
  return rows;
}
