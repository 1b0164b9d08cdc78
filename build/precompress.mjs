// Writes FILE.br (brotli, quality 11) and FILE.gz beside each file of the built page app that shrinks by it, so that the
// server compresses nothing. Development builds are left alone. Runs as trunk's post_build hook.
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const folder = process.env.TRUNK_STAGING_DIR ?? 'dist';
const compressible = /\.(bin|css|html|ico|js|json|svg|txt|wasm|webmanifest)$/;

if (process.env.TRUNK_PROFILE !== 'debug') {
  const files = readdirSync(folder, { recursive: true }).filter((name) => compressible.test(name));
  let plain = 0;
  let small = 0;
  for (const name of files) {
    const path = join(folder, name);
    const bytes = readFileSync(path);
    const brotli = brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_LGWIN]: 24,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    });
    keep(`${path}.br`, brotli, bytes);
    keep(`${path}.gz`, gzipSync(bytes, { level: 9 }), bytes);
    plain += bytes.length;
    small += Math.min(brotli.length, bytes.length);
  }
  const kb = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;
  console.log(`precompressed ${files.length} files: ${kb(plain)}, as brotli ${kb(small)}`);
}

function keep(path, compressed, original) {
  if (compressed.length < original.length) {
    writeFileSync(path, compressed);
  } else {
    rmSync(path, { force: true });
  }
}
