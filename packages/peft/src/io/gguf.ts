/** Reading GGUF files: header and metadata by @huggingface/gguf, tensors on demand. */
import { type GGUFParseOutput, gguf } from '@huggingface/gguf';
import { PeftError } from '../errors.ts';
import { firstProblems } from '../first-problems.ts';
import { reasonOf } from '../reason.ts';
import type { Translated } from '../translated.ts';
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
    const why = reasonOf(cause, path);
    throw new PeftError(
      'bad-file',
      {
        en: `${path} is not a readable GGUF file: ${why.en}`,
        zh: `${path} 不是可读取的 GGUF 文件：${why.zh}`,
      },
      { cause },
    );
  }
  // The parser pads its buffer with zeros past the end of the file, so a cut header parses.
  if (header.tensorInfoByteRange[1] > size) {
    throw new PeftError('bad-file', {
      en: `${path} is truncated: its header goes on after byte ${size}.`,
      zh: `${path} 不完整：文件到第 ${size} 字节为止，而文件头还没有结束。`,
    });
  }
  if (!header.littleEndian) {
    throw new PeftError('unsupported', {
      en: `${path} is a big-endian GGUF file; expected little-endian.`,
      zh: `${path} 是大端序的 GGUF 文件，应为小端序。`,
    });
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
  const problems: Translated[] = [];
  for (const info of header.tensorInfos) {
    const format = blockFormat(info.dtype, `${path}, ${info.name}`);
    const shape = info.shape.map(Number).reverse();
    const columns = shape.at(-1) ?? 1;
    const count = shape.reduce((product, length) => product * length, 1);
    const offset = Number(header.tensorDataOffset + info.offset);
    const byteLength = (count / format.weights) * format.bytes;
    if (columns % format.weights !== 0) {
      problems.push({
        en: `${info.name}: ${columns} columns are no multiple of ${format.name}'s block of ${format.weights}`,
        zh: `${info.name}：${columns} 列不是 ${format.name} 的块大小 ${format.weights} 的整数倍`,
      });
    } else if (!(offset >= 0 && offset + byteLength <= size)) {
      problems.push({
        en: `${info.name}: bytes ${offset} to ${offset + byteLength} are not within the file's ${size}`,
        zh: `${info.name}：第 ${offset} 到 ${offset + byteLength} 字节超出了文件的 ${size} 字节`,
      });
    } else if (tensors.has(info.name)) {
      problems.push({ en: `${info.name}: listed twice`, zh: `${info.name}：重复列出` });
    }
    tensors.set(info.name, { name: info.name, shape, format, offset, byteLength });
  }
  if (problems.length > 0) {
    throw new PeftError(
      'bad-file',
      {
        en: `${path} is truncated or corrupt; download it again.`,
        zh: `${path} 不完整或已损坏，请重新下载。`,
      },
      { problems: firstProblems(problems, 10) },
    );
  }
  return tensors;
}
