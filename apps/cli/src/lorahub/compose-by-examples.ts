/** LoRAHub's search on a loaded model: adapters of the hub and a few examples → the best composition. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  attachTuner,
  evaluateHeldOut,
  type HubEntry,
  type LanguageModel,
  type LoraHubOptions,
  type LoraHubResult,
  readAdapter,
  searchLoraHub,
  seededRandom,
  type TrainExample,
} from '@quaestor/peft';
import type { Progress } from '../progress.ts';

export interface FoundComposition extends LoraHubResult {
  /** Mean cross-entropy of the examples under it, without the regularisation. */
  readonly loss: number;
  /** The same of the base model. */
  readonly baseLoss: number;
}

/** @throws PeftError 'mismatch' for adapters that cannot be composed, 'aborted' */
export async function composeByExamples(
  model: LanguageModel,
  entries: readonly HubEntry[],
  examples: readonly TrainExample[],
  options: LoraHubOptions & { readonly budget: number },
  progress: Progress,
): Promise<FoundComposition> {
  const modules = entries.map(({ name, path }) => ({ name, ...readAdapter(path) }));
  const [first] = modules;
  const losses: number[] = [];
  let best = Number.POSITIVE_INFINITY;
  const adapter = attachTuner(model, 'LORA', first?.config ?? {}, seededRandom(0));
  try {
    const found = await searchLoraHub(
      modules,
      async (state) => {
        // Lets Ctrl-C through between two evaluations.
        await nextTurn();
        adapter.load(state);
        const { loss } = evaluateHeldOut(model, examples);
        losses.push(loss);
        return loss;
      },
      {
        ...options,
        onTrial: ({ point, value }, index) => {
          const weights = point.map((weight) => weight.toFixed(2)).join(' ');
          const loss = losses[index] as number;
          progress.record({
            type: 'step',
            step: index + 1,
            totalSteps: options.budget,
            objective: value,
            loss,
            weights: point,
          });
          const at = `${index + 1}/${options.budget}`;
          const line = {
            en: `${at} · loss ${loss.toFixed(4)} · weights ${weights}`,
            zh: `${at} · 损失 ${loss.toFixed(4)} · 权重 ${weights}`,
          };
          if (value < best) progress.line(line);
          else progress.update(line, (index + 1) / options.budget);
          best = Math.min(best, value);
        },
      },
    );
    const at = found.trace.findIndex(({ value }) => value === found.value);
    // The search begins at the weights 0.
    return { ...found, loss: losses[at] as number, baseLoss: losses[0] as number };
  } finally {
    adapter.detach();
  }
}
