/**
 * The block formats of GGUF files, decoded to float32. A block holds 32 weights (256 in the
 * "K" formats) as small integers q with shared scales; every sum below is exact up to one
 * rounding, so values equal those of ggml's own reference decoder.
 */
import { PeftError } from '../errors.ts';
import { fromBfloat16, fromFloat16, halfTable } from './float16.ts';

/** One storage format: `bytes` per block of `weights` values, and how a run of blocks decodes. */
export interface BlockFormat {
  readonly name: string;
  readonly weights: number;
  readonly bytes: number;
  decode(source: Uint8Array<ArrayBuffer>, count: number): Float32Array;
}

/** Decodes one block at byte `at` of `source` into `out` from index `to`. */
type BlockDecoder = (source: Uint8Array, at: number, out: Float32Array, to: number) => void;

function blocks(name: string, weights: number, bytes: number, block: BlockDecoder): BlockFormat {
  return {
    name,
    weights,
    bytes,
    decode(source, count) {
      const out = new Float32Array(count);
      for (let at = 0, to = 0; to < count; at += bytes, to += weights) block(source, at, out, to);
      return out;
    },
  };
}

const byte = (source: Uint8Array, at: number) => source[at] as number;
const half = (source: Uint8Array, at: number) =>
  halfTable()[byte(source, at) | (byte(source, at + 1) << 8)] as number;
const signed = (source: Uint8Array, at: number) => (byte(source, at) << 24) >> 24;

/** w = d·q, q in int8. */
const q8_0: BlockDecoder = (source, at, out, to) => {
  const d = half(source, at);
  for (let i = 0; i < 32; i++) out[to + i] = d * signed(source, at + 2 + i);
};

/** w = d·(q − 8): low nibbles are weights 0–15, high nibbles 16–31. */
const q4_0: BlockDecoder = (source, at, out, to) => {
  const d = half(source, at);
  for (let i = 0; i < 16; i++) {
    const pair = byte(source, at + 2 + i);
    out[to + i] = d * ((pair & 15) - 8);
    out[to + i + 16] = d * ((pair >> 4) - 8);
  }
};

/** w = d·q + m. */
const q4_1: BlockDecoder = (source, at, out, to) => {
  const d = half(source, at);
  const m = half(source, at + 2);
  for (let i = 0; i < 16; i++) {
    const pair = byte(source, at + 4 + i);
    out[to + i] = d * (pair & 15) + m;
    out[to + i + 16] = d * (pair >> 4) + m;
  }
};

/** Bit `i` of the 32 fifth bits that start at `at`, as 16 or 0. */
const fifthBit = (source: Uint8Array, at: number, i: number) =>
  ((byte(source, at + (i >> 3)) >> (i & 7)) & 1) << 4;

/** w = d·(q − 16), q of 5 bits: the fifth bits lie together in front of the nibbles. */
const q5_0: BlockDecoder = (source, at, out, to) => {
  const d = half(source, at);
  for (let i = 0; i < 16; i++) {
    const pair = byte(source, at + 6 + i);
    out[to + i] = d * (((pair & 15) | fifthBit(source, at + 2, i)) - 16);
    out[to + i + 16] = d * (((pair >> 4) | fifthBit(source, at + 2, i + 16)) - 16);
  }
};

/** w = d·q + m, q of 5 bits. */
const q5_1: BlockDecoder = (source, at, out, to) => {
  const d = half(source, at);
  const m = half(source, at + 2);
  for (let i = 0; i < 16; i++) {
    const pair = byte(source, at + 8 + i);
    out[to + i] = d * ((pair & 15) | fifthBit(source, at + 4, i)) + m;
    out[to + i + 16] = d * ((pair >> 4) | fifthBit(source, at + 4, i + 16)) + m;
  }
};

/**
 * w = d·s·q − dmin·m: 8 sub-blocks of 32 with 6-bit scales s and minima m. The first four pairs
 * lie in the low 6 bits of 8 bytes; the last four are split into nibbles and their top bits.
 */
const q4_k: BlockDecoder = (source, at, out, to) => {
  const d = half(source, at);
  const minimum = half(source, at + 2);
  const scales = at + 4;
  for (let sub = 0; sub < 8; sub++) {
    let scale: number;
    let offset: number;
    if (sub < 4) {
      scale = byte(source, scales + sub) & 63;
      offset = byte(source, scales + sub + 4) & 63;
    } else {
      const nibbles = byte(source, scales + sub + 4);
      scale = (nibbles & 15) | ((byte(source, scales + sub - 4) >> 6) << 4);
      offset = (nibbles >> 4) | ((byte(source, scales + sub) >> 6) << 4);
    }
    const shift = (sub & 1) * 4;
    const nibblesAt = at + 16 + (sub >> 1) * 32;
    for (let i = 0; i < 32; i++) {
      const q = (byte(source, nibblesAt + i) >> shift) & 15;
      out[to + sub * 32 + i] = d * scale * q - minimum * offset;
    }
  }
};

/** w = d·s·(q − 32): 16 sub-blocks of 16 with int8 scales; q = 4 low bits + 2 high bits. */
const q6_k: BlockDecoder = (source, at, out, to) => {
  const d = half(source, at + 208);
  for (let i = 0; i < 256; i++) {
    const [chunk, quarter, lane] = [i >> 7, (i >> 5) & 3, i & 31];
    const low = byte(source, at + chunk * 64 + (quarter & 1) * 32 + lane) >> ((quarter >> 1) * 4);
    const high = byte(source, at + 128 + chunk * 32 + lane) >> (quarter * 2);
    const q = ((low & 15) | ((high & 3) << 4)) - 32;
    out[to + i] = d * signed(source, at + 192 + (i >> 4)) * q;
  }
};

/** Formats by ggml's type number. */
const FORMATS: ReadonlyMap<number, BlockFormat> = new Map<number, BlockFormat>([
  [0, { name: 'F32', weights: 1, bytes: 4, decode: (source) => new Float32Array(source.buffer) }],
  [
    1,
    {
      name: 'F16',
      weights: 1,
      bytes: 2,
      decode: (source) => fromFloat16(new Uint16Array(source.buffer)),
    },
  ],
  [2, blocks('Q4_0', 32, 18, q4_0)],
  [3, blocks('Q4_1', 32, 20, q4_1)],
  [6, blocks('Q5_0', 32, 22, q5_0)],
  [7, blocks('Q5_1', 32, 24, q5_1)],
  [8, blocks('Q8_0', 32, 34, q8_0)],
  [12, blocks('Q4_K', 256, 144, q4_k)],
  [14, blocks('Q6_K', 256, 210, q6_k)],
  [
    30,
    {
      name: 'BF16',
      weights: 1,
      bytes: 2,
      decode: (source) => fromBfloat16(new Uint16Array(source.buffer)),
    },
  ],
]);

/**
 * The storage format of a ggml type number; `tensor` says whose, for the message.
 * @throws PeftError 'unsupported', naming the formats that can be read
 */
export function blockFormat(type: number, tensor: string): BlockFormat {
  const format = FORMATS.get(type);
  if (format !== undefined) return format;
  const known = [...FORMATS.values()].map(({ name }) => name);
  throw new PeftError('unsupported', {
    en: `${tensor}: GGUF type ${type} cannot be read; expected one of ${known.join(', ')}. Convert the file with llama.cpp's quantize tool.`,
    zh: `${tensor}：无法读取 GGUF 类型 ${type}，应为以下之一：${known.join('、')}。请用 llama.cpp 的 quantize 工具转换文件。`,
  });
}
