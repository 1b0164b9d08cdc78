// How quickly webhooks are taken in, what converging a subscription costs, and what looking through 100,000 of
// them does: server/benches/billing.
import { execFileSync } from 'node:child_process';

export const title = 'Webhooks and sync_subscription';

/** @param {import('../bench.mjs').Bench} bench */
export async function measure({ say }) {
  say('building (about 4 min the first time)');
  const bench = ['bench', '--locked', '--quiet', '--package', 'latchkey', '--bench', 'billing'];
  const printed = execFileSync('cargo', bench, { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' });
  return JSON.parse(printed.trim().split('\n').at(-1) ?? '[]');
}
