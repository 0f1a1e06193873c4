/** Examples as the page reads them. */

export type State = 'pending' | 'approved' | 'rejected';

export interface Example {
  readonly id: string;
  readonly state: State | 'replaced';
  readonly database: string;
  readonly question: string;
  readonly sql: string;
  readonly source: 'correction' | 'confirmation' | 'entered';
  readonly author: string;
  readonly created_at: string;
  readonly reviewer: string | null;
  readonly reviewed_at: string | null;
  readonly notes: readonly string[];
  readonly held_out: boolean;
}

export interface ExamplePiece {
  readonly data: readonly Example[];
  readonly next: string | null;
}

export interface Rows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  readonly truncated: boolean;
}
