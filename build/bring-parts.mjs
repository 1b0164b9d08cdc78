// Puts the app's parts, left in target/parts by build/bin/wasm-bindgen, beside its main one, and tells boot.js which files
// the page at an address needs. Runs as trunk's post_build hook, before build/precompress.mjs.
import { copyFileSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const parts = join('target', 'parts');
const routes = join('app', 'src', 'routes');
const staged = process.env.TRUNK_STAGING_DIR ?? 'dist';

for (const part of readdirSync(join(parts, 'hashed'))) copyFileSync(join(parts, 'hashed', part), join(staged, part));

const files = JSON.parse(readFileSync(join(parts, 'files.json'), 'utf8'));
const boot = join(staged, 'boot.js');
const blank = 'const parts = { places: {}, files: {} };';
const text = readFileSync(boot, 'utf8');
if (!text.includes(blank)) throw new Error('public/boot.js has no place for the parts');
writeFileSync(boot, text.replace(blank, `const parts = ${JSON.stringify({ places: places(), files })};`));

/**
 * The part of the app by the first one or two words of an address: the file in app/src/routes that has the route. For a
 * number stands `#`.
 * @returns {Record<string, string>}
 */
function places() {
  /** @type {Record<string, string>} */
  const found = {};
  for (const file of readdirSync(routes)) {
    const part = basename(file, '.rs');
    if (!(part in files)) continue;
    for (const [, pattern = ''] of readFileSync(join(routes, file), 'utf8').matchAll(/route\("\/([^"]*)"/g)) {
      const [first = '', second = ''] = pattern.split('/');
      found[/^:/.test(second) || !second ? first : `${first}/${second.replace(/^([@#]).*/, '$1')}`] = part;
    }
  }
  if (Object.keys(found).length === 0) throw new Error(`no route is written as expected in ${routes}`);
  // What the first word says already need not be said again.
  const needed = Object.entries(found).filter(([place, part]) => {
    const [first = '', second] = place.split('/');
    return second === undefined || found[first] !== part;
  });
  return Object.fromEntries(needed);
}
