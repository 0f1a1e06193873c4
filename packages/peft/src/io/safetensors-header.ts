/**
 * The safetensors layout: 8 bytes little-endian length N, N bytes of JSON
 * `{name: {dtype, shape, data_offsets: [begin, end]}, __metadata__?: {key: text}}`, then the data.
 * Offsets count from the end of the header.
 */
import * as z from 'zod';
import { PeftError } from '../errors.ts';
import { firstProblems } from '../first-problems.ts';
import type { Translated } from '../translated.ts';

/** Stored number types that can be read, with their bytes per value. */
export const BYTES_PER_VALUE = { F32: 4, F16: 2, BF16: 2, F64: 8, I32: 4, I64: 8 } as const;

/** A stored number type. */
export type StoredType = keyof typeof BYTES_PER_VALUE;

/** Where one tensor lies in the file. */
export interface StoredTensor {
  readonly dtype: StoredType;
  readonly shape: readonly number[];
  /** First byte in the file. */
  readonly offset: number;
  readonly byteLength: number;
}

/** A checked header. */
export interface SafetensorsHeader {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

/** Types of the format that are not read here. */
const OTHER_TYPES = /^(?:BOOL|C64|[IU]\d{1,2}|F[468](?:_E\dM\d(?:FNUZ)?)?)$/;

// The reference implementation refuses longer headers, too.
const LONGEST_HEADER = 100_000_000;

const count = z.int().nonnegative();
const entry = z.object({
  dtype: z.string(),
  shape: z.array(count),
  data_offsets: z.tuple([count, count]),
});

/**
 * Length of the JSON header, from the first 8 bytes of a file of `fileSize` bytes.
 * @throws PeftError 'bad-file' when it cannot be right
 */
export function headerLength(source: string, prefix: Uint8Array, fileSize: number): number {
  if (prefix.length < 8) {
    return bad(source, {
      en: `${fileSize} bytes are too few for a safetensors file`,
      zh: `只有 ${fileSize} 字节，不足以构成 safetensors 文件`,
    });
  }
  const length = Number(new DataView(prefix.buffer, prefix.byteOffset, 8).getBigUint64(0, true));
  if (length > LONGEST_HEADER || length < 2) {
    return bad(source, {
      en: `its header claims to be ${length} bytes long, so it is no safetensors file`,
      zh: `文件头自称有 ${length} 字节，因此不是 safetensors 文件`,
    });
  }
  if (8 + length > fileSize) {
    return bad(source, {
      en: `its header needs ${8 + length} bytes, the file has ${fileSize}: truncated`,
      zh: `文件头需要 ${8 + length} 字节，而文件只有 ${fileSize} 字节，不完整`,
    });
  }
  return length;
}

/**
 * Parses and checks the JSON header: known types, sizes that follow from the shapes, no overlap,
 * no gap, nothing beyond the end of the file.
 * @throws PeftError 'bad-file' naming every faulty tensor, 'unsupported' where only types are not read
 */
export function parseHeader(source: string, json: Uint8Array, fileSize: number): SafetensorsHeader {
  const { __metadata__, ...entries } = parseJson(source, json);
  const metadata = z.record(z.string(), z.string()).safeParse(__metadata__ ?? {});
  if (!metadata.success) {
    return bad(source, {
      en: '__metadata__ is not a map of texts',
      zh: '__metadata__ 不是由文本组成的映射',
    });
  }

  const dataStart = 8 + json.length;
  const tensors = new Map<string, StoredTensor>();
  const problems: Translated[] = [];
  const unread: Translated[] = [];
  for (const [name, value] of Object.entries(entries)) {
    const located = locate(value, dataStart);
    if ('offset' in located) tensors.set(name, located);
    else {
      const list = located.unread ? unread : problems;
      list.push({ en: `${name}: ${located.en}`, zh: `${name}：${located.zh}` });
    }
  }
  // Sizes of types that are not known cannot be checked: the rest of such a file is not, either.
  if (problems.length === 0 && unread.length > 0) {
    throw new PeftError(
      'unsupported',
      {
        en: `${source} holds numbers of a type that cannot be read; store it as F32, F16 or BF16.`,
        zh: `${source} 中有无法读取的数值类型，请另存为 F32、F16 或 BF16。`,
      },
      { problems: firstProblems(unread, 10) },
    );
  }
  problems.push(...unread);
  if (problems.length === 0) problems.push(...layoutProblems(tensors, dataStart, fileSize));
  if (problems.length > 0) {
    throw new PeftError(
      'bad-file',
      { en: `${source} is truncated or corrupt.`, zh: `${source} 不完整或已损坏。` },
      { problems: firstProblems(problems, 10) },
    );
  }
  return { metadata: metadata.data, tensors };
}

function parseJson(source: string, json: Uint8Array): Record<string, unknown> {
  let text: string;
  let parsed: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(json);
    parsed = JSON.parse(text);
  } catch (cause) {
    return bad(source, { en: 'its header is not JSON', zh: '文件头不是 JSON' }, cause);
  }
  if (typeof parsed !== 'object' || parsed === null || !text.startsWith('{')) {
    return bad(source, { en: 'its header is not a JSON object', zh: '文件头不是 JSON 对象' });
  }
  const twice = repeatedKey(text);
  if (twice !== null) {
    return bad(source, {
      en: `its header lists ${JSON.stringify(twice)} twice`,
      zh: `文件头中 ${JSON.stringify(twice)} 出现了两次`,
    });
  }
  return parsed as Record<string, unknown>;
}

