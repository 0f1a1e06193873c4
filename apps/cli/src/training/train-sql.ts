import { questionKey, sqliteInChinese } from '@quaestor/finsql';
import { encodeRecord, PeftError, type TrainConfig } from '@quaestor/peft';
import type { Terminal } from '../command.ts';
import { openBaseModel } from '../language-model/open.ts';
import { Progress } from '../progress.ts';
import { tellOtherRuns } from './other-runs.ts';
import { buildExamples, readSets, type SetPaths } from './read-sets.ts';
import { expectSameDescriptions } from './same-descriptions.ts';
import type { SetUse } from './set-use.ts';
import { type AdapterRun, type TrainedAdapter, trainOnExamples } from './train-adapter.ts';

/** Questions left out that are named. */
const SHOWN = 3;

export interface SqlTraining extends SetPaths {
  readonly model?: string | undefined;
  readonly limit?: number | undefined;
  /** How each set is used, by position. */
  readonly uses: readonly SetUse[];
  readonly skeletonFirst: boolean;
  readonly train: TrainConfig;
}

export interface SqlTrainingResult extends TrainedAdapter {
  /** Questions whose SQL does not run on their database. */
  readonly skipped: number;
  readonly seconds: number;
}

/** Trains an adapter on text-to-SQL sets and puts it into the hub. */
export async function trainSql(
  training: SqlTraining,
  run: AdapterRun,
  terminal: Terminal,
): Promise<SqlTrainingResult> {
  const progress = new Progress(terminal);
  const started = performance.now();
  const sets = readSets(training, training.limit, terminal.cwd);
  expectSameDescriptions(run.checkpoints, sets, run.out);
  tellOtherRuns(run.checkpoints, run.out, progress);
  const model = await openBaseModel(training.model, terminal, { checkpoints: run.checkpoints });
  try {
    const { tokenizer } = model;
    if (tokenizer === null) {
      throw new PeftError('bad-config', {
        en: `${model.name} has no tokenizer, so it cannot learn SQL.`,
        zh: `${model.name} 没有分词器，无法学习 SQL。`,
      });
    }
    progress.update({ en: 'checking that the SQL runs', zh: '正在检查 SQL 能否运行' });
    const { seed } = run;
    const countTokens = (text: string) => tokenizer.encode(text, { special: false }).length;
    const options = { seed, skeletonFirst: training.skeletonFirst, countTokens };
    const { examples, skipped } = buildExamples(sets, training.uses, options, terminal.cwd, {
      most: examplesSeen(training.train),
      onBuilt: (built, of) =>
        progress.update(
          {
            en: `building prompts, ${built} of ${of}`,
            zh: `正在生成提示词，${of} 个中已有 ${built} 个`,
          },
          built / of,
        ),
    });
    progress.line({
      en: `${examples.length} examples; ${skipped.length} left out because their SQL does not run`,
      zh: `共 ${examples.length} 个样本；${skipped.length} 个因 SQL 无法运行而略过`,
    });
    for (const { item, reason } of skipped.slice(0, SHOWN)) {
      progress.line({
        en: `  ${item.db}: ${item.question} (${reason})`,
        zh: `  ${item.db}：${item.question}（${sqliteInChinese(reason)}）`,
      });
    }
    const repeated = repeatedQuestions(sets.flatMap(({ items }) => items));
    if (repeated > 0) {
      progress.line({
        en: `${repeated} ${repeated === 1 ? 'question is' : 'questions are'} asked more than once of the same database`,
        zh: `有 ${repeated} 个问题对同一数据库重复出现`,
      });
    }
    const encoded = examples.map((example) => encodeRecord(example, tokenizer, { special: false }));
    const { questions, databases, tables, uses, skeletonFirst, train: config } = training;
    const source = {
      purpose: { en: 'SQL out of questions', zh: '从问题写出 SQL' },
      tags: ['text-to-sql'],
      recipe: { questions, databases, tables, uses, skeletonFirst },
    };
    const trained = await trainOnExamples(model, encoded, config, run, source, terminal, progress);
    return { ...trained, skipped: skipped.length, seconds: (performance.now() - started) / 1000 };
  } finally {
    progress.clear();
    model.dispose();
  }
}

/** Examples that a run of so many steps gets to see; prompts of others need not be built. */
function examplesSeen({ max_steps, batch_size, num_train_epochs }: TrainConfig): number {
  const isWithinFirstPass = max_steps !== null && num_train_epochs >= 1;
  return isWithinFirstPass ? max_steps * batch_size : Number.POSITIVE_INFINITY;
}

/** How many questions, but for signs and case, stand there before. */
function repeatedQuestions(
  items: readonly { readonly db: string; readonly question: string }[],
): number {
  return (
    items.length - new Set(items.map(({ db, question }) => `${db}\n${questionKey(question)}`)).size
  );
}
