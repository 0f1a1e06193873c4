/** What the server says of databases. */
import type { Column, Table } from '@quaestor/finsql';

export type { Column, Table };

export interface DatabaseSummary {
  readonly name: string;
  readonly bytes: number;
  readonly tables: number | null;
  readonly rows: number | null;
  readonly uploaded: boolean;
  readonly problem: string | null;
}

export interface Description {
  readonly table: string;
  /** null: the table itself. */
  readonly column: string | null;
  readonly text: string;
  /** Whether the database still has it. */
  readonly known: boolean;
}

export interface DatabaseDetail {
  readonly name: string;
  readonly tables: readonly Table[];
  readonly descriptions: readonly Description[];
  readonly examples: readonly string[];
  /** null: not for this key to see. */
  readonly profiled: boolean | null;
}

export interface ColumnProfile {
  readonly name: string;
  readonly nulls: number;
  readonly distinct: number | null;
  readonly min: string | number | null;
  readonly max: string | number | null;
  readonly frequent: readonly { readonly value: string; readonly count: number }[];
  readonly histogram: readonly number[] | null;
}

export interface TableProfile {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
}

export interface DatabaseProfile {
  readonly tables: readonly TableProfile[];
  readonly warnings: readonly string[];
}

/** Address of the page about a database. */
export const addressOf = (name: string) => `/databases/${encodeURIComponent(name)}`;

/** Path of a database in the interface. */
export const apiPath = (name: string) => `/api/databases/${encodeURIComponent(name)}`;

/** Path of what its tables and columns mean. */
export const descriptionsPath = (name: string) => `${apiPath(name)}/descriptions`;

/** Where it can be asked. */
export const askAddress = (name: string, question?: string) =>
  `/?${new URLSearchParams({ db: name, ...(question !== undefined && { q: question }) })}`;

/** Comments in two languages are written `English | 中文`; a page shows its own. */
export function commentIn(comment: string, language: 'en' | 'zh'): string {
  const parts = comment.split(' | ');
  return (language === 'zh' ? parts.at(-1) : parts[0]) ?? '';
}
