// How soon `latchkey serve` answers after it was started on a filled database, and what it holds in memory idle.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { launch } from '../../end2end/support/launch.mjs';
import { seeded } from '../seeded.mjs';
import { median } from '../statistics.mjs';

export const title = 'Start and memory';

const runs = 5;
const customers = Number(process.env.BENCH_CUSTOMERS ?? 1_000_000);

/** @param {number} pid */
function residentMebibytes(pid) {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) / 1024;
}

/** @param {import('../bench.mjs').Bench} bench */
export async function measure(bench) {
  const { binary, say } = bench;
  const place = seeded(bench, customers);
  const starts = [];
  let resident = 0;
  for (let run = 0; run < runs; run += 1) {
    const began = performance.now();
    const server = await launch(binary, ['serve', '--listen', '127.0.0.1:0', ...place], { ready: /listening on http/ });
    try {
      const [url] = /http:\/\/\S+/.exec(server.line) ?? [];
      const answer = await fetch(`${url}/readyz`);
      if (!answer.ok) throw new Error(`/readyz answered ${answer.status}`);
      starts.push(performance.now() - began);
      if (run === runs - 1) {
        await sleep(5000);
        resident = residentMebibytes(server.pid);
      }
    } finally {
      await server.stop();
    }
  }
  say(starts.map((time) => `${time.toFixed(0)} ms`).join(', '));
  const start = median(starts);
  const on = `on ${customers.toLocaleString('en')} customers`;
  return [
    { what: `start of serve to first answer, ${on}`, value: start, unit: 'ms', target: '≤ 200 ms', met: start <= 200 },
    { what: `resident memory, idle, ${on}`, value: resident, unit: 'MiB', target: '≤ 64 MiB', met: resident <= 64 },
  ];
}
