/**
 * The keys of a state folder, for `quaestor keys`: one JSON command in, one JSON result out. A program
 * of its own, since only the server knows what keys are.
 */
import { join } from 'node:path';
import { DescriptionStore } from '@quaestor/finsql';
import { PeftError } from '@quaestor/peft';
import * as z from 'zod';
import { type KeyRecord, newKey, openKeyStore } from './access/key-store.ts';
import { matchesNow, settleAllowed } from './access/settle-allowed.ts';
import { readConfig } from './config.ts';
import { DatabaseCatalog } from './database-catalog.ts';
import { ServerError } from './errors.ts';

const command = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('list') }),
  z.strictObject({ action: z.literal('revoke'), name: z.string() }),
  z.strictObject({ action: z.literal('add'), ...newKey.shape }),
]);

// The state folder may be made now, for its owner alone.
process.umask(0o077);

try {
  process.stdout.write(`${JSON.stringify(await obey(process.argv[2] ?? ''))}\n`);
} catch (error) {
  // The latter of a state folder that cannot be written.
  if (!(error instanceof ServerError || error instanceof PeftError)) throw error;
  process.stderr.write(error.message);
  process.exitCode = 3;
}

async function obey(text: string): Promise<object> {
  const { home, databases } = readConfig();
  const folders = [join(home, 'databases'), ...databases];
  const catalog = new DatabaseCatalog(folders, new DescriptionStore(join(home, 'descriptions')));
  const given = command.safeParse(await withNames(JSON.parse(text), catalog));
  if (!given.success) {
    const problems = given.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
    throw new ServerError('bad-request', `${problems.join('; ')}.`, { problems });
  }
  const keys = openKeyStore(join(home, 'keys.json'));
  if (given.data.action === 'list') return { keys: keys.list().map(shown) };
  if (given.data.action === 'revoke') return shown(keys.revoke(given.data.name));
  const { action: _, ...settings } = given.data;
  const { record, key } = keys.add(settings);
  return { ...shown(record), key, warnings: await warningsOf(record, catalog) };
}

/** An item that names nothing yet is kept: what it names may come later. */
async function warningsOf({ allow }: KeyRecord, catalog: DatabaseCatalog): Promise<string[]> {
  const items = allow ?? [];
  const known = await Promise.all(items.map((item) => matchesNow(item, catalog)));
  return items
    .filter((_item, i) => known[i] === false)
    .map((item) => `There is no ${item} now; the key may read it once it is there.`);
}

/** What was asked with what a key may read by the names that are there. */
async function withNames(asked: unknown, catalog: DatabaseCatalog): Promise<unknown> {
  const given = z.looseObject({ allow: z.array(z.string()) }).safeParse(asked);
  if (!given.success) return asked;
  const allow = await Promise.all(given.data.allow.map((item) => settleAllowed(item, catalog)));
  return { ...given.data, allow };
}

function shown({ sha256: _, ...record }: KeyRecord): object {
  return record;
}
