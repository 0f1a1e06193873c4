import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { blockFormat } from './dequantize.ts';

interface Golden {
  readonly type: number;
  readonly blocks: string;
  readonly float32: string;
}

const path = new URL('../../../../test/golden/gguf/blocks.json', import.meta.url);
const golden = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Golden>;
const bytes = (base64: string) => Uint8Array.from(Buffer.from(base64, 'base64'));

describe('dequantisation', () => {
  it.each(Object.keys(golden))('%s decodes like the reference, bit for bit', (name) => {
    const { type, blocks, float32 } = golden[name] as Golden;
    const expected = new Float32Array(bytes(float32).buffer);
    const format = blockFormat(type, name);
    expect(format.name).toBe(name);
    expect((expected.length / format.weights) * format.bytes).toBe(bytes(blocks).length);
    expect(format.decode(bytes(blocks), expected.length)).toEqual(expected);
  });

  it('names the formats it knows when it meets another', () => {
    expect(() => blockFormat(19, 'a.gguf, w')).toThrow(
      /^a.gguf, w: GGUF type 19 cannot be read; expected one of F32, F16, Q4_0/,
    );
  });
});
