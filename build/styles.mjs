// Joins the style sheets of style/ into one file, so that a first visit asks once for them: trunk links, minifies and
// hashes what stands here. Order: tokens, base, components, layout, pages; within the folders by name.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const source = 'style';
const target = join('target', 'styles', 'latchkey.css');

const inFolder = (folder) =>
  readdirSync(join(source, folder))
    .filter((name) => name.endsWith('.css'))
    .sort()
    .map((name) => join(folder, name));

const files = ['layers.css', 'tokens.css', 'base.css', ...inFolder('components'), ...inFolder('layout'), ...inFolder('pages'), 'utilities.css'];
const joined = files.map((file) => readFileSync(join(source, file), 'utf8')).join('\n');

let before = '';
try {
  before = readFileSync(target, 'utf8');
} catch {
  // The first build: there is nothing yet.
}
if (joined !== before) {
  mkdirSync(join('target', 'styles'), { recursive: true });
  writeFileSync(target, joined);
}
