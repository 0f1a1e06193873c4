/** How far a job that was stopped had come: where it would go on. */
import { number } from '../../parts/format.ts';
import type { JobEvent } from '../../parts/job.ts';
import { useText } from '../../parts/language.ts';

const text = {
  en: { kept: (step: string) => `Kept up to step ${step}; it goes on from there.` },
  zh: { kept: (step: string) => `已保存至第 ${step} 步，可从此处继续。` },
};

/** Nothing for a job without a checkpoint. */
export function KeptStep({ events }: { readonly events: readonly JobEvent[] }) {
  const words = useText(text);
  const last = events.findLast(({ type }) => type === 'checkpoint')?.data.step;
  return typeof last === 'number' ? <p class="fine">{words.kept(number(last))}</p> : null;
}
