/**
 * The encoding of a text file from its first bytes: a byte order mark; else the zeros of UTF-16; else
 * UTF-8 where the bytes allow it; else GB18030 where they are mostly Chinese characters; else
 * Windows-1252, which holds Latin-1.
 */
import { TabLlmError } from '../errors.ts';

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'windows-1252'] as const;

export type CsvEncoding = (typeof ENCODINGS)[number];

/** @throws TabLlmError 'bad-csv' for what is no text */
export function detectEncoding(head: Uint8Array): CsvEncoding {
  const [first, second, third] = head;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const wide = zeroBytes(head);
  if (wide) return wide;
  if (isUtf8(head)) return 'utf-8';
  return chineseShare(head) > 0.6 ? 'gb18030' : 'windows-1252';
}

/** Whether a file says by its first bytes that it is UTF-8 or UTF-16. */
export function hasByteOrderMark([first, second, third]: Uint8Array): boolean {
  if (first === 0xef) return second === 0xbb && third === 0xbf;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

/** UTF-16 of mostly Latin text has a zero in every other byte. */
function zeroBytes(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  let [even, odd] = [0, 0];
  for (const [i, byte] of head.entries()) {
    if (byte === 0 && i % 2 === 0) even++;
    if (byte === 0 && i % 2 === 1) odd++;
  }
  if (even + odd === 0) return null;
  if (odd * 4 > head.length && even * 10 < odd) return 'utf-16le';
  if (even * 4 > head.length && odd * 10 < even) return 'utf-16be';
  const zip = head[0] === 0x50 && head[1] === 0x4b;
  throw new TabLlmError(
    'bad-csv',
    zip
      ? {
          en: 'This is a ZIP or Excel file. Save the sheet as CSV and give that.',
          zh: '这是 ZIP 或 Excel 文件。请将工作表另存为 CSV 后再使用。',
        }
      : {
          en: 'This is not a text file: it holds zero bytes. Give a CSV file.',
          zh: '这不是文本文件，其中含有零字节。请使用 CSV 文件。',
        },
  );
}

function isUtf8(head: Uint8Array): boolean {
  // The last character may be cut: a decoder in streaming mode waits for the rest of it.
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Share of the bytes above ASCII that belong to two-byte codes of common Chinese characters. */
function chineseShare(head: Uint8Array): number {
  let [high, chinese] = [0, 0];
  for (let i = 0; i < head.length; i++) {
    const lead = head[i] as number;
    if (lead < 0x80) continue;
    const trail = head[i + 1] ?? 0;
    high += 2;
    // Rows 16–87 of GB 2312 are its characters, rows 1–9 its punctuation and wide letters.
    const inSet = (lead >= 0xb0 && lead <= 0xf7) || (lead >= 0xa1 && lead <= 0xa9);
    // Größe in Latin-1 has two such bytes as well, in the middle of a word.
    const inWord = isLetter(head[i - 1]) && isLetter(head[i + 2]);
    if (inSet && trail >= 0xa1 && !inWord) chinese += 2;
    if (trail >= 0x40) i++;
  }
  return high === 0 ? 0 : chinese / high;
}

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
}
