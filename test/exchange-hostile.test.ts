/**
 * Adapters from elsewhere that are broken or meant to harm: every one is refused with this package's
 * own error, all problems at once, nothing half-loaded, no memory set aside on its word.
 */
import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  engine,
  type LanguageModel,
  loadEngine,
  mergeStoredAdapter,
  openHub,
  PeftError,
  readAdapter,
  readAdapterConfig,
  writeAdapter,
} from '@quaestor/peft';
import { sequenceLogits, tinyModel } from '@quaestor/peft/testing';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-hostile-'));
  return () => rmSync(folder, { recursive: true });
});

const A = 'base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight';
const B = 'base_model.model.model.layers.0.self_attn.q_proj.lora_B.weight';
const values = (...shape: number[]) => ({
  shape,
  data: new Float32Array(shape.reduce((product, length) => product * length, 1)).fill(0.1),
});
const config = {
  ...{ peft_type: 'LORA', r: 2, lora_alpha: 2, target_modules: ['q_proj'] },
  ...{ layers_to_transform: [0], base_model_name_or_path: 'tiny', inference_mode: true },
};
const tensors = new Map([
  [A, values(2, 16)],
  [B, values(16, 2)],
]);

/** A folder with this configuration and these bytes of tensors. */
function adapter(
  header: unknown,
  data: number | Uint8Array = 0,
  settings: unknown = config,
): string {
  const path = join(folder, 'adapter');
  mkdirSync(path, { recursive: true });
  const text = typeof settings === 'string' ? settings : JSON.stringify(settings);
  writeFileSync(join(path, 'adapter_config.json'), text);
  const json = Buffer.isBuffer(header)
    ? header
    : Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  const body = typeof data === 'number' ? Buffer.alloc(data) : data;
  writeFileSync(join(path, 'adapter_model.safetensors'), Buffer.concat([length, json, body]));
  return path;
}

const f32 = (shape: number[], begin: number, end: number) => ({
  dtype: 'F32',
  shape,
  data_offsets: [begin, end],
});

/** The refusal of a folder; fails when there is none or it is another program's error. */
function refusal(path: string): PeftError {
  try {
    readAdapter(path);
  } catch (error) {
    expect(error).toBeInstanceOf(PeftError);
    return error as PeftError;
  }
  throw new Error('the adapter was accepted');
}

