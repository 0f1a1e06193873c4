/** What the server says of tables, labels and classifiers, as far as the page reads it. */

export interface Threshold {
  readonly by: 'f1' | 'youden' | 'cost';
  readonly false_alarm?: number;
  readonly miss?: number;
}

export interface Column {
  readonly name: string;
  readonly kind: 'numeric' | 'category' | 'boolean' | 'date' | 'text';
  readonly role: 'feature' | 'identifier' | 'constant';
  readonly missing: number;
  readonly distinct: number;
  readonly values: readonly { readonly value: string; readonly count: number }[];
  readonly range: readonly [string, string] | null;
}

export interface TableSummary {
  readonly id: string;
  readonly name: string;
  readonly created_at: string;
  readonly bytes: number;
  readonly rows: number;
  readonly target: string | null;
  readonly given: number;
}

export interface TableSettings {
  readonly target: string;
  readonly is_new: boolean;
  readonly kind: 'classes' | 'quantity';
  readonly classes: readonly string[];
  readonly features: readonly string[];
  /** Column that tells which rows belong together; null: one is looked for. */
  readonly group: string | null;
  readonly threshold: Threshold | null;
}

export interface LabelledTable extends TableSummary {
  readonly truncated: boolean;
  readonly encoding: string;
  readonly delimiter: string;
  readonly warnings: readonly string[];
  readonly columns: readonly Column[];
  readonly problems: {
    readonly rows: number;
    readonly first: readonly { readonly row: number; readonly problems: readonly string[] }[];
  };
  readonly settings: TableSettings | null;
  readonly labelled: number;
  readonly counts: readonly { readonly label: string; readonly count: number }[];
  /** Whether there can be a model before there are labels. */
  readonly needs_no_labels: boolean;
  readonly revision: number;
}

export interface Row {
  readonly row: number;
  readonly cells: readonly string[];
  readonly problems: readonly string[];
  readonly own: string | null;
  readonly given: string | null;
}

export interface RowsPiece {
  readonly data: readonly Row[];
  readonly total: number;
  /** Rows of the kind that come before these. */
  readonly passed: number;
}

export interface Figure {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface Report {
  readonly kind: 'classes' | 'quantity';
  readonly rows: number;
  readonly figures: Readonly<Record<string, Figure>>;
  readonly alone: Readonly<Record<string, number | null>>;
  readonly confusion: readonly (readonly number[])[] | null;
  readonly reliability: readonly {
    readonly rows: number;
    readonly confidence: number;
    readonly accuracy: number;
  }[];
}

export interface Importance {
  readonly column: string;
  readonly fall: number;
  readonly sd: number;
}

export interface HeldRow {
  readonly probability: number;
  readonly is_second: boolean;
  /** Labelled rows that it stands for. */
  readonly rows: number;
}

export interface Fit {
  readonly revision: number;
  readonly classes: readonly string[];
  readonly labelled: number;
  readonly used: number;
  readonly report: Report | null;
  /** Whether labels are enough for probabilities that mean what they say; null: a quantity. */
  readonly calibrated: boolean | null;
  /** Whether free text counts as the language model reads it. */
  readonly text_read: boolean;
  /** Of what the language model expects of the columns; null: it was not asked. */
  readonly expectations_weight: number | null;
  readonly threshold: number | null;
  readonly held: readonly HeldRow[];
  readonly shares: readonly { readonly label: string; readonly count: number }[];
  readonly suggestions: readonly { readonly row: number; readonly margin: number | null }[];
  readonly warnings: readonly string[];
  readonly milliseconds: number;
}

export interface ReasonCell {
  readonly column: string;
  readonly cell: string;
}

export interface Reason extends ReasonCell {
  readonly beside: ReasonCell | null;
  readonly with: number;
  readonly without: number;
}

export interface Opinion {
  readonly row: number;
  readonly predicted: string;
  readonly probabilities: readonly number[];
  readonly margin: number | null;
  readonly interval: readonly [number, number] | null;
  readonly learned_from: boolean;
  readonly reasons: readonly Reason[];
}

export interface Job {
  readonly id: string;
  readonly state: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'interrupted';
  readonly params: Readonly<Record<string, unknown>>;
  readonly progress: { readonly text: string; readonly fraction: number | null } | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly result: JobResult | null;
}

export interface JobResult {
  readonly target: string;
  /** Of the labelling that was learned from. */
  readonly revision?: number;
  readonly rows: number | null;
  readonly classes: readonly string[] | null;
  readonly labelled: number;
  readonly warnings: readonly string[];
  /** Of rows whose label was known and not learned from. */
  readonly report: Report | null;
  /** Of the labelled rows, by models that have not seen them. */
  readonly held: Report | null;
  readonly importance?: readonly Importance[];
  readonly saved: boolean;
}

export interface Classifier {
  readonly name: string;
  readonly kind: 'classes' | 'quantity';
  readonly target: string;
  readonly made_at: string;
  readonly labelled: number;
  readonly classes: readonly { readonly label: string; readonly rows: number }[];
  readonly threshold: number | null;
  readonly features: readonly { readonly name: string; readonly kind: string }[];
  readonly asks_language_model: boolean;
  readonly bytes: number;
}

export interface ShownClassifier extends Classifier {
  readonly card: string;
  readonly files: readonly string[];
}

export interface Check {
  readonly fits: boolean;
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

export interface Sample {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly bytes: number;
}

export interface Upload {
  readonly id: string;
  readonly name: string;
  readonly format: 'csv' | 'sqlite';
  readonly bytes: number;
}
