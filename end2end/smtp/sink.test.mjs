// The mail sink itself, spoken to in bare SMTP: what it keeps, what it refuses, when it ends.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';

const python = process.env.TEST_PYTHON ?? '.tools/python/bin/python';
const directory = mkdtempSync(join(tmpdir(), 'latchkey-sink-'));
after(() => rmSync(directory, { recursive: true }));

/** Starts a sink that ends with the test `t` at the latest. */
async function start(t, name, ...options) {
  const out = join(directory, name);
  const sink = spawn(python, ['end2end/smtp/sink.py', '--out', out, ...options], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = await once(createInterface(sink.stdout), 'line');
  const ended = once(sink, 'exit');
  t.after(() => sink.stdin.end());
  return {
    port: JSON.parse(line).port,
    messages: () => readFileSync(out, 'utf8').split('\n').filter(Boolean).map(JSON.parse),
    async stop() {
      sink.stdin.end();
      return (await ended)[0];
    },
  };
}

/** Says the lines one by one, waiting for each answer; resolves to the answers' codes. */
async function speak(port, lines) {
  const socket = connect(port, '127.0.0.1');
  socket.setTimeout(5000, () => socket.destroy(new Error('the sink does not answer')));
  const answers = createInterface(socket)[Symbol.asyncIterator]();
  const codes = [];
  const listen = async () => {
    for (;;) {
      const { value } = await answers.next();
      if (value[3] !== '-') return codes.push(Number(value.slice(0, 3)));
    }
  };
  await listen();
  for (const line of lines) {
    socket.write(`${line}\r\n`);
    await listen();
  }
  socket.end();
  return codes;
}

const message = 'Subject: Gr=?utf-8?q?=C3=BC=C3=9Fe?=\r\nTo: b@example.com\r\n\r\nHello there\r\n.';
const delivery = ['MAIL FROM:<a@example.com>', 'RCPT TO:<b@example.com>', 'DATA', message];

test('keeps a message as one JSON line and ends with its input', async (t) => {
  const sink = await start(t, 'kept.jsonl');
  assert.deepEqual(await speak(sink.port, ['EHLO x', ...delivery]), [220, 250, 250, 250, 354, 250]);
  const [kept, ...others] = sink.messages();
  assert.deepEqual(others, []);
  assert.equal(kept.from, 'a@example.com');
  assert.deepEqual(kept.to, ['b@example.com']);
  assert.match(kept.subject, /üße$/);
  assert.match(kept.text, /^Hello there/);
  assert.equal(await sink.stop(), 0);
});

test('refuses as many as it was told, then takes', async (t) => {
  const sink = await start(t, 'refused.jsonl', '--refuse', '1');
  const codes = await speak(sink.port, ['EHLO x', ...delivery, ...delivery]);
  assert.deepEqual(codes, [220, 250, 250, 250, 354, 451, 250, 250, 354, 250]);
  assert.equal(sink.messages().length, 1);
});

test('demands the user it was given', async (t) => {
  const sink = await start(t, 'user.jsonl', '--user', 'portal', '--password', 'secret');
  const plain = (text) => `AUTH PLAIN ${Buffer.from(text).toString('base64')}`;
  assert.deepEqual(await speak(sink.port, ['EHLO x', 'MAIL FROM:<a@example.com>']), [220, 250, 530]);
  assert.deepEqual(await speak(sink.port, ['EHLO x', plain('\0portal\0wrong')]), [220, 250, 535]);
  assert.deepEqual(await speak(sink.port, ['EHLO x', plain('\0portal\0secret'), ...delivery]), [220, 250, 235, 250, 250, 354, 250]);
});
