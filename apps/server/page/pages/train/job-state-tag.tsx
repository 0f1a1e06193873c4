import type { JobState } from '../../parts/job.ts';
import { useText } from '../../parts/language.ts';
import { Tag } from '../../parts/panels.tsx';
import { text } from './text.ts';

const KINDS = {
  queued: 'busy',
  running: 'busy',
  succeeded: 'good',
  failed: 'bad',
  cancelled: 'plain',
  interrupted: 'bad',
} as const;

export function JobStateTag({ state }: { readonly state: JobState }) {
  const words = useText(text);
  return <Tag kind={KINDS[state]}>{words.states[state]}</Tag>;
}
