// What a browser downloads before the app can start: wasm, its glue and the style sheets, as brotli.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

export const title = 'Page app: weight';

const limit = 300;
const dist = join(import.meta.dirname, '../../dist');

/** @param {string} file */
const weight = (file) =>
  brotliCompressSync(readFileSync(join(dist, file)), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

/** @param {import('../bench.mjs').Bench} bench */
export async function measure({ say }) {
  const kinds = ['wasm', 'js', 'css'];
  const parts = kinds.map((kind) => {
    const files = readdirSync(dist).filter((file) => file.endsWith(`.${kind}`));
    if (files.length === 0) throw new Error(`dist/ holds no ${kind}`);
    return { kind, kilobytes: files.reduce((sum, file) => sum + weight(file), 0) / 1000 };
  });
  const sum = parts.reduce((total, { kilobytes }) => total + kilobytes, 0);
  say(parts.map(({ kind, kilobytes }) => `${kind} ${kilobytes.toFixed(1)} KB`).join(', '));
  return [
    {
      what: 'page app: wasm + js + css, brotli',
      value: sum,
      unit: 'KB',
      against: 'react-admin, five resources: 298 KB',
      ratio: sum / 298,
      target: `≤ ${limit} KB`,
      met: sum <= limit,
    },
  ];
}
