import { basename, join, resolve } from 'node:path';
import { replaceFile, type Translated } from '@quaestor/peft';
import {
  encodingOf,
  type LearnedTable,
  learnTable,
  loadModel,
  MODEL_FILES,
  NEVER_SAID,
  predictTable,
  replacedBySaving,
  saveModel,
  TabLlmError,
} from '@quaestor/tabllm';
import { checkTogether } from '../classify/check-together.ts';
import { type ClassifyFlags, classifyFlags } from '../classify/classify-flags.ts';
import { readPrior, readThreshold } from '../classify/decision-rules.ts';
import { expectFiles } from '../classify/expect-files.ts';
import { fingerprintOf } from '../classify/fingerprint.ts';
import { givenExpectations } from '../classify/given-expectations.ts';
import { describeQuality, heldFigure, quickReport } from '../classify/held-figure.ts';
import { KnownLabels } from '../classify/known-labels.ts';
import { askedWith, type Language, prepareLanguage, readsRows } from '../classify/language.ts';
import { checkOutputs } from '../classify/output-places.ts';
import { describeRun, predictAll } from '../classify/predict-all.ts';
import { openSink } from '../classify/prediction-sink.ts';
import { printPrompts } from '../classify/print-prompts.ts';
import { withChoices } from '../classify/saved-choices.ts';
import { findModelFolder, modelFolder } from '../classify/stored-models.ts';
import { modelFigures, writeCard } from '../classify/write-card.ts';
import { closedOutput } from '../closed-output.ts';
import { defineCommand, type Terminal } from '../command.ts';
import { codeOf, UsageError } from '../errors.ts';
import { Progress, tellsRecords } from '../progress.ts';

