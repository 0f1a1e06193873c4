import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type EvaluatedItem,
  markOf,
  questionKey,
  report,
  type TextToSqlItem,
} from '@quaestor/finsql';
import { type AdapterHub, described } from '@quaestor/peft';
import * as z from 'zod';
import { adapterName } from '../../adapters/adapter-name.ts';
import { type AdapterRecords, BASE_MODEL, type Score } from '../../adapters/adapter-records.ts';
import { adapterFingerprint } from '../../adapters/fingerprint.ts';
import type { DatabaseCatalog } from '../../database-catalog.ts';
import { ServerError } from '../../errors.ts';
import type { ExampleDesk } from '../../examples/example-desk.ts';
import { defineJobKind, type JobKind, type JobPlace } from '../job-kind.ts';
import { linkDatabases } from './link-databases.ts';
import { QUAESTOR } from './programs.ts';
import { questionFile } from './train.ts';

export const evaluateParams = z.strictObject({
  adapter: z.union([z.literal(BASE_MODEL), adapterName]).apply(described, {
    en: `name of the adapter; ${BASE_MODEL}: the base model alone`,
    zh: `适配器名称；${BASE_MODEL}：仅基础模型`,
  }),
  set: z.string().min(1).apply(described, {
    en: 'name of the questions; GET /api/evaluation-sets lists them',
    zh: '问题集名称；GET /api/evaluation-sets 列出全部',
  }),
  limit: z
    .int()
    .positive()
    .optional()
    .apply(described, { en: 'only the first so many questions', zh: '仅前若干个问题' }),
  candidates: z
    .int()
    .min(1)
    .max(32)
    .default(1)
    .apply(described, { en: 'drafts of a question that vote', zh: '每个问题参与投票的草稿数' }),
  seed: z.int().default(1),
});

/** Questions that measure accuracy, by name. */
export type EvaluationSets = ReadonlyMap<string, readonly TextToSqlItem[]>;

/** Those there are now. */
export type SetsNow = () => Promise<EvaluationSets>;

export interface EvaluateTools {
  readonly hub: AdapterHub;
  readonly records: AdapterRecords;
  readonly catalog: DatabaseCatalog;
  readonly desk: ExampleDesk;
  readonly sets: SetsNow;
  readonly model: string | undefined;
}

const figures = z.object({
  accuracy: z.number(),
  scored: z.int(),
  correct: z.int(),
  executable: z.number(),
  latency: z.object({ p50: z.number() }),
  databases: z.array(z.unknown()),
});

const subject = z.object({ fingerprint: z.string(), set_fingerprint: z.string() });

/** `quaestor eval sql`; the score is kept with the adapter. */
export function evaluateKind({ hub, records, catalog, desk, sets, model }: EvaluateTools): JobKind {
  const file = ({ folder }: JobPlace, name: string) => join(folder, name);
  const fingerprintOf = (adapter: string) =>
    adapter === BASE_MODEL ? '' : adapterFingerprint(hub.get(adapter).path);

  const finish = (
    { adapter, set }: z.output<typeof evaluateParams>,
    measured: z.output<typeof figures>,
    place: JobPlace,
  ) => {
    const scored = subject.parse(JSON.parse(readFileSync(file(place, 'subject.json'), 'utf8')));
    if (scored.fingerprint !== fingerprintOf(adapter)) {
      throw new ServerError('conflict', {
        en: `${adapter} was replaced while it was scored.`,
        zh: `${adapter} 在评测期间被替换，请重新评测。`,
      });
    }
    const { latency, databases, ...rest } = measured;
    const score: Score = {
      set,
      set_fingerprint: scored.set_fingerprint,
      ...rest,
      median_ms: latency.p50,
      job: place.id,
      at: new Date().toISOString(),
    };
    records.addScore(adapter === BASE_MODEL ? '' : adapter, scored.fingerprint, score);
    return { adapter, ...score, databases };
  };

  return defineJobKind({
    name: 'evaluate',
    summary: {
      en: 'Score an adapter on questions with known SQL',
      zh: '用已知 SQL 的问题评测适配器',
    },
    lane: 'heavy',
    params: evaluateParams,
    prepare: async ({ adapter, set, limit, candidates, seed }, place) => {
      const known = await sets();
      const items = known.get(set);
      if (items === undefined) {
        const names = [...known.keys()];
        throw new ServerError('not-found', {
          en: `There are no questions called ${set}; there are: ${names.join(', ') || 'none'}.`,
          zh: `没有名为 ${set} 的问题集，已有的问题集：${names.join('、') || '无'}。`,
        });
      }
      const asked = items.slice(0, limit);
      const fingerprint = fingerprintOf(adapter);
      await linkDatabases(
        catalog,
        asked.map(({ db }) => db),
        place,
      );
      const text = questionFile(asked);
      writeFileSync(file(place, 'questions.json'), text);
      // As when it answers, but an example must not give its own answer away.
      const measured = new Set(items.map(keyOf));
      const shown = desk.exemplars().filter((item) => !measured.has(keyOf(item)));
      writeFileSync(file(place, 'exemplars.json'), questionFile(shown));
      const settings = JSON.stringify([candidates, seed]);
      // Other descriptions make other prompts, whose scores cannot be compared.
      const described = [...new Set(asked.map(({ db }) => db))].sort().flatMap((db) => {
        const descriptions = catalog.descriptions.read(db);
        return descriptions.length === 0 ? [] : [`${db} ${markOf(descriptions)}\n`];
      });
      const set_fingerprint = createHash('sha256')
        .update(text)
        .update(settings)
        .update(described.join(''))
        .digest('hex');
      writeFileSync(file(place, 'subject.json'), JSON.stringify({ fingerprint, set_fingerprint }));
    },
    command: ({ adapter, candidates, seed }, place) => [
      QUAESTOR,
      ...['eval', 'sql', '--json', '--adapter', adapter],
      ...['--questions', file(place, 'questions.json')],
      ...['--databases', file(place, 'databases')],
      ...['--exemplars', file(place, 'exemplars.json')],
      ...['--candidates', String(candidates), '--seed', String(seed)],
      ...['--out', file(place, 'predictions.json')],
      ...(model === undefined ? [] : ['--model', model]),
    ],
    finished: (params, place) => {
      if (!existsSync(file(place, 'predictions.json'))) return undefined;
      const items: EvaluatedItem[] = JSON.parse(
        readFileSync(file(place, 'predictions.json'), 'utf8'),
      );
      return finish(params, figures.parse(report(items)), place);
    },
    result: (printed, params, place) => finish(params, figures.parse(printed), place),
  });
}

function keyOf({ question, db }: TextToSqlItem): string {
  return `${db}\n${questionKey(question)}`;
}
