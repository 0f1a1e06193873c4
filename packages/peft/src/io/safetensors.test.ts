import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { PeftError } from '../errors.ts';
import {
  decodeSafetensors,
  encodeSafetensors,
  openSafetensors,
  writeSafetensors,
} from './safetensors.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-safetensors-'));
afterAll(() => rmSync(folder, { recursive: true }));
const golden = fileURLToPath(
  new URL('../../../../test/golden/models/tiny-llama/model.safetensors', import.meta.url),
);

/** A file with this header and so many zero bytes behind it. */
function fileOf(header: unknown, dataBytes: number): Uint8Array {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, Buffer.alloc(dataBytes)]);
}
const f32 = (shape: number[], begin: number, end: number) => ({
  dtype: 'F32',
  shape,
  data_offsets: [begin, end],
});

describe('safetensors', () => {
  it('writes what transformers writes, byte for byte', () => {
    const original = readFileSync(golden);
    expect(Buffer.compare(encodeSafetensors(decodeSafetensors(original)), original)).toBe(0);
  });

  it('reads one tensor at a time, equal to reading everything', () => {
    const all = decodeSafetensors(readFileSync(golden));
    const file = openSafetensors(golden);
    expect(file.metadata).toEqual({ format: 'pt' });
    expect([...file.tensors.keys()].sort()).toEqual([...all.keys()].sort());
    for (const [name, { data }] of all) expect(file.read(name)).toEqual(data);
    expect(() => file.read('nothing')).toThrow(/has no tensor nothing/);
    file.close();
    expect(() => file.read('model.norm.weight')).toThrow(/already closed/);
  });

  it.each([
    ['F16', [1, -2.5, 65_504, 0.333251953125]],
    ['BF16', [1, -2.5, 65_536, 0.333984375]],
    ['F32', [1, -2.5, 1e-30, 1 / 3]],
  ] as const)('round trips values that %s can hold', (dtype, values) => {
    const path = join(folder, `${dtype}.safetensors`);
    writeSafetensors(path, new Map([['w', { shape: [2, 2], data: Float32Array.from(values) }]]), {
      dtype,
    });
    const file = openSafetensors(path);
    expect(file.tensors.get('w')?.dtype).toBe(dtype);
    expect(file.read('w')).toEqual(Float32Array.from(values));
    file.close();
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('reads integers', () => {
    const header = {
      a: { dtype: 'I64', shape: [2], data_offsets: [0, 16] },
      b: { dtype: 'I32', shape: [1], data_offsets: [16, 20] },
    };
    const bytes = Buffer.from(fileOf(header, 20));
    bytes.writeBigInt64LE(-5n, bytes.length - 12);
    bytes.writeInt32LE(7, bytes.length - 4);
    const tensors = decodeSafetensors(bytes);
    expect(tensors.get('a')?.data).toEqual(Float32Array.of(0, -5));
    expect(tensors.get('b')?.data).toEqual(Float32Array.of(7));
  });

  it('refuses to write values that do not fit their shape', () => {
    const tensors = new Map([['w', { shape: [3], data: new Float32Array(2) }]]);
    expect(() => encodeSafetensors(tensors)).toThrow(/w: shape \[3\] needs 3 values, got 2/);
  });

  it.each([
    ['an empty file', new Uint8Array(), /too few/],
    ['an absurd header length', Buffer.alloc(16, 0xff), /claims to be/],
    ['a header beyond the end', fileOf('{}', 0).subarray(0, 9), /truncated/],
    ['a header that is no JSON', fileOf('{{{{', 0), /not JSON/],
    ['a header that is a list', fileOf('[1, 2]', 0), /not a JSON object/],
    [
      'a type that there is not',
      fileOf({ w: { ...f32([1], 0, 4), dtype: 'G32' } }, 4),
      /corrupt\.\n.*G32 cannot be read/,
    ],
    ['a size that does not fit the shape', fileOf({ w: f32([3], 0, 8) }, 8), /takes 12 bytes/],
    ['a negative size', fileOf({ w: f32([-1], 0, 4) }, 4), /needs dtype, shape/],
    ['overlapping tensors', fileOf({ a: f32([2], 0, 8), b: f32([1], 4, 8) }, 8), /b: overlaps/],
    ['a gap', fileOf({ a: f32([1], 0, 4), b: f32([1], 8, 12) }, 12), /b: 4 unused bytes/],
    ['cut data', fileOf({ a: f32([2], 0, 8) }, 7), /end at byte/],
    ['bytes after the end', fileOf({ a: f32([2], 0, 8) }, 9), /end at byte/],
  ])('refuses %s', (_, bytes, message) => {
    const path = join(folder, 'bad.safetensors');
    writeFileSync(path, bytes);
    for (const read of [() => decodeSafetensors(bytes), () => openSafetensors(path)]) {
      expect(read).toThrow(PeftError);
      expect(read).toThrow(message);
      expect(read).toThrow(expect.objectContaining({ code: 'bad-file' }));
    }
  });

  it.each(['F8_E4M3', 'F8_E8M0', 'F4', 'BOOL', 'U8', 'I16', 'C64'])(
    'says of a sound file that %s is not read',
    (dtype) => {
      const odd = { ...f32([4], 4, 8), dtype };
      expect(() => decodeSafetensors(fileOf({ a: f32([1], 0, 4), odd }, 8))).toThrow(
        expect.objectContaining({
          code: 'unsupported',
          message: expect.stringContaining('of a type that cannot be read'),
          problems: [expect.stringContaining(`type ${dtype} cannot be read`)],
        }),
      );
      const faulty = fileOf({ a: f32([3], 0, 4), odd }, 8);
      expect(() => decodeSafetensors(faulty)).toThrow(
        expect.objectContaining({ code: 'bad-file' }),
      );
    },
  );

  it('fails only with its own error, whatever the bytes', () => {
    const valid = Buffer.from(
      encodeSafetensors(new Map([['w', { shape: [2, 3], data: new Float32Array(6) }]])),
    );
    const damage = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { maxLength: 6 });
    fc.assert(
      fc.property(damage, fc.nat(valid.length), (changes, length) => {
        const bytes = Buffer.from(valid);
        for (const [at, value] of changes) bytes[at] = value;
        try {
          decodeSafetensors(bytes.subarray(0, length));
        } catch (error) {
          expect(error).toBeInstanceOf(PeftError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