/** `quaestor classify`: rows of a CSV file → labels and probabilities, or quantities with intervals. */
export const classify = defineCommand({
  options: classifyFlags,
  examples: [
    'classify customers.csv --target churned',
    'classify new.csv --target risk --train labelled.csv --out predicted.csv --explain',
    'classify labelled.csv --target risk --save risk --card risk.md',
    'classify new.csv --model risk --out predicted.csv',
  ],
  run: async (given, terminal) => {
    checkTogether(given);
    expectFiles({ '<file>': given.file, '--train': given.train }, terminal.cwd);
    const path = (name: string | undefined) =>
      name === undefined ? undefined : resolve(terminal.cwd, name);
    const file = resolve(terminal.cwd, given.file);
    const [train, out] = [path(given.train), path(given.out)];
    const expectations = path(given.expectations);
    const csv = {
      signal: terminal.signal,
      ...(given.delimiter !== undefined && { delimiter: given.delimiter }),
      ...(given.encoding !== undefined && { encoding: given.encoding }),
    };
    const [template, cardFile] = [path(given.template), path(given.card)];
    const folder =
      given.model === undefined ? undefined : findModelFolder(given.model, terminal.cwd);
    const save = given.save === undefined ? undefined : modelFolder(given.save, terminal.cwd);
    await checkOutputs({
      reads: [
        ...named('<file>', file),
        ...named('--train', train),
        ...named('--expectations', expectations),
        ...named('--template', template),
        ...named('--model', folder),
        ...MODEL_FILES.flatMap((name) => named('--model', folder && join(folder, name))),
      ],
      ...{ out, card: cardFile, save, target: given.target, overwrite: given.overwrite },
    });
    const settings = {
      ...given,
      seed: given.seed ?? 0,
      csv,
      files: train === undefined ? [file] : [file, train],
      template,
      words: given.words?.split(',').map((word) => word.trim()),
    };
    const language = prepareLanguage(settings, terminal);
    const progress = new Progress(terminal);
    try {
      progress.update({ en: 'learning', zh: '正在学习' });
      const expert = expectations === undefined ? language.expert : givenExpectations(expectations);
      const learning = { given, file, train, csv, language, expert, terminal };
      const learned = await learnOrLoad({ ...learning, readsRows: readsRows(settings) });
      if (given.dryRun) {
        const asked = { ...settings, target: learned.target };
        return await printPrompts(learned, file, csv, asked, terminal);
      }
      const model = folder === undefined ? [] : MODEL_FILES.map((name) => join(folder, name));
      const made = [file, train, expectations, template, ...model, ...language.files()];
      const decisive = { ...given, threads: undefined, overwrite: undefined };
      // What is refused leaves nothing behind.
      await predictTable(learned, file, { csv, ...(given.id !== undefined && { id: given.id }) });
      closedOutput.ends = save === undefined && cardFile === undefined;
      const sink = await openSink(terminal.stdout, {
        classes: learned.kind === 'classifier' ? learned.classes : null,
        scale: learned.kind === 'regressor' ? learned.regressor.state.scale : null,
        explained: given.explain,
        language: given.language,
        id: given.id,
        json: given.json,
        out,
        bom: given.bom,
        onKept: () => progress.record({ type: 'kept' }),
        fingerprint:
          out === undefined ? '' : await fingerprintOf(made, [decisive, saidByModel(learned)]),
      });
      try {
        const table = await predictTable(learned, file, {
          csv,
          skip: sink.done,
          explain: given.explain,
          ...(given.threads !== undefined && { threads: given.threads }),
          ...(given.id !== undefined && { id: given.id }),
        });
        const warn = (some: readonly Translated[]) => {
          for (const { en, zh } of some) {
            progress.line({ en: `warning: ${en}`, zh: `请注意：${zh}` });
          }
        };
        const early = unique([
          ...learned.warnings,
          ...unusedOf(learned, given),
          ...neverSaid(learned),
          ...table.warnings,
        ]);
        warn(early);
        const known = new KnownLabels(learned);
        const run = await predictAll(learned, table, sink, known, progress);
        const late = [...table.lateWarnings(), ...known.warnings()];
        warn(late);
        const warnings = [...early, ...late];
        const kept = given.save !== undefined || given.card !== undefined;
        const figures = kept ? await modelFigures(learned, progress, terminal.signal) : null;
        if (figures !== null) {
          const card = writeCard(learned, figures, run);
          keep(learned, { card, asked: askedWith(settings) }, { save, card: cardFile }, progress);
        }
        const fresh = given.model === undefined;
        const first = fresh ? heldFigure(learned, figures?.held ?? null) : null;
        const held = figures ?? (fresh && given.json ? { held: quickReport(learned, first) } : {});
        // A server's readers choose their language.
        const told = tellsRecords(terminal) ? warnings : warnings.map(({ en }) => en);
        await sink.finish({ ...run, ...held, warnings: told });
        const quality = fresh ? describeQuality(learned, first) : null;
        if (!given.json) progress.line(describeRun(run, quality, kept));
      } catch (error) {
        await sink.stop();
        throw out !== undefined && codeOf(error) === 'aborted' ? canGoOn(error) : error;
      }
    } finally {
      progress.clear();
      language.close();
    }
  },
});

interface Learning {
  readonly given: ClassifyFlags;
  readonly file: string;
  readonly train: string | undefined;
  readonly csv: object;
  readonly language: Language;
  readonly expert: Language['expert'];
  readonly readsRows: boolean;
  readonly terminal: Terminal;
}

