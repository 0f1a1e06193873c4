/** Reading GGUF files: header and metadata by @huggingface/gguf, tensors on demand. */
import { type GGUFParseOutput, gguf } from '@huggingface/gguf';
import { PeftError } from '../errors.ts';
import { type BlockFormat, blockFormat } from './dequantize.ts';
import { type FileBytes, openFileBytes } from './file-bytes.ts';

/** One tensor of a GGUF file; `shape` is [rows, columns] (GGUF itself lists columns first). */
export interface GgufTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly format: BlockFormat;
  /** First byte in the file. */
  readonly offset: number;
  readonly byteLength: number;
}

/** An open GGUF file. */
export interface GgufFile {
  readonly path: string;
  /** Values by key (`llama.block_count`); integers of 64 bits are converted to numbers. */
  readonly metadata: ReadonlyMap<string, unknown>;
  readonly tensors: ReadonlyMap<string, GgufTensor>;
  /** Values of a tensor as float32, in the file's own row order. @throws PeftError 'bad-file' */
  read(tensor: GgufTensor): Float32Array;
  close(): void;
}

/**
 * Opens a GGUF file (versions 1–3, little-endian) and checks its header against its size.
 * @throws PeftError 'not-found' | 'bad-file' | 'unsupported' (a tensor format, naming it)
 */
export async function openGguf(path: string): Promise<GgufFile> {
  const file = openFileBytes(path);
  try {
    const header = await parseHeader(file);
    return {
      path,
      metadata: plainMetadata(header),
      tensors: locateTensors(header, file),
      read(tensor) {
        const count = tensor.shape.reduce((product, size) => product * size, 1);
        return tensor.format.decode(file.read(tensor.offset, tensor.byteLength), count);
      },
      close: () => file.close(),
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

async function parseHeader({ path, size }: FileBytes): Promise<GGUFParseOutput> {
  let header: GGUFParseOutput;
  try {
    header = await gguf(path, { allowLocalFile: true });
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new PeftError('bad-file', `${path} is not a readable GGUF file: ${reason}`, { cause });
  }
  // The parser pads its buffer with zeros past the end of the file, so a cut header parses.
  if (header.tensorInfoByteRange[1] > size) {
    throw new PeftError('bad-file', `${path} is truncated: its header goes on after byte ${size}.`);
  }
  if (!header.littleEndian) {
    throw new PeftError(
      'unsupported',
      `${path} is a big-endian GGUF file; expected little-endian.`,
    );
  }
  return header;
}

function plainMetadata(header: GGUFParseOutput): Map<string, unknown> {
  return new Map(
    Object.entries(header.metadata).map(([key, value]) => [
      key,
      typeof value === 'bigint' ? Number(value) : value,
    ]),
  );
}

function locateTensors(header: GGUFParseOutput, { path, size }: FileBytes) {
  const tensors = new Map<string, GgufTensor>();
  const problems: string[] = [];
  for (const info of header.tensorInfos) {
    const format = blockFormat(info.dtype, `${path}, ${info.name}`);
    const shape = info.shape.map(Number).reverse();
    const columns = shape.at(-1) ?? 1;
    const count = shape.reduce((product, length) => product * length, 1);
    const offset = Number(header.tensorDataOffset + info.offset);
    const byteLength = (count / format.weights) * format.bytes;
    if (columns % format.weights !== 0) {
      problems.push(
        `${info.name}: ${columns} columns are no multiple of ${format.name}'s block of ${format.weights}`,
      );
    } else if (!(offset >= 0 && offset + byteLength <= size)) {
      problems.push(
        `${info.name}: bytes ${offset} to ${offset + byteLength} are not within the file's ${size}`,
      );
    } else if (tensors.has(info.name)) {
      problems.push(`${info.name}: listed twice`);
    }
    tensors.set(info.name, { name: info.name, shape, format, offset, byteLength });
  }
  if (problems.length > 0) {
    const shown = problems.slice(0, 10);
    if (problems.length > shown.length) shown.push(`and ${problems.length - shown.length} more`);
    throw new PeftError('bad-file', `${path} is truncated or corrupt; download it again.`, {
      problems: shown,
    });
  }
  return tensors;
}
