/** Reading and writing safetensors files; see `safetensors-header.ts` for the layout. */
import { PeftError } from '../errors.ts';
import { openFileBytes } from './file-bytes.ts';
import { fromBfloat16, fromFloat16, toBfloat16, toFloat16 } from './float16.ts';
import { replaceFile } from './replace-file.ts';
import {
  headerLength,
  parseHeader,
  type SafetensorsHeader,
  type StoredTensor,
  type StoredType,
} from './safetensors-header.ts';

/** A tensor in memory: row-major float32 values. */
export interface TensorData {
  readonly shape: readonly number[];
  readonly data: Float32Array;
  /** Whole numbers below 2²⁴ (indices): written as I32 whatever the file's type is. */
  readonly integers?: boolean;
}

/** An open safetensors file; tensors are read one at a time. */
export interface SafetensorsFile extends SafetensorsHeader {
  readonly path: string;
  /** @throws PeftError 'not-found' for an unknown name */
  read(name: string): Float32Array;
  close(): void;
}

/** Types that can be written. */
export type WrittenType = Extract<StoredType, 'F32' | 'F16' | 'BF16'>;

/**
 * Opens a safetensors file and checks its header.
 * @throws PeftError 'not-found' | 'bad-file'
 */
export function openSafetensors(path: string): SafetensorsFile {
  const file = openFileBytes(path);
  try {
    const length = headerLength(path, file.read(0, Math.min(8, file.size)), file.size);
    const header = parseHeader(path, file.read(8, length), file.size);
    return {
      ...header,
      path,
      read(name) {
        const tensor = find(header, name, path);
        return toFloat32(file.read(tensor.offset, tensor.byteLength), tensor.dtype);
      },
      close: () => file.close(),
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

/**
 * All tensors of a small file that is already in memory.
 * @throws PeftError 'bad-file'
 */
export function decodeSafetensors(bytes: Uint8Array, source = 'the data'): Map<string, TensorData> {
  const length = headerLength(source, bytes.subarray(0, 8), bytes.length);
  const { tensors } = parseHeader(source, bytes.subarray(8, 8 + length), bytes.length);
  return new Map(
    [...tensors].map(([name, { shape, dtype, offset, byteLength }]) => [
      name,
      {
        shape,
        data: toFloat32(Uint8Array.from(bytes.subarray(offset, offset + byteLength)), dtype),
        ...(dtype === 'I32' && { integers: true }),
      },
    ]),
  );
}

/** The bytes of a safetensors file: names in code-unit order, header padded to 8 bytes. */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, TensorData>,
  options: { dtype?: WrittenType; metadata?: Readonly<Record<string, string>> } = {},
): Uint8Array {
  const { dtype = 'F32', metadata = { format: 'pt' } } = options;
  const header: [string, unknown][] = [['__metadata__', metadata]];
  const chunks: Uint8Array[] = [];
  let end = 0;
  for (const name of [...tensors.keys()].sort()) {
    const { shape, data, integers = false } = tensors.get(name) as TensorData;
    const size = shape.reduce((product, length) => product * length, 1);
    if (size !== data.length) {
      throw new PeftError('mismatch', {
        en: `${name}: shape [${shape.join(', ')}] needs ${size} values, got ${data.length}.`,
        zh: `${name}：形状 [${shape.join(', ')}] 需要 ${size} 个值，实际有 ${data.length} 个。`,
      });
    }
    const type = integers ? 'I32' : dtype;
    const chunk = fromFloat32(data, type);
    header.push([name, { dtype: type, shape, data_offsets: [end, end + chunk.length] }]);
    chunks.push(chunk);
    end += chunk.length;
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const padded = new Uint8Array(8 + Math.ceil(json.length / 8) * 8).fill(0x20);
  new DataView(padded.buffer).setBigUint64(0, BigInt(padded.length - 8), true);
  padded.set(json, 8);
  return Buffer.concat([padded, ...chunks]);
}

/** Writes a safetensors file whole or not at all. */
export function writeSafetensors(
  path: string,
  tensors: ReadonlyMap<string, TensorData>,
  options: { dtype?: WrittenType; metadata?: Readonly<Record<string, string>> } = {},
): void {
  replaceFile(path, encodeSafetensors(tensors, options));
}

function find({ tensors }: SafetensorsHeader, name: string, path: string): StoredTensor {
  const tensor = tensors.get(name);
  if (tensor === undefined) {
    throw new PeftError('not-found', {
      en: `${path} has no tensor ${name}.`,
      zh: `${path} 中没有张量 ${name}。`,
    });
  }
  return tensor;
}

/** `bytes` must start its buffer, so that wider views are aligned. */
function toFloat32({ buffer }: Uint8Array<ArrayBuffer>, type: StoredType): Float32Array {
  switch (type) {
    case 'F32':
      return new Float32Array(buffer);
    case 'F16':
      return fromFloat16(new Uint16Array(buffer));
    case 'BF16':
      return fromBfloat16(new Uint16Array(buffer));
    case 'F64':
      return Float32Array.from(new Float64Array(buffer));
    case 'I32':
      return Float32Array.from(new Int32Array(buffer));
    case 'I64':
      return Float32Array.from(new BigInt64Array(buffer), Number);
  }
}

function fromFloat32(data: Float32Array, type: WrittenType | 'I32'): Uint8Array {
  const stored = {
    F32: () => data,
    F16: () => toFloat16(data),
    BF16: () => toBfloat16(data),
    I32: () => Int32Array.from(data),
  };
  const { buffer, byteOffset, byteLength } = stored[type]();
  return new Uint8Array(buffer, byteOffset, byteLength);
}
