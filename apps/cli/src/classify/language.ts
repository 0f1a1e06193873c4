/** The language model of `quaestor classify`: how it is asked, and when it is brought into memory. */
import { readFileSync } from 'node:fs';
import type { LanguageModel } from '@quaestor/peft';
import {
  askForLabel,
  describeRow,
  findSerialiser,
  type LabelQuestion,
  type LearnOptions,
  languageScorer,
  missingTest,
  parseTemplate,
  promptText,
  type TableSchema,
} from '@quaestor/tabllm';
import type { Terminal } from '../command.ts';
import { openBaseModel } from '../language-model/open.ts';
import { Progress } from '../progress.ts';

export interface AskOptions {
  readonly target: string;
  readonly question?: string | undefined;
  readonly serialiser: string;
  /** File of a layout with columns in braces. */
  readonly template?: string | undefined;
  /** The layout itself, where it was kept with a model. */
  readonly templateText?: string | undefined;
  readonly seed: number;
  readonly languageModel?: string | undefined;
}

type OpenLanguage = NonNullable<LearnOptions['language']>;

export interface Language {
  readonly open: OpenLanguage;
  /** In place of it, a model that has no opinion. */
  readonly none: OpenLanguage;
  /** Frees the model if it was opened. */
  close(): void;
}

/** Opens the model when it is first needed; where labelled rows make do without it, it may be absent. */
export function prepareLanguage(options: AskOptions, terminal: Terminal): Language {
  let model: LanguageModel | undefined;
  return {
    close: () => model?.dispose(),
    none:
      async ({ classes }) =>
      (rows) =>
        rows.map(() => classes.map(() => 0)),
    open: async ({ schema, target, classes, labelled, asked }) => {
      try {
        model = await openBaseModel(options.languageModel, terminal);
      } catch (error) {
        if (labelled === 0 || options.languageModel !== undefined || terminal.signal.aborted)
          throw error;
        const why = (error as Error).message.split('\n')[0];
        new Progress(terminal).line(`no language model, the table alone decides: ${why}`);
        return null;
      }
      const wording = { ...options, ...asked, target };
      const { question, words } = questionOf(wording, classes);
      return languageScorer({ model, write: writerOf(schema, wording), question, words });
    },
  };
}

/** What is kept with a model, so that it is asked the same again. */
export function askedWith({ question, serialiser, template }: AskOptions): Record<string, string> {
  return {
    serialiser,
    ...(question !== undefined && { question }),
    ...(template !== undefined && { templateText: readFileSync(template, 'utf8') }),
  };
}

/** The prompt of a row, as the model gets it. */
export function promptOf(
  schema: TableSchema,
  classes: readonly string[],
  options: AskOptions,
): (cells: readonly string[]) => string {
  const write = writerOf(schema, options);
  const asked = questionOf(options, classes);
  const tokenizer = { applyChat: () => '' };
  return (cells) => promptText(write(cells), { ...asked, style: 'paper', tokenizer });
}

function questionOf(options: AskOptions, classes: readonly string[]): LabelQuestion {
  const asked = askForLabel(options.target, classes);
  return { ...asked, question: options.question ?? asked.question };
}

function writerOf(
  schema: TableSchema,
  { template, templateText, serialiser, seed }: AskOptions,
): (cells: readonly string[]) => string {
  const describe = describeRow(schema);
  const layout =
    templateText ?? (template === undefined ? undefined : readFileSync(template, 'utf8'));
  if (layout === undefined) {
    const write = findSerialiser(serialiser).prepare({ seed });
    return (cells) => write(describe(cells));
  }
  const columns = schema.columns.map(({ name }) => name);
  const fill = parseTemplate(layout, columns);
  const isMissing = missingTest(schema.missing);
  return (cells) =>
    fill((column) => {
      const cell = cells[columns.indexOf(column)] ?? '';
      return isMissing(cell) ? null : cell;
    });
}
