import { useEffect } from 'preact/hooks';
import { percent } from '../parts/format.ts';
import { useText } from '../parts/language.ts';
import { type ModelState, model, modelReady } from '../parts/model.ts';
import { text } from './text.ts';

/** Which model answers, or how far it is. */
export function ModelStatus() {
  const words = useText(text);
  const now = model.value;
  useEffect(() => {
    // A failure is in the signal, and shown.
    modelReady().catch(() => {});
  }, []);
  return (
    <div class="model" role="status" data-state={now.state}>
      <span class="dot" aria-hidden="true" />
      <span class="model-text" title={(now.state === 'ready' && now.note) || sentence(now, words)}>
        {sentence(now, words)}
      </span>
      {now.state === 'loading' && (
        <progress
          max={1}
          {...(now.progress === null ? {} : { value: now.progress })}
          aria-label={words.modelMeter}
        />
      )}
    </div>
  );
}

function sentence(now: ModelState, words: (typeof text)['en']): string {
  if (now.state === 'looking') return words.looking;
  if (now.state === 'ready') return now.name;
  if (now.state === 'failed') return now.detail;
  return words.modelLoading(now.step, now.progress === null ? '' : ` ${percent(now.progress)}`);
}
