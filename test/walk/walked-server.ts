/** `quaestor serve` in a process of its own, over a state folder that a walk keeps, and its client. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { stateFolder } from '@quaestor/peft';

const QUAESTOR = fileURLToPath(new URL('../../apps/cli/bin/quaestor.mjs', import.meta.url));
const JOB_INTERVAL = 1000;

export interface Body {
  // biome-ignore lint/suspicious/noExplicitAny: bodies are looked at by what is expected of them
  readonly [field: string]: any;
}

/** An answer that is not what a step needs. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

export class WalkedServer {
  readonly #home: string;
  #child: ChildProcess | undefined;
  #url = '';

  /** @param home a folder that may be new; engine and models are those of this machine */
  constructor(home: string) {
    this.#home = home;
    mkdirSync(join(home, 'databases'), { recursive: true });
    for (const name of ['engine', 'models']) {
      if (!existsSync(join(home, name))) symlinkSync(stateFolder(name), join(home, name));
    }
  }

  /** Starts it and waits until the model is loaded. @returns the model's name */
  async start(): Promise<string> {
    const child = spawn(process.execPath, [QUAESTOR, 'serve', '--port', '0', '--json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        QUAESTOR_HOME: this.#home,
        QUAESTOR_LOG_LEVEL: 'warn',
        QUAESTOR_ASK_SECONDS: '600',
      },
    });
    this.#child = child;
    const [line] = await Promise.race([
      once(createInterface(child.stdout), 'line'),
      once(child, 'exit').then(() => Promise.reject(new Refusal('The server did not start.'))),
    ]);
    this.#url = JSON.parse(String(line)).url;
    for (;;) {
      const { model } = await this.get('/api/health');
      if (model.state === 'ready') return model.name;
      if (model.state === 'failed') throw new Refusal(model.detail);
      await sleep(JOB_INTERVAL);
    }
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }

  get(path: string): Promise<Body> {
    return this.send('GET', path);
  }

  post(path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Body> {
    return this.send('POST', path, JSON.stringify(body), {
      'Content-Type': 'application/json',
      ...headers,
    });
  }

  /** @throws Refusal with the problem that the server answers */
  async send(
    method: string,
    path: string,
    body?: string | Uint8Array<ArrayBuffer>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Body> {
    const text = await this.text(method, path, body, headers);
    return text === '' ? {} : JSON.parse(text);
  }

  /** @throws Refusal with the problem that the server answers */
  async text(
    method: string,
    path: string,
    body?: string | Uint8Array<ArrayBuffer>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const response = await fetch(this.#url + path, {
      method,
      headers,
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    if (!response.ok) throw new Refusal(`${method} ${path}: ${response.status} ${text}`);
    return text;
  }

  /** Queues a job, or finds it again after a walk that was cut off. @returns it when it has succeeded */
  async job(path: string, body: object, key: string): Promise<Body> {
    const { id } = await this.post(path, body, { 'Idempotency-Key': key });
    for (;;) {
      const job = await this.get(`/api/jobs/${id}`);
      if (job.state === 'succeeded') return job;
      if (['failed', 'cancelled', 'interrupted'].includes(job.state)) {
        throw new Refusal(`Job ${id} is ${job.state}: ${job.error?.message}`);
      }
      await sleep(JOB_INTERVAL);
    }
  }
}
