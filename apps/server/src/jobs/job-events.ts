/** What a worker says → what is kept of it. Paths stay inside: clients only ever see names. */
import type { Text } from '@quaestor/peft';
import type { Job, NewEvent } from './job.ts';
import type { WorkerRecord } from './worker-log.ts';

export interface Told {
  readonly events: readonly NewEvent[];
  /** How far it is now, if that was said. */
  readonly progress: NonNullable<Job['progress']> | undefined;
}

export function toEvents(records: readonly WorkerRecord[]): Told {
  const events: NewEvent[] = [];
  let progress: Told['progress'];
  for (const record of records) {
    if (record.type === 'exit' || record.type === 'resumed' || record.type === 'kept') continue;
    if (record.type === 'progress') {
      progress = { text: record.text, fraction: share(record.fraction) };
      events.push({ type: 'progress', data: progress });
    } else if (record.type === 'step') {
      const { type: _type, ...figures } = record;
      progress = stepProgress(figures) ?? progress;
      events.push({ type: 'step', data: figures });
    } else if (record.type === 'checkpoint') {
      events.push({ type: 'checkpoint', data: { step: record.step } });
    } else {
      events.push({ type: 'log', data: { text: lineOf(record) } });
    }
  }
  return { events, progress };
}

function lineOf(record: Extract<WorkerRecord, { type: 'error' | 'log' }>): Text {
  if (record.type === 'log') return record.text;
  const { message, chinese } = record;
  return chinese === undefined ? message : { en: message, zh: chinese };
}

function stepProgress({ step, totalSteps }: Record<string, unknown>): Told['progress'] {
  if (typeof step !== 'number' || typeof totalSteps !== 'number') return undefined;
  return {
    text: { en: `step ${step} of ${totalSteps}`, zh: `第 ${step} 步，共 ${totalSteps} 步` },
    fraction: share(step / totalSteps),
  };
}

function share(fraction: number | null | undefined): number | null {
  return fraction == null || !Number.isFinite(fraction) ? null : Math.min(1, Math.max(0, fraction));
}
