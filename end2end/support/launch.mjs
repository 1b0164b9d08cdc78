// Starts a program that says by a line of output that it is ready, and ends it by its process id.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';

const startLimit = 60_000;
const stopLimit = 10_000;

/**
 * @typedef {object} Launched
 * @property {number} pid
 * @property {string} line the line of standard output that said so
 * @property {() => string} log what came on standard error so far
 * @property {() => Promise<void>} stop SIGTERM, and SIGKILL ten seconds later; resolves when the process is gone
 */

/**
 * @param {string} binary
 * @param {string[]} options
 * @param {{ env?: NodeJS.ProcessEnv, ready?: RegExp }} [how] `ready` is what the line must match; any will do without it
 * @returns {Promise<Launched>} rejects when the program ends or a minute passes before that line
 */
export async function launch(binary, options, { env = process.env, ready = /^/ } = {}) {
  if (!existsSync(binary)) throw new Error(`${binary} is missing: build it first (make build, make test-browser)`);
  const child = spawn(binary, options, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  /** @type {Promise<number | null>} */
  const gone = new Promise((resolve) => child.once('exit', resolve));
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += chunk));

  async function stop() {
    child.kill('SIGTERM');
    const hard = setTimeout(() => child.kill('SIGKILL'), stopLimit);
    await gone;
    clearTimeout(hard);
  }

  const line = await new Promise((resolve, reject) => {
    const what = `${binary} ${options[0] ?? ''}`;
    const late = setTimeout(() => {
      reject(new Error(`${what} was not ready after ${startLimit} ms:\n${errors}`));
      void stop();
    }, startLimit);
    createInterface(child.stdout).on('line', (text) => {
      if (!ready.test(text)) return;
      clearTimeout(late);
      resolve(text);
    });
    void gone.then((code) => {
      clearTimeout(late);
      reject(new Error(`${what} ended with status ${code} before it was ready:\n${errors}`));
    });
  });
  return { pid: /** @type {number} */ (child.pid), line, log: () => errors, stop };
}
