// bench.mjs [NAME...]: runs every file of build/bench/ (or the named ones) one after the other and reports.
//
// Such a file exports `title` and `measure(bench)`, which resolves to rows. A row says what was measured, the
// value with its unit, what it stands against, the ratio to that and the target; `met` is whether it was reached.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';

/**
 * @typedef {object} Row
 * @property {string} what
 * @property {number | null} value
 * @property {string} unit
 * @property {string} [against] the limit or peer from the same run, or a published figure
 * @property {number | null} [ratio]
 * @property {string} [target]
 * @property {boolean | null} [met]
 * @property {string} [note] why there is no value
 *
 * @typedef {object} Bench
 * @property {string} binary the release build of latchkey
 * @property {string} chromium
 * @property {string} signature a program that says how long one RSA-2048 signature takes
 * @property {string} scratch an empty directory that goes away afterwards
 * @property {(text: string) => void} say reports progress
 */

const folder = join(import.meta.dirname, 'bench');
const root = join(import.meta.dirname, '..');

/**
 * @param {string} file
 * @returns {Promise<Row[]>}
 */
async function rowsOf(file) {
  const { title, measure } = await import(join(folder, file));
  const scratch = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  console.log(`==> ${title}`);
  try {
    return await measure({
      binary: process.env.BENCH_BINARY ?? join(root, 'target/release/latchkey'),
      signature: process.env.BENCH_SIGNATURE ?? join(root, 'target/release/examples/signature'),
      chromium: process.env.CHROMIUM ?? '/usr/bin/chromium',
      scratch,
      say: (/** @type {string} */ text) => console.log(`    ${text}`),
    });
  } catch (error) {
    const note = error instanceof Error ? error.message : String(error);
    console.log(`    not measured: ${note}`);
    return [{ what: title, value: null, unit: '', note: note.split('\n')[0] }];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** @param {Row} row */
function cells({ what, value, unit, against, ratio, target, met, note }) {
  const figure = value === null ? `not measured: ${note}` : `${Number(value.toPrecision(3))} ${unit}`;
  const times = ratio === undefined || ratio === null ? '' : `${ratio.toFixed(2)} ×`;
  const verdict = met === undefined || met === null ? '' : met ? 'met' : 'MISSED';
  return [what, figure, against ?? '', times, target ?? '', verdict];
}

/** @param {Row[]} rows */
function table(rows) {
  const lines = [['what', 'figure', 'against', 'ratio', 'target', ''], ...rows.map(cells)];
  const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const text = lines.map((line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  text.splice(1, 0, `| ${widths.map((width) => '-'.repeat(Math.max(width, 3))).join(' | ')} |`);
  return text.join('\n');
}

const names = process.argv.slice(2);
const files = readdirSync(folder)
  .filter((file) => file.endsWith('.mjs') && (names.length === 0 || names.includes(file.replace('.mjs', ''))))
  .sort();

const rows = [];
for (const file of files) rows.push(...(await rowsOf(file)));

const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
mkdirSync(join(root, 'target/bench'), { recursive: true });
writeFileSync(
  join(root, 'target/bench/results.json'),
  `${JSON.stringify({ measured_at: new Date().toISOString(), machine, rows }, null, 2)}\n`,
);
console.log(`\n${machine}\n\n${table(rows)}`);
