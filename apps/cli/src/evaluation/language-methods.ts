/**
 * The language model among the compared methods: as it is, and tuned on the labelled rows of each task
 * as `quaestor train table` tunes it. It is asked as the paper asks where the paper has the set, else in
 * the words of the table.
 */
import type { LanguageModel } from '@quaestor/peft';
import {
  askForLabel,
  describeRow,
  type FewShotTask,
  findSerialiser,
  type LabelQuestion,
  languageMethod,
  languageScorer,
  paperExact,
  presets,
  type TableMethod,
  type TuningConfig,
  type TuningEvent,
  tunedScorer,
  tuningConfig,
} from '@quaestor/tabllm';
import { tunerOf, withMethodRate } from '../training/training-flags.ts';

/** Tuning methods that are compared, under the names of their rows. */
const TUNED = [
  { name: 'LM + IA3', method: 'ia3' },
  { name: 'LM + LoRA', method: 'lora' },
] as const;

export interface LanguageMethodSettings {
  /** What is other than the schedule of `quaestor train table`. */
  readonly tuning?: Partial<TuningConfig>;
  /** Told of the tuning of each task. */
  readonly onTuning?: (task: FewShotTask, method: string, event: TuningEvent) => void;
}

/** @param open called once, when the first of them is run */
export function languageMethods(
  open: () => Promise<LanguageModel>,
  { tuning, onTuning }: LanguageMethodSettings = {},
): readonly TableMethod[] {
  let opened: Promise<LanguageModel> | undefined;
  const model = (): Promise<LanguageModel> => {
    opened ??= open();
    return opened;
  };
  return [
    languageMethod({
      name: 'LM zero-shot',
      learns: false,
      open: model,
      scorer: async (task) => ({
        score: languageScorer({ model: await model(), ...askingOf(task) }),
      }),
    }),
    ...TUNED.map(({ name, method }) =>
      languageMethod({
        name,
        learns: true,
        open: model,
        scorer: async (task, signal) =>
          tunedScorer({
            model: await model(),
            ...askingOf(task),
            rows: task.rows,
            labels: task.labels,
            method,
            settings: tunerOf({ method }).defaults ?? {},
            config: tuningConfig.parse(withMethodRate({ seed: task.seed, ...tuning, method })),
            onEvent: (event) => onTuning?.(task, name, event),
            ...(signal && { signal }),
          }),
      }),
    ),
  ];
}

/** Labels of several tokens are compared by the mean of them, as the tuning's loss compares them. */
function askingOf(task: FewShotTask) {
  return { ...wordingOf(task), normalise: 'tokens' } as const;
}

/** How a set's rows are put into text, the question and the label words. */
function wordingOf(
  task: FewShotTask,
): LabelQuestion & { readonly write: (cells: readonly string[]) => string } {
  const preset = presets.get(task.set);
  if (preset && preset.choices.length === task.classes.length) {
    const columns = task.schema.columns.map(({ name }) => name);
    return {
      question: preset.question,
      words: preset.choices,
      write: paperExact(preset, columns),
    };
  }
  const describe = describeRow(task.schema);
  const write = findSerialiser('text-template').prepare({ seed: task.seed });
  return { ...askForLabel('label', task.classes), write: (cells) => write(describe(cells)) };
}
