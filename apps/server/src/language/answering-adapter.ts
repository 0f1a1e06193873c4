/**
 * Which adapter answers: one that was chosen by hand answers questions about every database; else those that
 * an adapter is made for are answered by that one, and all others by the first for SQL that fits the model.
 */
import { type Generator, readConfidence, type TextToSqlItem, type Writer } from '@quaestor/finsql';
import {
  type AdapterHub,
  type AskedDatabase,
  defaultAdapter,
  type HubEntry,
  type LanguageModel,
  type Translated,
} from '@quaestor/peft';
import { BASE_MODEL } from '../adapters/adapter-records.ts';
import type { AdapterPlace } from '../model-loader.ts';
import type { ModelPool } from './model-pool.ts';
import { askedDatabase, NEW_DATABASE, ownAdapter } from './own-adapter.ts';
import { baseName } from './peft-language.ts';
import { underAdapter } from './under-adapter.ts';

export interface AnsweringTools {
  readonly hub: AdapterHub;
  /** Copies of the base model, one under each adapter that is asked for. */
  readonly pool: ModelPool;
  /** Questions whose SQL is known: a database with few of them is new. */
  readonly exemplars: () => readonly TextToSqlItem[];
}

export interface Choice {
  /** As the configuration names it; undefined: by what was chosen last. */
  readonly named: string | undefined;
  /** What was last made to answer by hand; null: the base model alone, undefined: nothing was. */
  readonly last: string | null | undefined;
}

export class AnsweringAdapter {
  /** Writes under the adapter that answers. */
  readonly generator: Generator;
  /** That a choice by hand is not in force, because its adapter is gone or damaged. */
  readonly note: Translated | undefined;
  readonly #tools: AnsweringTools;
  /** null: the base model alone. */
  #entry: HubEntry | null;
  #byHand: boolean;

  /** @throws PeftError 'not-found' | 'bad-file' for an adapter that the configuration names */
  constructor(tools: AnsweringTools, { named, last }: Choice) {
    this.#tools = tools;
    this.#entry = chooseAdapter(tools.hub, tools.pool.base, named, last);
    const isLost = named === undefined && last != null && this.#entry?.name !== last;
    this.note = isLost ? insteadOf(last, this.#entry?.name) : undefined;
    this.#byHand = !isLost && (named !== undefined || last !== undefined);
    this.generator = this.#generatorUnder(() => this.#entry);
  }

  /** The adapter; null: the base model alone. */
  get entry(): HubEntry | null {
    return this.#entry;
  }

  get byHand(): boolean {
    return this.#byHand;
  }

  /** What answers, as traces and health name it. */
  get title(): string {
    return titleOf(this.#tools.pool.base, this.#entry);
  }

  /** Writes under the second adapter of the one that answers, where it has one. */
  get adviser(): Generator | undefined {
    return this.#adviserOf(this.#entry);
  }

  /** Brings a copy of the model under an adapter, before it is asked for. */
  async prepare(entry: HubEntry | null): Promise<void> {
    (await this.#tools.pool.hold(entry?.name ?? null)).release();
  }

  /** The adapter that is made for a database, or for new ones, where none was chosen by hand. */
  ownOf(database: AskedDatabase): HubEntry | undefined {
    const { hub, pool } = this.#tools;
    return this.#byHand ? undefined : ownAdapter(hub, pool.base, database);
  }

  /** What writes about a database under its own adapter; undefined: what writes about all others. */
  writerFor(database: string): Writer | undefined {
    const entry = this.ownOf(this.#asked(database));
    if (entry === undefined) return undefined;
    return {
      generator: this.#generatorUnder(() => entry),
      adviser: () => this.#adviserOf(entry),
      confidence: () => readConfidence(entry.path),
    };
  }

  /**
   * What the server changes and tells of it.
   * @param places `byDatabase`: whether a database's own adapter can answer, which another program's
   *   generator does not let; `answering`: what answers then, in words
   */
  place({
    byDatabase,
    answering,
  }: Pick<AdapterPlace, 'byDatabase'> & { readonly answering: () => string }): AdapterPlace {
    const ownName = (database: AskedDatabase) => (byDatabase && this.ownOf(database)?.name) || null;
    /** One that does not fit is refused before anything is changed. */
    const change = async (next: HubEntry | null, byHand: boolean) => {
      await this.prepare(next);
      if (next?.second != null) await this.prepare(next.second);
      this.#entry = next;
      this.#byHand = byHand;
      return answering();
    };
    const { hub, pool } = this.#tools;
    return {
      name: () => this.#entry?.name ?? null,
      byHand: () => this.#byHand,
      byDatabase,
      own: (database) => ownName(this.#asked(database)),
      forNew: () => ownName(NEW_DATABASE),
      use: async (name) => change(name === null ? null : hub.get(name), true),
      release: () => change(defaultAdapter(hub, pool.base, 'sql'), false),
    };
  }

  #asked(database: string): AskedDatabase {
    return askedDatabase(database, this.#tools.exemplars());
  }

  #generatorUnder(active: () => HubEntry | null): Generator {
    const { pool } = this.#tools;
    return underAdapter(pool, { active, title: () => titleOf(pool.base, active()) });
  }

  #adviserOf(entry: HubEntry | null): Generator | undefined {
    const second = entry?.second;
    return second == null ? undefined : this.#generatorUnder(() => second);
  }
}

function titleOf(base: LanguageModel, entry: HubEntry | null): string {
  return `${baseName(base)} ${entry === null ? 'without adapter' : `+ ${entry.name}`}`;
}

/** That an adapter which was chosen does not answer, and what does. */
function insteadOf(lost: string, answering: string | undefined): Translated {
  return {
    en: `The adapter ${lost}, which was chosen by hand, is gone or damaged; ${answering ?? 'the base model alone'} answers instead.`,
    zh: `手动选择的适配器 ${lost} 已被删除或损坏，现由${answering === undefined ? '基础模型' : ` ${answering} `}回答。`,
  };
}

/**
 * The adapter that was named; without a name, the one that was last made to answer, if it is still
 * there; else the first for SQL that fits the model.
 *
 * @throws PeftError 'not-found' | 'bad-file' for one that was named
 */
function chooseAdapter(
  hub: AdapterHub,
  model: LanguageModel,
  named: string | undefined,
  active: string | null | undefined,
): HubEntry | null {
  if (named === BASE_MODEL) return null;
  if (named !== undefined) return hub.get(named);
  if (active === null) return null;
  const last = active === undefined ? undefined : hub.find(active);
  return last?.problem === null ? last : defaultAdapter(hub, model, 'sql');
}