async function learnOrLoad(learning: Learning): Promise<LearnedTable> {
  const { given, file, train, csv, language, expert, terminal } = learning;
  if (given.model !== undefined) {
    const opener = !given.tabular && { language: language.open, states: language.states };
    const learned = await loadModel(findModelFolder(given.model, terminal.cwd), { ...opener });
    if (given.target !== undefined && given.target !== learned.target) {
      throw new UsageError(
        [`--target is ${given.target}, but the model ${given.model} predicts ${learned.target}`],
        'classify',
      );
    }
    return withChoices(learned, given, file, csv);
  }
  const opener = given.dryRun
    ? { language: language.none }
    : !given.tabular && {
        language: language.open,
        ...(!learning.readsRows && {
          expert,
          ...((given.expectations === undefined || given.readText !== undefined) && {
            states: language.states,
          }),
        }),
      };
  return learnTable({
    file,
    target: given.target as string,
    csv,
    ...(given.task !== undefined && { task: given.task }),
    ...(given.group !== undefined && { group: given.group }),
    ...(given.without !== undefined && { without: given.without }),
    ...(given.trees !== undefined && { trees: given.trees }),
    ...(given.readText !== undefined && { mostRead: given.readText }),
    ...(given.seed !== undefined && { seed: given.seed }),
    ...(train !== undefined && { train }),
    ...(given.classes && { classes: given.classes.split(',').map((name) => name.trim()) }),
    ...(given.threshold !== undefined && { threshold: readThreshold(given.threshold) }),
    ...(given.prior !== undefined && { prior: readPrior(given.prior) }),
    ...opener,
  });
}

/** Saves the model and its card where that was asked for. */
function keep(
  learned: LearnedTable,
  { card, asked }: { readonly card: string; readonly asked: Readonly<Record<string, string>> },
  to: { readonly save: string | undefined; readonly card: string | undefined },
  progress: Progress,
): void {
  if (to.save !== undefined) {
    const replaced = replacedBySaving(to.save).kind === 'model';
    saveModel(learned, to.save, { asked, card });
    const name = basename(to.save);
    if (replaced) progress.line({ en: `replaced model ${name}`, zh: `已替换模型 ${name}` });
  }
  if (to.card !== undefined) replaceFile(to.card, Buffer.from(card));
}

/**
 * What a language model has said of the columns, and made of text: computed in another precision it is a little
 * different, and rows of two such models are not to stand in one file.
 */
function saidByModel(learned: LearnedTable): unknown {
  const meanings = encodingOf(learned).map((encoded) =>
    encoded.kind === 'text' ? encoded.meanings : null,
  );
  const read = meanings.some((one) => one !== null) ? [meanings] : [];
  if (learned.kind === 'regressor') return read.length === 0 ? null : read;
  const { tabular, language } = learned.classifier.state;
  return [tabular?.model.expectations ?? null, language, ...read];
}

function named(flag: string, path: string | undefined) {
  return path === undefined ? [] : [{ flag, path }];
}

/** What was asked for and is not for such a target. */
function unusedOf({ kind }: LearnedTable, { threshold, prior }: ClassifyFlags): Translated[] {
  if (kind === 'classifier' || (threshold === undefined && prior === undefined)) return [];
  return [
    {
      en: 'the target is a quantity: --threshold and --prior are for classes, and are not used',
      zh: '目标是数量：--threshold 和 --prior 只用于类别，未使用',
    },
  ];
}

/** A second class that is not worth saying by what mistakes cost. */
function neverSaid(learned: LearnedTable): Translated[] {
  if (learned.kind === 'regressor') return [];
  const { threshold } = learned.classifier.state;
  if (threshold === null || threshold < NEVER_SAID) return [];
  const second = learned.classes[1] as string;
  return [
    {
      en: `${second} is never said: by the labelled rows no threshold is better`,
      zh: `永远不会判为“${second}”：根据带标签的行，没有更好的阈值`,
    },
  ];
}

/** Each once, whichever table it was said of. */
function unique(warnings: readonly Translated[]): readonly Translated[] {
  return [...new Map(warnings.map((warning) => [warning.en, warning])).values()];
}

/** Rows that were written are kept, and not predicted again. */
function canGoOn(cause: unknown): TabLlmError {
  return new TabLlmError(
    'aborted',
    {
      en: 'Predicting was stopped: run the same command again to go on',
      zh: '已停止预测：再次运行同一命令即可继续',
    },
    { cause },
  );
}
