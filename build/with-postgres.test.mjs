// The throw-away PostgreSQL: the command can use it, its status comes through, and nothing stays behind.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmdirSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';

const script = 'build/with-postgres.sh';

/** An environment with a temporary directory of its own, which must be empty when the test is over. */
function watched(t) {
  const directory = mkdtempSync(join(tmpdir(), 'latchkey-watched-'));
  chmodSync(directory, 0o777);
  t.after(() => {
    assert.deepEqual(readdirSync(directory), []);
    rmdirSync(directory);
  });
  return { ...process.env, TMPDIR: directory };
}

/** Whether nobody listens on the port any more. */
const refuses = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.destroy() && resolve(false));
    socket.on('error', () => resolve(true));
  });

test('the command may create databases, and its exit status comes through', (t) => {
  const sql = 'psql -qAt "$TEST_POSTGRES_URL" -c "create database other" -c "select count(*) from pg_database"; exit 7';
  const run = spawnSync(script, ['sh', '-c', sql], { env: watched(t), encoding: 'utf8' });
  assert.equal(run.stdout, '4\n');
  assert.equal(run.status, 7);
});

for (const signal of ['SIGTERM', 'SIGINT']) {
  test(`${signal} ends the command and the server`, async (t) => {
    const run = spawn(script, ['sh', '-c', 'echo "$$ $TEST_POSTGRES_URL"; sleep 60; true'], { env: watched(t) });
    const [line] = await once(createInterface(run.stdout), 'line');
    const [pid, url] = line.split(' ');
    assert.equal(await refuses(new URL(url).port), false);
    run.kill(signal);
    const [status] = await once(run, 'exit');
    assert.equal(status, signal === 'SIGTERM' ? 143 : 130);
    assert.equal(await refuses(new URL(url).port), true);
    assert.equal(existsSync(`/proc/${pid}`), false);
  });
}
