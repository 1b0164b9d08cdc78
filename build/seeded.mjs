// A database with made-up customers for measuring: made once per number, kept in target/bench, copied for each use.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

const shelf = join(import.meta.dirname, '../target/bench');

/**
 * @param {import('./bench.mjs').Bench} bench
 * @param {number} customers
 * @returns {string[]} the options that name the copy's database and secret key file
 */
export function seeded({ binary, scratch, say }, customers) {
  const name = `customers-${customers}`;
  const place = (/** @type {string} */ folder) => [
    '--database',
    `sqlite://${join(folder, `${name}.db`)}`,
    '--secret-key-file',
    join(folder, `${name}.key`),
  ];
  const kept = ['db', 'key'].map((ending) => `${name}.${ending}`);
  if (!kept.every((file) => existsSync(join(shelf, file)))) {
    say(`making up ${customers.toLocaleString('en')} customers`);
    execFileSync(binary, ['seed', '--customers', String(customers), '--seed', '1', ...place(scratch)], { stdio: 'ignore' });
    mkdirSync(shelf, { recursive: true });
    for (const file of kept) renameSync(join(scratch, file), join(shelf, file));
  }
  for (const file of kept) copyFileSync(join(shelf, file), join(scratch, file));
  return place(scratch);
}
