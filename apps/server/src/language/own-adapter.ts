import { isNewDatabase, type TextToSqlItem } from '@quaestor/finsql';
import {
  type AdapterHub,
  type AskedDatabase,
  defaultAdapter,
  type HubEntry,
  type LanguageModel,
} from '@quaestor/peft';

/** Any database about which few questions are known. */
export const NEW_DATABASE: AskedDatabase = { name: '', isNew: true };

/** A database with what is known of it. */
export function askedDatabase(name: string, exemplars: readonly TextToSqlItem[]): AskedDatabase {
  return { name, isNew: isNewDatabase(name, exemplars) };
}

/**
 * The adapter that is made for a database, by its card, or for new ones where it is new, and so answers
 * questions about it as long as none was chosen by hand; undefined where there is none that fits the base
 * model.
 */
export function ownAdapter(
  hub: AdapterHub,
  base: Pick<LanguageModel, 'name'>,
  database: AskedDatabase,
): HubEntry | undefined {
  const entry = defaultAdapter(hub, base, 'sql', database);
  const { databases = [], new_databases: isForNew = false } = entry?.card ?? {};
  return entry !== null && (isForNew || databases.includes(database.name)) ? entry : undefined;
}
