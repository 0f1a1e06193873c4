/** What the executor and its child process say to each other. */
import type { Translated } from '@quaestor/peft';
import type { FinSqlErrorCode } from '../errors.ts';
import type { Forbidden } from '../wording/messages.ts';
import type { AllowList } from './allow-list.ts';

/** Integers beyond 2^53 are exact strings, blobs are `x'…'` strings, infinite numbers are `Infinity` and `-Infinity`. */
export type SqlValue = string | number | null;

export interface ExecuteJob {
  readonly file: string;
  readonly sql: string;
  readonly maxRows: number;
  readonly maxBytes: number;
  /** What may be read; everything without one. */
  readonly allow?: AllowList | undefined;
  /** Whether the statement is only checked, and gives no rows. */
  readonly dryRun?: boolean | undefined;
}

export interface QueryRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly SqlValue[])[];
  /** True when there were more rows than `rows` holds. */
  readonly truncated: boolean;
}

export type ExecuteReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'rows'; readonly result: QueryRows }
  | {
      readonly kind: 'error';
      readonly code: FinSqlErrorCode;
      readonly message: Translated;
      readonly refused?: Forbidden | undefined;
    };
