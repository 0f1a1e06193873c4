import { type AdapterHub, defaultAdapter, type HubEntry, type LanguageModel } from '@quaestor/peft';

/**
 * The adapter that is made for a database, by its card, and so answers questions about it as long as none
 * was chosen by hand; undefined where there is none that fits the base model.
 */
export function ownAdapter(
  hub: AdapterHub,
  base: Pick<LanguageModel, 'name'>,
  database: string,
): HubEntry | undefined {
  const entry = defaultAdapter(hub, base, 'sql', database);
  return entry?.card?.databases.includes(database) ? entry : undefined;
}
