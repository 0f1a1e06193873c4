import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const FILES = ['adapter_config.json', 'adapter_model.safetensors'] as const;
const known = new Map<string, { readonly version: string; readonly hash: string }>();

/** Tells an adapter from another of the same name: a hash of its two files, kept while they stay. */
export function adapterFingerprint(folder: string): string {
  const paths = FILES.map((file) => join(folder, file));
  const version = paths
    .map((path) => statSync(path))
    .map(({ ino, size, mtimeMs }) => `${ino} ${size} ${mtimeMs}`)
    .join('; ');
  const found = known.get(folder);
  if (found?.version === version) return found.hash;
  const hash = createHash('sha256');
  for (const path of paths) hash.update(readFileSync(path));
  const made = { version, hash: hash.digest('hex').slice(0, 32) };
  known.set(folder, made);
  return made.hash;
}
