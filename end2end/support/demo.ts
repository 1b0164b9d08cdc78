// Starts and stops the real binary with its made-up data and its Stripe stand-in.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from './launch.mjs';

export interface SignIn {
  email: string;
  password: string;
}

export interface StaffSignIn extends SignIn {
  role: 'owner' | 'admin' | 'support' | 'viewer';
}

/** What `latchkey demo --json` says when it is ready. */
export interface Ready {
  /** Where Latchkey itself answers, without a slash at the end. */
  url: string;
  /** The origin of the Stripe stand-in. */
  stripe_url: string;
  stripe_key: string;
  /** What the stand-in's control interface asks for. */
  stripe_control_token: string;
  public_key_xml: string;
  api_token: string;
  staff: StaffSignIn[];
  customers: SignIn[];
  products: { id: number; name: string }[];
}

export interface Demo extends Ready {
  /** The sign-in of a staff role. */
  as(role: StaffSignIn['role']): StaffSignIn;
  /** Asks or tells the Stripe stand-in by its control interface, e.g. `control('POST', 'advance', …)`. */
  control(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<unknown>;
  /** What the process has written to stderr. */
  log(): string;
  stop(): Promise<void>;
}

const binary = process.env.LATCHKEY_BINARY ?? join(import.meta.dirname, '../../target/ci/latchkey');

/** Makes an empty database on the PostgreSQL server that `server` leads to; returns its URL and how to drop it. */
function createDatabase(server: string): { url: string; drop: () => void } {
  const name = `demo_${randomBytes(6).toString('hex')}`;
  const sql = (statement: string) => {
    const run = spawnSync('psql', ['-q', server, '-c', statement], { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`psql: ${run.error?.message ?? run.stderr}`);
  };
  sql(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => sql(`drop database ${name} with (force)`) };
}

/**
 * Starts a demo of its own on free ports with data of its own: SQLite, or a new database on `databaseServer`
 * (a postgres:// URL with the right to create databases).
 */
export async function startDemo(databaseServer?: string): Promise<Demo> {
  const data = await mkdtemp(join(tmpdir(), 'latchkey-demo-'));
  const database = databaseServer ? createDatabase(databaseServer) : undefined;
  const options = ['demo', '--listen', '127.0.0.1:0', '--data', data, '--json'];
  if (database) options.push('--database', database.url);

  const tidyUp = async () => {
    database?.drop();
    await rm(data, { recursive: true, force: true });
  };
  const server = await launch(binary, options).catch(async (error) => {
    await tidyUp();
    throw error;
  });

  const ready = JSON.parse(server.line) as Ready;
  return {
    ...ready,
    as: (role) => {
      const found = ready.staff.find((person) => person.role === role);
      if (!found) throw new Error(`the demo has no staff sign-in with role ${role}`);
      return found;
    },
    control: async (method, path, body) => {
      const answer = await fetch(`${ready.stripe_url}/_ctl/${path}`, {
        method,
        headers: { authorization: `Bearer ${ready.stripe_control_token}`, 'content-type': 'application/json' },
        body: body && JSON.stringify(body),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`/_ctl/${path} answered ${answer.status}: ${text}`);
      return text === '' ? undefined : JSON.parse(text);
    },
    log: server.log,
    stop: async () => {
      await server.stop();
      await tidyUp();
    },
  };
}
