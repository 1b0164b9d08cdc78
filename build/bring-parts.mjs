// Puts the app's parts, left in target/parts by build/bin/wasm-bindgen, beside its main one. Runs as trunk's post_build
// hook, before build/precompress.mjs.
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join('target', 'parts', 'hashed');
for (const part of readdirSync(folder)) copyFileSync(join(folder, part), join(process.env.TRUNK_STAGING_DIR ?? 'dist', part));
