/**
 * API keys: 32 random bytes, shown once. The file holds SHA-256 of each, which is enough for a
 * secret of that entropy; comparing takes the same time whatever is presented.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, readFileSync } from 'node:fs';
import { exclusivelySync, replaceFile, statIfThere } from '@quaestor/peft';
import * as z from 'zod';
import { ServerError } from '../errors.ts';
import { ALLOWED } from './allowed-item.ts';
import { SCOPES } from './scope.ts';

/** With it, secrets are found by scanners and told from keys of other services. */
export const KEY_PREFIX = 'quaestor_';

const NAMES = /^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,63}$/u;

const keyRecord = z.strictObject({
  id: z.string().min(1),
  name: z.string().regex(NAMES),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  scope: z.enum(SCOPES),
  allow: z.array(z.string().regex(ALLOWED)).nullable(),
  ratePerMinute: z.int().positive().nullable(),
  created: z.string(),
  revoked: z.string().nullable(),
});

const keyFile = z.strictObject({ keys: z.array(keyRecord) });

export type KeyRecord = z.output<typeof keyRecord>;

/** What a new key is to be. */
export const newKey = z.strictObject({
  name: z
    .string()
    .regex(NAMES, 'is no name: up to 64 letters, digits, spaces, dots and dashes')
    .describe('whom the key is for'),
  scope: z.enum(SCOPES).default('read').describe('what it may do; each scope includes the former'),
  allow: z
    .array(z.string().regex(ALLOWED, 'is none of database, database.table, database.table.column'))
    .min(1)
    .nullable()
    .default(null)
    .describe(
      'what it may read: database, database.table or database.table.column, names with dots in "…"',
    ),
  ratePerMinute: z.int().positive().nullable().default(null).describe('requests a minute'),
});

export interface KeyStore {
  /** All keys, oldest first, revoked ones included. */
  list(): readonly KeyRecord[];
  /** @returns the record and the key itself, which is kept nowhere */
  add(settings: z.input<typeof newKey>): { readonly record: KeyRecord; readonly key: string };
  /** Takes the right from a key, named by id or name. @throws ServerError 'not-found' */
  revoke(name: string): KeyRecord;
  /** The record of a key that counts; null for an unknown or revoked one. */
  find(key: string): KeyRecord | null;
  /** Whether any key counts. */
  readonly hasKeys: boolean;
}

/**
 * Opens the keys of a state folder. The file is read again when it changes, so a revoked key stops
 * counting at once.
 * @throws ServerError 'bad-config' when the file is not what this program writes
 */
export function openKeyStore(file: string): KeyStore {
  let version = '';
  let records: readonly KeyRecord[] = [];
  const list = (): readonly KeyRecord[] => {
    const stat = statIfThere(file);
    const found = stat === undefined ? 'none' : `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
    if (found !== version) {
      records = stat === undefined ? [] : readKeys(file);
      version = found;
    }
    return records;
  };
  /** What is there is read and changed while no other process does so. */
  const change = <T>(work: () => T): T => exclusivelySync(`${file}.lock`, work);
  const save = (keys: readonly KeyRecord[]): void => {
    replaceFile(file, Buffer.from(`${JSON.stringify({ keys }, null, 2)}\n`));
    chmodSync(file, 0o600);
  };
  const active = () => list().filter(({ revoked }) => revoked === null);
  return {
    list,
    get hasKeys() {
      return active().length > 0;
    },
    add(settings) {
      const { name, scope, allow, ratePerMinute } = newKey.parse(settings);
      const key = KEY_PREFIX + randomBytes(32).toString('base64url');
      const record: KeyRecord = {
        id: randomBytes(4).toString('hex'),
        name,
        sha256: digest(key).toString('hex'),
        scope,
        allow,
        ratePerMinute,
        created: new Date().toISOString(),
        revoked: null,
      };
      change(() => {
        if (active().some((one) => one.name === name)) {
          throw new ServerError(
            'bad-config',
            `There is already a key called ${name}; revoke it first.`,
          );
        }
        save([...list(), record]);
      });
      return { record, key };
    },
    revoke: (name) =>
      change(() => {
        const found = active().find((record) => record.id === name || record.name === name);
        if (found === undefined) {
          const known = active().map((record) => record.name);
          throw new ServerError(
            'not-found',
            `There is no key ${name}; there is ${known.join(', ') || 'none'}.`,
          );
        }
        const revoked = { ...found, revoked: new Date().toISOString() };
        save(list().map((record) => (record.id === found.id ? revoked : record)));
        return revoked;
      }),
    find(key) {
      const presented = digest(key);
      let match: KeyRecord | null = null;
      for (const record of active()) {
        if (timingSafeEqual(presented, Buffer.from(record.sha256, 'hex'))) match = record;
      }
      return match;
    },
  };
}

const digest = (key: string): Buffer => createHash('sha256').update(key).digest();

function readKeys(file: string): readonly KeyRecord[] {
  try {
    return keyFile.parse(JSON.parse(readFileSync(file, 'utf8'))).keys;
  } catch (cause) {
    throw new ServerError(
      'bad-config',
      `${file} does not hold keys as "quaestor keys add" writes them. Repair it, or delete it and make new keys.`,
      { cause },
    );
  }
}
