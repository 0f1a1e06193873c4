/**
 * The language model among the compared methods: as what expects something of columns beside the tabular
 * models, as it is, with an adapter that has learned from other
 * tables, and tuned on the labelled rows of each task as `quaestor train table` tunes it. It is asked as
 * the set's own question says, else as the paper asks where the paper has the set, else in the words of the table.
 */
import { type HubEntry, type LanguageModel, mergeStoredAdapter } from '@quaestor/peft';
import {
  askForLabel,
  describeRow,
  type FewShotTask,
  type Field,
  findSerialiser,
  type LabelQuestion,
  languageMethod,
  languageScorer,
  ownMethod,
  paperExact,
  presetColumns,
  presetFields,
  presets,
  reasonScorer,
  type TableMethod,
  type TuningConfig,
  type TuningEvent,
  tunedScorer,
  tuningConfig,
} from '@quaestor/tabllm';
import * as z from 'zod';
import { InputError } from '../errors.ts';
import { isOfSet } from '../training/table-spec.ts';
import { tunerOf, withMethodRate } from '../training/training-flags.ts';

/** Tuning methods that are compared, under the names of their rows. */
const TUNED = [
  { name: 'LM + IA3', method: 'ia3' },
  { name: 'LM + LoRA', method: 'lora' },
] as const;

/** What `quaestor train table` notes in an adapter's card. */
const learnedFrom = z.object({ csv: z.array(z.string()) });

export interface LanguageMethodSettings {
  /** For `LM + tables`; each set is asked with the first of them that has not seen it. */
  readonly adapters?: readonly HubEntry[];
  /** What is other than the schedule of `quaestor train table`. */
  readonly tuning?: Partial<TuningConfig>;
  /** Told of the tuning of each task. */
  readonly onTuning?: (task: FewShotTask, method: string, event: TuningEvent) => void;
}

/** @param open called once, when the first of them is run */
export function languageMethods(
  open: () => Promise<LanguageModel>,
  { adapters = [], tuning, onTuning }: LanguageMethodSettings = {},
): readonly TableMethod[] {
  let opened: Promise<LanguageModel> | undefined;
  const model = (): Promise<LanguageModel> => {
    opened ??= open();
    return opened;
  };
  return [
    ownMethod('ours', model, async (task) => {
      const { question, words, describe } = wordingOf(task);
      return { describe, score: reasonScorer({ model: await model(), question, words }) };
    }),
    languageMethod({
      name: 'LM zero-shot',
      learns: false,
      open: model,
      scorer: async (task) => ({
        score: languageScorer({ model: await model(), ...askingOf(task) }),
      }),
    }),
    languageMethod({
      name: 'LM + tables',
      learns: false,
      open: model,
      scorer: async (task) => {
        const entry = unseenBy(adapters, task.set);
        const base = await model();
        const adapter = mergeStoredAdapter(base, entry);
        const score = languageScorer({ model: base, ...askingOf(task) });
        return { score, close: () => adapter.detach() };
      },
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
            config: tuningConfig
              .strip()
              .parse(withMethodRate({ seed: task.seed, ...tuning, method })),
            onEvent: (event) => onTuning?.(task, name, event),
            ...(signal && { signal }),
          }),
      }),
    ),
  ];
}

/** @throws InputError where all of them have learned from the set, or do not say from what */
function unseenBy(adapters: readonly HubEntry[], set: string): HubEntry {
  const found = adapters.find(({ card }) => {
    const seen = learnedFrom.safeParse(card?.recipe);
    return seen.success && !seen.data.csv.some((file) => isOfSet(file, set));
  });
  if (found) return found;
  const names = adapters.map(({ name }) => name).join(', ') || 'none';
  throw new InputError(
    `LM + tables needs an adapter that has not learned from ${set}; --adapter gave ${names}. quaestor train table --leave-out ${set} makes one.`,
  );
}

/** Labels of several tokens are compared by the mean of them, as the tuning's loss compares them. */
function askingOf(task: FewShotTask) {
  const { question, words, write } = wordingOf(task);
  return { question, words, write, normalise: 'tokens' } as const;
}

interface Wording extends LabelQuestion {
  readonly describe: (cells: readonly string[]) => readonly Field[];
  readonly write: (cells: readonly string[]) => string;
}

/** How a set's rows are put into text, the question and the label words. */
function wordingOf(task: FewShotTask): Wording {
  const columns = task.schema.columns.map(({ name }) => name);
  const preset = presets.get(task.set);
  // Another table may be called the same.
  const isPaper = preset && presetColumns(preset).every((name) => columns.includes(name));
  if (isPaper && preset.choices.length === task.classes.length) {
    return {
      ...(task.asked ?? { question: preset.question, words: preset.choices }),
      describe: presetFields(preset, columns),
      write: paperExact(preset, columns),
    };
  }
  const describe = describeRow(task.schema);
  const write = findSerialiser('text-template').prepare({ seed: task.seed });
  return {
    ...(task.asked ?? askForLabel('label', task.classes)),
    describe,
    write: (cells) => write(describe(cells)),
  };
}