/** A key that a valid JSON object has more than once; `JSON.parse` keeps only the last. */
function repeatedKey(text: string): string | null {
  const seen = new Set<string>();
  let depth = 0;
  // At depth 1 a text is a key unless a colon stands before it.
  let isKey = true;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
    else if (character === ':') isKey = false;
    else if (character === ',') isKey = true;
    else if (character === '"') {
      const end = endOfText(text, i);
      const key = isKey && depth === 1 ? (JSON.parse(text.slice(i, end + 1)) as string) : null;
      if (key !== null && seen.has(key)) return key;
      if (key !== null) seen.add(key);
      i = end;
    }
  }
  return null;
}

/** Where the text that opens at `start` closes. */
function endOfText(text: string, start: number): number {
  let end = start + 1;
  while (text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  return end;
}

/** Why a tensor is not found; `unread` where only its type is not known. */
type Unlocated = Translated & { readonly unread?: true };

function locate(value: unknown, dataStart: number): StoredTensor | Unlocated {
  const parsed = entry.safeParse(value);
  if (!parsed.success) {
    return {
      en: 'needs dtype, shape and data_offsets',
      zh: '需要有 dtype、shape 和 data_offsets',
    };
  }
  const { dtype, shape, data_offsets: offsets } = parsed.data;
  if (!Object.hasOwn(BYTES_PER_VALUE, dtype)) {
    const known = Object.keys(BYTES_PER_VALUE);
    return {
      ...(OTHER_TYPES.test(dtype) && { unread: true }),
      en: `type ${dtype} cannot be read, expected one of ${known.join(', ')}`,
      zh: `无法读取类型 ${dtype}，应为以下之一：${known.join('、')}`,
    };
  }
  const type = dtype as StoredType;
  const needed = shape.reduce((product, size) => product * size, 1) * BYTES_PER_VALUE[type];
  const byteLength = offsets[1] - offsets[0];
  if (byteLength !== needed) {
    return {
      en: `[${shape.join(', ')}] ${dtype} takes ${needed} bytes, its offsets give ${byteLength}`,
      zh: `[${shape.join(', ')}] ${dtype} 占 ${needed} 字节，而偏移量给出 ${byteLength} 字节`,
    };
  }
  return { dtype: type, shape, offset: dataStart + offsets[0], byteLength };
}

function layoutProblems(
  tensors: ReadonlyMap<string, StoredTensor>,
  dataStart: number,
  fileSize: number,
): Translated[] {
  const problems: Translated[] = [];
  let end = dataStart;
  for (const [name, tensor] of [...tensors].sort(
    ([, a], [, b]) => a.offset - b.offset || a.byteLength - b.byteLength,
  )) {
    if (tensor.offset < end) {
      problems.push({
        en: `${name}: overlaps the tensor before it`,
        zh: `${name}：与前一个张量重叠`,
      });
    }
    const unused = tensor.offset - end;
    if (unused > 0) {
      problems.push({
        en: `${name}: ${unused} unused bytes before it`,
        zh: `${name}：前面有 ${unused} 个未使用的字节`,
      });
    }
    end = Math.max(end, tensor.offset + tensor.byteLength);
  }
  if (problems.length === 0 && end !== fileSize) {
    problems.push({
      en: `the tensors end at byte ${end}, the file at ${fileSize}`,
      zh: `张量到第 ${end} 字节为止，而文件到第 ${fileSize} 字节为止`,
    });
  }
  return problems;
}

function bad(source: string, reason: Translated, cause?: unknown): never {
  throw new PeftError(
    'bad-file',
    { en: `${source} cannot be read: ${reason.en}.`, zh: `无法读取 ${source}：${reason.zh}。` },
    { cause },
  );
}
