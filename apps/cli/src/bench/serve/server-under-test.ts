import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { stateFolder } from '@quaestor/peft';
import { InputError } from '../../errors.ts';
import { serverWords } from '../../server-program.ts';
import { killNow, listProcesses } from './processes.ts';

/** Characters kept of what the server said last. */
const SAID = 4000;

/** What came back: a status and a body, or why there is none. */
export interface Reply {
  /** 0 where the connection failed. */
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly retryAfter: number | null;
  readonly milliseconds: number;
}

/** A question and the database that it is about. */
export interface Asked {
  readonly question: string;
  readonly database: string;
}

/** Databases of a server under test: the demo's, which has an adapter of its own, and copies of it that have none. */
export function databaseNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => (i === 0 ? 'demo' : `copy-${i}`));
}

export interface MemorySample {
  readonly server: number;
  readonly model: number;
}

/**
 * A real server with the real model, for a measurement: it has a state folder of its own, in which only
 * engine, model and demo database are those of this machine.
 */
export class ServerUnderTest {
  readonly home: string;
  readonly #settings: Readonly<Record<string, string>>;
  /** The client is to cost little beside the server that it measures. */
  readonly #agent = new Agent({ keepAlive: true });
  #child: ChildProcess | undefined;
  #url = '';
  #said = '';
  /** Times that the server ended by itself. */
  crashes = 0;

  /** @param settings QUAESTOR_… of the environment */
  constructor(settings: Readonly<Record<string, string>>, databases = databaseNames(1)) {
    this.home = mkdtempSync(join(tmpdir(), 'quaestor-bench-'));
    const demo = stateFolder('databases', 'demo.sqlite');
    if (!existsSync(demo)) {
      throw new InputError('The demo database is not there: run "quaestor setup" first.');
    }
    for (const name of ['engine', 'models']) {
      symlinkSync(stateFolder(name), join(this.home, name));
    }
    mkdirSync(join(this.home, 'databases'));
    for (const name of databases) {
      symlinkSync(demo, join(this.home, 'databases', `${name}.sqlite`));
    }
    this.#settings = settings;
  }

  /** What the server said last on standard error. */
  get said(): string {
    return this.#said;
  }

  /** Starts it and waits until it listens; with `ready`, until the model is loaded. */
  async start(ready = true): Promise<void> {
    const child = spawn(process.execPath, serverWords('main.ts'), {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        QUAESTOR_PORT: '0',
        QUAESTOR_LOG_LEVEL: 'warn',
        QUAESTOR_RATE_PER_MINUTE: '10000000',
        ...this.#settings,
        QUAESTOR_HOME: this.home,
        QUAESTOR_ANNOUNCE: 'json',
      },
    });
    this.#child = child;
    child.stderr.on('data', (chunk) => {
      this.#said = (this.#said + chunk).slice(-SAID);
    });
    child.once('exit', () => {
      // Whoever ends it forgets it first.
      if (this.#child === child) this.crashes++;
    });
    const [line] = await Promise.race([
      once(createInterface(child.stdout), 'line'),
      once(child, 'exit').then(() => Promise.reject(new Error(`No server: ${this.#said}`))),
    ]);
    this.#url = JSON.parse(line as string).url;
    while (ready) {
      const { status, body } = await this.get('/readyz');
      if (status === 200) break;
      if (body.code === 'model-failed' || child.exitCode !== null) {
        throw new Error(`No server: ${body.detail ?? this.#said}`);
      }
      await sleep(100);
    }
  }

  get(path: string): Promise<Reply> {
    return this.#send('GET', path, undefined);
  }

  post(path: string, body: object, signal?: AbortSignal): Promise<Reply> {
    return this.#send('POST', path, body, signal);
  }

  ask({ question, database }: Asked, signal?: AbortSignal): Promise<Reply> {
    return this.post('/api/ask', { question, database }, signal);
  }

  /** Resident memory; 0 for a process that is not there now. */
  async memory(): Promise<MemorySample> {
    const rows = await listProcesses();
    const own = rows.find(({ pid }) => pid === this.#child?.pid);
    return { server: own?.memory ?? 0, model: modelOf(rows, own?.pid)?.memory ?? 0 };
  }

  /** Ends a process of it as the kernel would. @returns whether there was one */
  async kill(what: 'server' | 'model' | 'worker'): Promise<boolean> {
    const rows = await listProcesses();
    const server = this.#child;
    if (what === 'model') return killNow(modelOf(rows, server?.pid)?.pid ?? -1);
    if (what === 'worker') {
      const worker = rows.find(({ line }) => line.includes('worker.') && line.includes(this.home));
      return worker !== undefined && killNow(worker.pid);
    }
    if (server === undefined) return false;
    this.#child = undefined;
    server.kill('SIGKILL');
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
    return true;
  }

  /** Ends everything of it and removes its folder. */
  async remove(): Promise<void> {
    await this.kill('server');
    this.#agent.destroy();
    for (const { pid, line } of await listProcesses()) {
      if (line.includes(this.home)) killNow(pid);
    }
    await sleep(200);
    rmSync(this.home, { recursive: true, force: true });
  }

  async #send(method: string, path: string, body: unknown, signal?: AbortSignal): Promise<Reply> {
    const began = performance.now();
    const since = () => performance.now() - began;
    try {
      const sent = request(this.#url + path, {
        method,
        agent: this.#agent,
        ...(signal === undefined ? {} : { signal }),
        ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' } }),
      });
      sent.end(body === undefined ? undefined : JSON.stringify(body));
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      const said = await text(response);
      const retryAfter = response.headers['retry-after'];
      return {
        status: response.statusCode ?? 0,
        body: said === '' ? {} : JSON.parse(said),
        retryAfter: retryAfter === undefined ? null : Number(retryAfter),
        milliseconds: since(),
      };
    } catch (error) {
      const detail = error instanceof Error ? String(error.cause ?? error.message) : String(error);
      return { status: 0, body: { detail }, retryAfter: null, milliseconds: since() };
    }
  }
}

function modelOf(rows: Awaited<ReturnType<typeof listProcesses>>, server: number | undefined) {
  return rows.find(({ parent, line }) => parent === server && line.includes('model-child.'));
}