describe('a header that lies', () => {
  const large = 2 ** 40;
  it.each<[string, unknown, number, RegExp]>([
    ['leading spaces', ' {}', 0, /not a JSON object/],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), 0, /not JSON/],
    [
      'a name twice',
      '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
      4,
      /lists "a" twice/,
    ],
    [
      'a name twice, once escaped',
      '{"ab":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"\\u0061b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
      4,
      /lists "ab" twice/,
    ],
    ['metadata that is no text', { __metadata__: { a: 1 } }, 0, /__metadata__/],
    [
      'a product beyond all numbers',
      { a: f32([large, large, large, large], 0, 4) },
      4,
      /offsets give 4/,
    ],
    ['a product that wraps to its size', { a: f32([2 ** 32, 2 ** 32], 0, 0) }, 0, /offsets give 0/],
    [
      'infinity times nothing',
      { a: f32([...Array(30).fill(large), 0], 0, 0) },
      0,
      /offsets give 0/,
    ],
    ['a fraction', { a: f32([1.5], 0, 6) }, 6, /needs dtype, shape/],
    ['a size beyond whole numbers', { a: f32([2 ** 60], 0, 4) }, 4, /needs dtype, shape/],
    ['offsets backwards', { a: f32([1], 8, 4) }, 8, /takes 4 bytes/],
    ['overlap', { a: f32([2], 0, 8), b: f32([2], 4, 12) }, 12, /b: overlaps/],
    ['the same bytes twice', { a: f32([2], 0, 8), b: f32([2], 0, 8) }, 8, /overlaps/],
    ['a hole', { a: f32([1], 0, 4), b: f32([1], 8, 12) }, 12, /b: 4 unused/],
    ['bytes beyond the end', { a: f32([4], 0, 16) }, 8, /the file at/],
    ['a type of its own', { a: { ...f32([1], 0, 4), dtype: '__proto__' } }, 4, /cannot be read/],
    ['an entry that is a number', { a: 4 }, 0, /needs dtype, shape/],
  ])('%s', (_, header, data, message) => {
    const error = refusal(adapter(header, data));
    expect(error.code).toBe('bad-file');
    expect(error.message).toMatch(message);
  });

  it('a length of 2⁶⁴ − 1, 100 MB, or more than the file', () => {
    const path = adapter('{}');
    const file = join(path, 'adapter_model.safetensors');
    for (const length of [2n ** 64n - 1n, 100_000_001n, 99_999_999n, 0n]) {
      const bytes = Buffer.alloc(16);
      bytes.writeBigUInt64LE(length);
      writeFileSync(file, bytes);
      expect(refusal(path).message).toMatch(/claims to be|truncated/);
    }
  });

  it('a file of holes that claims a terabyte', () => {
    const size = 2 ** 40;
    const header = { a: f32([size / 4], 0, size) };
    const path = adapter(header);
    truncateSync(join(path, 'adapter_model.safetensors'), 8 + JSON.stringify(header).length + size);
    const before = process.memoryUsage().rss;
    expect(refusal(path).message).toMatch(/no room/);
    expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
  });

  it('names that a plain object would swallow come through', () => {
    const odd = new Map([
      ['__proto__', values(1)],
      ['constructor', values(2)],
    ]);
    const path = join(folder, 'odd');
    writeAdapter(path, { peft_type: 'LORA' }, odd);
    expect([...readAdapter(path).tensors.keys()].sort()).toEqual(['__proto__', 'constructor']);
  });

  it('every change of up to four bytes is refused or harmless', () => {
    const valid = adapter({ [A]: f32([2, 4], 0, 32), [B]: f32([4, 2], 32, 64) }, 64);
    const file = join(valid, 'adapter_model.safetensors');
    const header = JSON.stringify({ [A]: f32([2, 4], 0, 32), [B]: f32([4, 2], 32, 64) });
    const bytes = Buffer.alloc(8 + header.length + 64);
    bytes.writeBigUInt64LE(BigInt(header.length));
    bytes.write(header, 8);
    const change = fc.tuple(fc.nat(8 + header.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const damaged = Buffer.from(bytes);
        for (const [at, value] of changes) damaged[at] = value;
        writeFileSync(file, damaged);
        try {
          const read = readAdapter(valid).tensors;
          for (const { shape, data } of read.values()) {
            expect(data.length).toBe(shape.reduce((product, length) => product * length, 1));
          }
        } catch (error) {
          expect(error).toBeInstanceOf(PeftError);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('every JSON value as a header is refused or harmless', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(64), (header, data) => {
        try {
          readAdapter(adapter(header, data));
        } catch (error) {
          expect(error).toBeInstanceOf(PeftError);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('weights that are no numbers', () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('%d', (value) => {
    const bad = { shape: [2, 16], data: new Float32Array(32).fill(value, 5, 6) };
    const path = join(folder, 'bad');
    writeAdapter(path, config, new Map([...tensors, [A, bad]]));
    const error = refusal(path);
    expect(error.code).toBe('bad-file');
    expect(error.problems).toEqual([`${A}: ${value} at entry 5`]);
  });

  it('in half precision and where a double is too large for a float', () => {
    for (const [dtype, bytes] of [
      ['F16', [0x00, 0x7c]],
      ['BF16', [0xc0, 0x7f]],
      ['F64', [0, 0, 0, 0, 0, 0, 0xf0, 0x7e]],
    ] as const) {
      const header = { a: { dtype, shape: [1], data_offsets: [0, bytes.length] } };
      const path = adapter(header, Uint8Array.from(bytes), { peft_type: 'LORA' });
      expect(refusal(path).problems[0]).toMatch(/^a: (NaN|Infinity) at entry 0$/);
    }
  });

  it('all of them, with what else is wrong, in one error', () => {
    const nan = (name: string) =>
      [name, { shape: [1], data: Float32Array.of(Number.NaN) }] as const;
    const path = join(folder, 'all');
    const wrong = { ...config, r: 1e9, target_modules: '(', rank_pattern: { '[': 3e9 } };
    writeAdapter(path, wrong, new Map([nan('a'), nan('b'), nan('c')]));
    expect(refusal(path).problems).toEqual([
      'target_modules: "(" is no regular expression, or one in a syntax that Python alone has',
      'rank_pattern: "[" is no regular expression, or one in a syntax that Python alone has',
      'r: 1000000000 is more than any dimension of the tensors (1)',
      'rank_pattern "[": 3000000000 is more than any dimension of the tensors (1)',
      ...['a', 'b', 'c'].map((name) => `${name}: NaN at entry 0`),
    ]);
  });
});

describe('a configuration that lies', () => {
  it.each<[string, unknown, RegExp]>([
    ['no JSON', '{', /is not JSON/],
    ['a list', '[]', /peft_type is missing/],
    ['null', 'null', /peft_type is missing/],
    ['a type that is a number', { peft_type: 4 }, /peft_type is missing/],
    ['a pattern that is none', { ...config, target_modules: '*' }, /no regular expression/],
    [
      'a pattern that never ends',
      { ...config, target_modules: '(([a-z0-9_]+)\\.?)+X' },
      /too long/,
    ],
    [
      'a pattern that never ends on one kind of module',
      { ...config, target_modules: '(?=.*gate_proj)([a-z_.0-9]+)+!|.*q_proj' },
      /too long/,
    ],
    [
      'an encoder of which the file holds nothing',
      { ...config, encoder_hidden_size: 8e6 },
      /8000000/,
    ],
    ['an encoder of thousands of layers', { ...config, encoder_num_layers: 3000 }, /more than 64/],
    ['a pattern of a megabyte', { ...config, exclude_modules: 'a'.repeat(1e6) }, /longer than/],
    ['more virtual tokens than rows', { ...config, num_virtual_tokens: 1e9 }, /num_virtual_tokens/],
  ])('%s', (_, settings, message) => {
    const path = adapter({ a: f32([1], 0, 4) }, 4, settings);
    expect(refusal(path).message).toMatch(message);
  });

  it('ten thousand patterns that never end cost a second, not hours', () => {
    const pattern = '(([a-z0-9_]+)\\.?)+';
    const keys = Array.from({ length: 10_000 }, (_, i) => [`${pattern}X${i}`, 1]);
    const path = adapter({ a: f32([1], 0, 4) }, 4, {
      ...config,
      r: 1,
      rank_pattern: Object.fromEntries(keys),
    });
    const started = performance.now();
    expect(refusal(path).message).toMatch(/too long/);
    expect(performance.now() - started).toBeLessThan(8000);
  });

  it('more than ten megabytes', () => {
    const path = adapter({}, 0, `{"peft_type":"LORA","x":"${'x'.repeat(10_000_000)}"}`);
    expect(refusal(path).message).toMatch(/expected JSON of at most 10000000/);
  });

  it('any JSON at all is refused or read as it stands', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (settings) => {
        const path = adapter({}, 0, settings);
        try {
          expect(typeof readAdapterConfig(path).peft_type).toBe('string');
        } catch (error) {
          expect(error).toBeInstanceOf(PeftError);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('files that are none', () => {
  it('a pickle is refused by its name, unread', () => {
    const path = join(folder, 'pickle');
    mkdirSync(path);
    writeFileSync(join(path, 'adapter_config.json'), JSON.stringify(config));
    writeFileSync(join(path, 'adapter_model.bin'), 'cos\nsystem\n(S"true"\ntR.');
    expect(refusal(path).message).toMatch(/adapter_model\.bin, a Python pickle/);
  });

  it.skipIf(process.platform === 'win32')('a pipe or a device is not waited for', () => {
    const path = adapter({});
    const file = join(path, 'adapter_model.safetensors');
    rmSync(file);
    // A name that is not a literal: no tool is to take it for a dependency.
    const [makePipe = ''] = ['mkfifo'];
    expect(spawnSync(makePipe, [file]).status).toBe(0);
    expect(refusal(path).message).toMatch(/no regular file/);
    const settings = join(path, 'adapter_config.json');
    rmSync(settings);
    symlinkSync('/dev/zero', settings);
    expect(refusal(path).message).toMatch(/no regular file/);
    rmSync(settings);
    symlinkSync(join(path, 'nowhere'), settings);
    expect(refusal(path).code).toBe('not-found');
  });

  it.skipIf(process.platform === 'win32')('a link to text says nothing of what it holds', () => {
    const secret = join(folder, 'secret');
    writeFileSync(secret, 'pass-word 0123456789');
    const path = adapter({});
    rmSync(join(path, 'adapter_model.safetensors'));
    symlinkSync(secret, join(path, 'adapter_model.safetensors'));
    expect(refusal(path).message).not.toContain('word 0123');
  });

  it('names of the hub do not leave it', () => {
    const hub = openHub([join(folder, 'hub')]);
    const source = join(folder, 'source');
    writeAdapter(source, config, tensors);
    for (const name of ['../out', '..', '/tmp/x', 'a/b', 'a\\b', '.hidden', '', 'a\0b', 'ä']) {
      expect(() => hub.add(source, name)).toThrow(/no adapter name/);
      expect(() => hub.get(name)).toThrow(PeftError);
      expect(() => hub.remove(name)).toThrow(PeftError);
    }
    expect(readdirSync(folder)).toEqual(['source']);
  });
});

describe('an adapter that does not fit', () => {
  let model: LanguageModel;
  let before: Float32Array;
  beforeAll(async () => {
    await loadEngine();
  });
  beforeEach(() => {
    model = tinyModel();
    before = output();
  });
  afterEach(() => model.dispose());

  const output = (): Float32Array => sequenceLogits(model, [[1, 2, 3]]);
  /** Stores an adapter, tries to merge it, and makes sure that nothing of it is left. */
  const mergeRefusal = (
    settings: Record<string, unknown>,
    stored: ReadonlyMap<string, { shape: number[]; data: Float32Array }> = tensors,
  ): string => {
    const path = join(folder, 'stored');
    writeAdapter(path, { ...config, ...settings }, stored);
    const count = engine().tf.memory().numTensors;
    let message = '';
    try {
      mergeStoredAdapter(model, { name: 'stored', baseModel: 'tiny', path });
    } catch (error) {
      expect(error).toBeInstanceOf(PeftError);
      message = (error as Error).message;
    }
    expect(engine().tf.memory().numTensors).toBe(count);
    expect(output()).toEqual(before);
    return message;
  };

  it('an unknown type is refused with the known ones', () => {
    expect(mergeRefusal({ peft_type: 'MAGIC' })).toMatch(/unknown method 'MAGIC'; there is .*lora/);
    expect(mergeRefusal({ peft_type: '__proto__' })).toMatch(/unknown method/);
  });

  it('rank 0, a negative alpha and ranks that are texts are refused together', () => {
    expect(mergeRefusal({ r: 0, lora_alpha: -1, rank_pattern: { q: 'many' } })).toMatch(
      /r: [\s\S]*lora_alpha: [\s\S]*rank_pattern/,
    );
  });

  it('a rank above the matrix is refused', () => {
    const high = new Map([
      [A, values(17, 16)],
      [B, values(16, 17)],
    ]);
    expect(mergeRefusal({ r: 17, inference_mode: false }, high)).toMatch(/at most 16/);
  });

  it('tensors of another model are refused, each by name', () => {
    const other = new Map([
      [A, values(2, 8)],
      ['base_model.model.score.weight', values(3, 16)],
    ]);
    expect(mergeRefusal({}, other)).toMatch(
      /score\.weight: not part[\s\S]*expected \[2,16\], got \[2,8\][\s\S]*lora_B\.weight: missing/,
    );
  });

  it('a layer that the model lacks is refused', () => {
    expect(mergeRefusal({ target_modules: ['query'] })).toMatch(/query.*q_proj, k_proj/s);
  });
});
