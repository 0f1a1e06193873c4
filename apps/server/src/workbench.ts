/** All that the server keeps beside the model: jobs, uploads, examples, adapters. */
import { join, resolve } from 'node:path';
import type { TextToSqlItem } from '@quaestor/finsql';
import { type AdapterHub, openHub } from '@quaestor/peft';
import { AdapterRecords, APPROVED_EXAMPLES } from './adapters/adapter-records.ts';
import { type ClientStatements, clientStatements } from './ask/client-statements.ts';
import { ClassifierStore } from './classifiers/classifier-store.ts';
import type { ServerConfig } from './config.ts';
import type { DatabaseCatalog } from './database-catalog.ts';
import { ProfileStore } from './databases/profile-store.ts';
import { readQuestions } from './example-questions.ts';
import { ExampleDesk } from './examples/example-desk.ts';
import { ExampleStore } from './examples/example-store.ts';
import { ENDED, type Job } from './jobs/job.ts';
import { JobQueue } from './jobs/job-queue.ts';
import { classifyKind } from './jobs/kinds/classify.ts';
import { composeKind } from './jobs/kinds/compose.ts';
import { type EvaluationSets, evaluateKind, type SetsNow } from './jobs/kinds/evaluate.ts';
import { importKind } from './jobs/kinds/import.ts';
import { indexKind } from './jobs/kinds/index-database.ts';
import { searchKind } from './jobs/kinds/search.ts';
import { trainKind } from './jobs/kinds/train.ts';
import { LabellingDesk } from './labelling/labelling-desk.ts';
import { LabellingStore } from './labelling/labelling-store.ts';
import { LearningProcess } from './labelling/learning-process.ts';
import type { LoadContext } from './model-loader.ts';
import { inRepository } from './repository.ts';
import { UploadStore } from './uploads/upload-store.ts';

export interface Workbench extends LoadContext {
  readonly jobs: JobQueue;
  readonly statements: ClientStatements;
  readonly examples: ExampleDesk;
  readonly uploads: UploadStore;
  readonly profiles: ProfileStore;
  readonly labellings: LabellingDesk;
  readonly classifiers: ClassifierStore;
  readonly records: AdapterRecords;
  readonly hub: AdapterHub;
  readonly sets: SetsNow;
  readonly catalog: DatabaseCatalog;
  /** Folder of the databases that were uploaded. */
  readonly databases: string;
  /** Fires with `endStreams`. */
  readonly ending: AbortSignal;
  /** Ends the streams that follow jobs, which would last as long as these. */
  endStreams(): void;
  /** Lets running jobs keep their work. */
  close(): Promise<void>;
}

/** Opens what lies in the state folder; no job runs before `jobs.start()`. */
export async function openWorkbench(
  config: ServerConfig,
  catalog: DatabaseCatalog,
  report: (error: unknown) => void,
): Promise<Workbench> {
  const { home, model } = config;
  const hub = openHub([join(home, 'adapters'), inRepository('data/adapters')]);
  const databases = resolve(home, 'databases');
  const statements = clientStatements(config);
  const records = new AdapterRecords(join(home, 'adapters.sqlite'));
  const uploads = new UploadStore(home, config.uploadBytes);
  const profiles = new ProfileStore(home);
  const classifiers = new ClassifierStore(home);
  const labellingStore = new LabellingStore(home);
  const learning = new LearningProcess();
  const labellings = new LabellingDesk({ store: labellingStore, uploads, learning, report });
  const measured = await readSets(config.evaluationSets);
  const examples = new ExampleDesk({
    store: new ExampleStore(join(home, 'examples.sqlite')),
    catalog,
    statements,
    exemplars: await readQuestions(config.exemplars),
    heldOut: [...measured.values()].flat(),
  });
  const jobs: JobQueue = new JobQueue({
    home,
    mostBytes: config.jobBytes,
    report,
    kinds: [
      trainKind({ hub, catalog, desk: examples, home, model, promised: adaptersPromised }),
      evaluateKind({ hub, records, catalog, desk: examples, sets, model }),
      composeKind({ hub, promised: adaptersPromised }),
      searchKind({ hub, catalog, desk: examples, model, promised: adaptersPromised }),
      classifyKind({ uploads, labellings, classifiers, model }),
      importKind({ databases, catalog, uploads, profiles, promised: databasesPromised }),
      indexKind({ catalog, profiles }),
    ],
  });

  const streams = new AbortController();

  /** Those of the configuration, and the approved examples of the databases that are here. */
  async function sets(): Promise<EvaluationSets> {
    const here = new Set((await catalog.list()).map(({ name }) => name));
    const approved = examples.approvedItems().filter(({ db }) => here.has(db));
    return approved.length === 0 ? measured : new Map([...measured, [APPROVED_EXAMPLES, approved]]);
  }

  /** Names of the adapters that jobs are to make. */
  function adaptersPromised(): readonly string[] {
    return unfinished(['train', 'compose', 'search']).map(({ params }) => String(params.name));
  }

  /** Names of the databases that jobs are to make. */
  function databasesPromised(): readonly string[] {
    return unfinished(['import']).map(({ params }) => String(params.database));
  }

  function unfinished(kinds: readonly string[]): readonly Job[] {
    return jobs.store
      .list({}, 1000)
      .jobs.filter(({ kind, state }) => kinds.includes(kind) && !ENDED.has(state));
  }

  return {
    jobs,
    statements,
    examples,
    uploads,
    profiles,
    labellings,
    classifiers,
    records,
    hub,
    sets,
    catalog,
    databases,
    exemplars: examples.exemplars,
    activeAdapter: () => records.chosenByHand(),
    ending: streams.signal,
    endStreams: () => streams.abort(),
    close: async () => {
      labellings.close();
      learning.close();
      await jobs.close();
      labellingStore.close();
      statements.close();
      examples.store.close();
      records.close();
    },
  };
}

async function readSets(files: ServerConfig['evaluationSets']): Promise<EvaluationSets> {
  const sets = new Map<string, readonly TextToSqlItem[]>();
  for (const [name, file] of Object.entries(files)) {
    const items = (await readQuestions([file])).filter(({ sql }) => sql !== '');
    if (items.length > 0) sets.set(name, items);
  }
  return sets;
}
