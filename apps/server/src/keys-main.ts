/**
 * The keys of a state folder, for `quaestor keys`: one JSON command in, one JSON result out. A program
 * of its own, since only the server knows what keys are.
 */
import { join } from 'node:path';
import * as z from 'zod';
import { type KeyRecord, newKey, openKeyStore } from './access/key-store.ts';
import { readConfig } from './config.ts';
import { ServerError } from './errors.ts';

const command = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('list') }),
  z.strictObject({ action: z.literal('revoke'), name: z.string() }),
  z.strictObject({ action: z.literal('add'), ...newKey.shape }),
]);

try {
  process.stdout.write(`${JSON.stringify(obey(process.argv[2] ?? ''))}\n`);
} catch (error) {
  if (!(error instanceof ServerError)) throw error;
  process.stderr.write(error.message);
  process.exitCode = 3;
}

function obey(text: string): object {
  const given = command.safeParse(JSON.parse(text));
  if (!given.success) {
    const problems = given.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
    throw new ServerError('bad-request', `${problems.join('; ')}.`, { problems });
  }
  const keys = openKeyStore(join(readConfig().home, 'keys.json'));
  if (given.data.action === 'list') return { keys: keys.list().map(shown) };
  if (given.data.action === 'revoke') return shown(keys.revoke(given.data.name));
  const { action: _, ...settings } = given.data;
  const { record, key } = keys.add(settings);
  return { ...shown(record), key };
}

function shown({ sha256: _, ...record }: KeyRecord): object {
  return record;
}
