import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Translated } from '../translated.ts';

/** What a file is expected to be. */
export interface ExpectedFile {
  readonly size: number;
  readonly algorithm: 'sha256' | 'git-blob';
  /** Hexadecimal. */
  readonly digest: string;
}

/** Null when the file is what was expected, else what is wrong with it. */
export async function fileProblem(
  path: string,
  expected: ExpectedFile,
): Promise<Translated | null> {
  const { size } = statSync(path);
  if (size !== expected.size) {
    return {
      en: `expected ${expected.size} bytes, got ${size}`,
      zh: `应有 ${expected.size} 字节，实际为 ${size} 字节`,
    };
  }
  const hash = createHash(expected.algorithm === 'sha256' ? 'sha256' : 'sha1');
  // Git hashes a short header in front of the contents.
  if (expected.algorithm === 'git-blob') hash.update(`blob ${size}\0`);
  await pipeline(createReadStream(path), hash);
  const digest = hash.digest('hex');
  if (digest === expected.digest) return null;
  return {
    en: `expected checksum ${expected.digest}, got ${digest}`,
    zh: `校验和应为 ${expected.digest}，实际为 ${digest}`,
  };
}
