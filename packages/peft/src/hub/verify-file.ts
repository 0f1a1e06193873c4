import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** What a file is expected to be. */
export interface ExpectedFile {
  readonly size: number;
  readonly algorithm: 'sha256' | 'git-blob';
  /** Hexadecimal. */
  readonly digest: string;
}

/** Null when the file is what was expected, else what is wrong with it. */
export async function fileProblem(path: string, expected: ExpectedFile): Promise<string | null> {
  const { size } = statSync(path);
  if (size !== expected.size) return `expected ${expected.size} bytes, got ${size}`;
  const hash = createHash(expected.algorithm === 'sha256' ? 'sha256' : 'sha1');
  // Git hashes a short header in front of the contents.
  if (expected.algorithm === 'git-blob') hash.update(`blob ${size}\0`);
  await pipeline(createReadStream(path), hash);
  const digest = hash.digest('hex');
  return digest === expected.digest ? null : `expected checksum ${expected.digest}, got ${digest}`;
}
