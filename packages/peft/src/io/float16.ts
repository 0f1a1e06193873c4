/**
 * Half precision (IEEE binary16: 1 sign, 5 exponent, 10 fraction bits) and bfloat16 (the upper
 * 16 bits of a float32) to and from float32; narrowing rounds to nearest, ties to even.
 */

const scratch = new Uint32Array(1);
const scratchFloat = new Float32Array(scratch.buffer);

let halfValues: Float32Array | undefined;

/** The float32 value of every half, indexed by its 16 bits (256 KiB, built on first use). */
export function halfTable(): Float32Array {
  halfValues ??= Float32Array.from({ length: 65_536 }, (_, bits) => halfValue(bits));
  return halfValues;
}

function halfValue(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Halves → float32, exactly. */
export function fromFloat16(halves: Uint16Array): Float32Array {
  const table = halfTable();
  const out = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) out[i] = table[halves[i] as number] as number;
  return out;
}

/** float32 → halves; beyond ±65,504 (after rounding) becomes ±infinity. */
export function toFloat16(values: Float32Array): Uint16Array<ArrayBuffer> {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const out = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) out[i] = halfBits(bits[i] as number);
  return out;
}

function halfBits(float: number): number {
  const sign = (float >>> 16) & 0x8000;
  const magnitude = float & 0x7fff_ffff;
  if (magnitude > 0x7f80_0000) return sign | 0x7e00; // NaN
  if (magnitude >= 0x4780_0000) return sign | 0x7c00; // 65,536 and more
  if (magnitude < 0x3880_0000) {
    // Below the smallest normal half: adding 0.5 lets the hardware round to multiples of 2^-24.
    scratch[0] = magnitude;
    scratchFloat[0] = (scratchFloat[0] as number) + 0.5;
    return sign | ((scratch[0] as number) - 0x3f00_0000);
  }
  // Rebias the exponent by 15 - 127; a carry out of the fraction may move into the exponent.
  const rebased = magnitude - 0x3800_0000;
  return sign | ((rebased + 0xfff + ((rebased >>> 13) & 1)) >>> 13);
}

/** bfloat16 → float32, exactly. */
export function fromBfloat16(values: Uint16Array): Float32Array {
  const bits = new Uint32Array(values.length);
  for (let i = 0; i < values.length; i++) bits[i] = (values[i] as number) << 16;
  return new Float32Array(bits.buffer);
}

/** float32 → bfloat16; NaN stays NaN. */
export function toBfloat16(values: Float32Array): Uint16Array<ArrayBuffer> {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const out = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const float = bits[i] as number;
    const notANumber = (float & 0x7fff_ffff) > 0x7f80_0000;
    out[i] = notANumber ? (float >>> 16) | 0x40 : (float + 0x7fff + ((float >>> 16) & 1)) >>> 16;
  }
  return out;
}
