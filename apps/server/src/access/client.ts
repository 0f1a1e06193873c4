import type { Response } from 'express';
import type { Scope } from './scope.ts';

/** Who is asking. Answers are kept for, and rates counted by, `id`. */
export interface Client {
  /** Id of the key; `local` where no key is needed. */
  readonly id: string;
  readonly scope: Scope;
  /**
   * What may be read: `database`, `database.table`, `database.table.column`
   * (`allowed-item.ts`); null: everything.
   */
  readonly allow: readonly string[] | null;
  /** Requests a minute; null: the server's own limit. */
  readonly ratePerMinute: number | null;
}

/** The user of this machine, before a server that only this machine reaches. */
export const LOCAL: Client = { id: 'local', scope: 'admin', allow: null, ratePerMinute: null };

/** Whose request this is; null for a request without a key where one is needed. */
export function clientOf(response: Response): Client | null {
  return response.locals.client ?? null;
}
