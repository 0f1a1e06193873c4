/**
 * The language model among the compared methods: as it is, asked as the paper asks where the paper has
 * the set, else in the words of the table.
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
} from '@quaestor/tabllm';

/** @param open called once, when the first of them is run */
export function languageMethods(open: () => Promise<LanguageModel>): readonly TableMethod[] {
  let opened: Promise<LanguageModel> | undefined;
  const model = (): Promise<LanguageModel> => {
    opened ??= open();
    return opened;
  };
  return [
    languageMethod({
      name: 'LM zero-shot',
      learns: false,
      scorer: async (task) => languageScorer({ model: await model(), ...wordingOf(task) }),
    }),
  ];
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
