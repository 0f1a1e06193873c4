/** A line of the table of jobs. */
import type { Job, JobState } from './job.ts';

export interface Row {
  readonly number: number;
  readonly id: string;
  readonly kind: string;
  readonly params: string;
  readonly priority: number;
  readonly state: JobState;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly finished_at: string | null;
  readonly attempts: number;
  readonly stalls: number;
  readonly progress_text: string | null;
  readonly progress_chinese: string | null;
  readonly progress_fraction: number | null;
  readonly result: string | null;
  readonly error_code: string | null;
  readonly error_message: string | null;
  readonly error_chinese: string | null;
  readonly request_hash: string | null;
  readonly owner: string | null;
  readonly worker: string | null;
  readonly log_offset: number;
  readonly cancel_requested: number;
}

/** What clients see of it. */
export function toJob(row: Row): Job {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    priority: row.priority,
    params: JSON.parse(row.params),
    created_at: row.created_at,
    started_at: row.started_at,
    finished_at: row.finished_at,
    attempts: row.attempts,
    progress: progressOf(row),
    result: row.result === null ? null : JSON.parse(row.result),
    error:
      row.error_code === null
        ? null
        : {
            code: row.error_code,
            message: row.error_message ?? row.error_code,
            ...(row.error_chinese !== null && { chinese: row.error_chinese }),
          },
  };
}

function progressOf({
  progress_text: en,
  progress_chinese: zh,
  progress_fraction: fraction,
}: Row): Job['progress'] {
  return en === null ? null : { text: zh === null ? en : { en, zh }, fraction };
}
