/**
 * Writing GGUF files, version 3, little-endian:
 *   "GGUF" version u32 · tensor count u64 · key count u64 · keys · tensor entries · padding · data
 * A tensor's sizes are listed columns first, and its data begins at a multiple of 32 bytes.
 */
import { statSync } from 'node:fs';
import { openFileBytes } from '../io/file-bytes.ts';
import type { TensorData } from '../io/safetensors.ts';

/** A value with the type that it is stored as. */
export type GgufValue =
  | { readonly string: string }
  | { readonly uint32: number }
  | { readonly float32: number }
  | { readonly strings: readonly string[] }
  | { readonly int32s: readonly number[] }
  | { readonly float32s: readonly number[] };

const VERSION = 3;
const ALIGNMENT = 32;
/** Type numbers of values; of tensors only float32 (0) is written. */
const TYPE = { uint32: 4, int32: 5, float32: 6, string: 8, array: 9 };

/** The bytes of a file with float32 tensors, in the order given. */
export function encodeGguf(
  metadata: ReadonlyMap<string, GgufValue>,
  tensors: ReadonlyMap<string, TensorData>,
): Uint8Array {
  const head: Uint8Array[] = [
    Buffer.from('GGUF'),
    uint32(VERSION),
    uint64(tensors.size),
    uint64(metadata.size),
  ];
  for (const [key, value] of metadata) head.push(text(key), ...encodeValue(value));
  const data: Uint8Array[] = [];
  let offset = 0;
  for (const [name, { shape, data: values }] of tensors) {
    const sizes = [...shape].reverse().map(uint64);
    head.push(text(name), uint32(shape.length), ...sizes, uint32(0), uint64(offset));
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    data.push(bytes, padding(bytes.length));
    offset += aligned(bytes.length);
  }
  const headLength = head.reduce((sum, { length }) => sum + length, 0);
  return Buffer.concat([...head, padding(headLength), ...data]);
}

/** How far the keys of a file are searched: its kind stands among the first. */
const FIRST_KEYS = 2 ** 16;

/** Whether a file is a GGUF file whose `general.type` is `adapter`. @throws PeftError 'not-found' where it cannot be read */
export function isGgufAdapter(path: string): boolean {
  if (!statSync(path).isFile()) return false;
  const file = openFileBytes(path);
  try {
    const start = Buffer.from(file.read(0, Math.min(file.size, FIRST_KEYS)));
    const kind = Buffer.concat([text('general.type'), ...encodeValue({ string: 'adapter' })]);
    return start.subarray(0, 4).equals(Buffer.from('GGUF')) && start.includes(kind);
  } finally {
    file.close();
  }
}

function encodeValue(value: GgufValue): Uint8Array[] {
  if ('string' in value) return [uint32(TYPE.string), text(value.string)];
  if ('uint32' in value) return [uint32(TYPE.uint32), uint32(value.uint32)];
  if ('float32' in value) return [uint32(TYPE.float32), float32(value.float32)];
  if ('strings' in value) return array(TYPE.string, value.strings.map(text));
  if ('int32s' in value) return array(TYPE.int32, value.int32s.map(int32));
  return array(TYPE.float32, value.float32s.map(float32));
}

function array(type: number, items: readonly Uint8Array[]): Uint8Array[] {
  return [uint32(TYPE.array), uint32(type), uint64(items.length), ...items];
}

const aligned = (length: number): number => Math.ceil(length / ALIGNMENT) * ALIGNMENT;
const padding = (length: number): Uint8Array => new Uint8Array(aligned(length) - length);

function text(value: string): Uint8Array {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([uint64(bytes.length), bytes]);
}

function uint32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function int32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}

function uint64(value: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function float32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}
