/** Where examples are brought, reviewed and taken from: checks, notes for reviewers, the live list. */
import { type QueryRows, questionKey, type TextToSqlItem } from '@quaestor/finsql';
import type { Translated } from '@quaestor/peft';
import type { ClientStatements } from '../ask/client-statements.ts';
import type { DatabaseCatalog } from '../database-catalog.ts';
import { calledByName } from '../databases/called-by-name.ts';
import { ServerError } from '../errors.ts';
import type { Example } from './example.ts';
import type { ExampleStore, StoredExample } from './example-store.ts';

const STATES_IN_CHINESE: Readonly<Record<StoredExample['state'], string>> = {
  pending: '待审核',
  approved: '已批准',
  rejected: '已拒绝',
  replaced: '已替换',
};

export interface ExampleDeskOptions {
  readonly store: ExampleStore;
  readonly catalog: DatabaseCatalog;
  readonly statements: ClientStatements;
  /** Questions that guide the pipeline anyway. */
  readonly exemplars: readonly TextToSqlItem[];
  /** Questions that measure accuracy: nothing may be trained on them. */
  readonly heldOut: readonly TextToSqlItem[];
}

/** An example as somebody saw it. */
export interface Seen {
  readonly question?: string | undefined;
  readonly sql?: string | undefined;
}

const ROWS_LOOKED_AT = 5;

export class ExampleDesk {
  readonly store: ExampleStore;
  readonly #options: ExampleDeskOptions;
  readonly #heldOut: ReadonlySet<string>;
  readonly #known: ReadonlyMap<string, string>;
  /** The same list until something changes: the pipeline indexes it anew only then. */
  #exemplars: readonly TextToSqlItem[] | undefined;

  constructor(options: ExampleDeskOptions) {
    this.#options = options;
    this.store = options.store;
    this.#heldOut = new Set(options.heldOut.map(keyOf));
    this.#known = new Map(options.exemplars.map((item) => [keyOf(item), item.sql]));
  }

  /**
   * Keeps an example to be reviewed, once its SQL has passed the guard and run.
   * @returns the example and the first rows of its SQL
   * @throws ServerError 'no-such-database'; FinSqlError 'refused' | 'sql-error' | 'timeout' | 'out-of-memory'
   */
  async propose(
    example: Pick<Example, 'database' | 'question' | 'sql' | 'source' | 'author'>,
  ): Promise<{ readonly example: Example; readonly rows: QueryRows }> {
    const rows = await this.#tryOut(example, example.author);
    return { example: this.describe(this.store.add(example)), rows };
  }

  /** @throws ServerError 'not-found' */
  get(id: string): Example {
    const found = this.store.get(id);
    if (found === undefined) {
      throw new ServerError('not-found', {
        en: `There is no example ${id.slice(0, 80)}.`,
        zh: '没有这个示例，或已被删除。',
      });
    }
    return this.describe(found);
  }

  /**
   * Approves, which makes it an exemplar at once, or rejects.
   * @param seen what the reviewer looked at, where that is known
   * @throws ServerError 'not-found', 'conflict' when it was reviewed so already, or was changed since it
   *   was looked at or tried out; as `propose` when its SQL does not run any more
   */
  async review(
    id: string,
    to: 'approved' | 'rejected',
    { reviewer, seen }: { readonly reviewer: string; readonly seen?: Seen },
  ): Promise<Example> {
    const { state, ...example } = this.get(id);
    const { question, sql } = example;
    if (differs(seen, example)) throw changedMeanwhile();
    if (to === 'approved') await this.#tryOut(example, reviewer);
    if (!this.store.review(id, to, { question, sql, reviewer })) {
      if (differs({ question, sql }, this.get(id))) throw changedMeanwhile();
      throw new ServerError('conflict', {
        en: `The example is ${state} already.`,
        zh: `这个示例${STATES_IN_CHINESE[state]}，不能再次审核。`,
      });
    }
    this.#exemplars = undefined;
    return this.get(id);
  }

  /**
   * Changes an example that waits for review, once its new SQL has passed the guard and run.
   * @param editor whose statement the new SQL is
   * @throws ServerError 'not-found', 'conflict' when it was reviewed already; as `propose`
   */
  async edit(
    id: string,
    { question, sql }: Pick<Example, 'question' | 'sql'>,
    editor: string,
  ): Promise<{ readonly example: Example; readonly rows: QueryRows }> {
    const { database } = this.get(id);
    const rows = await this.#tryOut({ database, sql }, editor);
    if (!this.store.edit(id, question, sql)) {
      throw new ServerError('conflict', {
        en: `The example is ${this.get(id).state} already.`,
        zh: '这个示例已经审核过了。',
      });
    }
    return { example: this.get(id), rows };
  }

  /** With what a reviewer should know. */
  describe(stored: StoredExample): Example {
    const item = { question: stored.question, db: stored.database, sql: stored.sql };
    const heldOut = this.#heldOut.has(keyOf(item));
    const notes: Translated[] = [];
    if (heldOut) {
      notes.push({
        en: 'This question measures accuracy; the example answers it but is not trained on.',
        zh: '这个问题用于评测准确率：示例会用来回答，但不会用来训练。',
      });
    }
    const known = this.#known.get(keyOf(item));
    if (known !== undefined) {
      notes.push(
        known === stored.sql
          ? {
              en: 'This question is known with the same SQL.',
              zh: '这是已知的问题，SQL 也相同。',
            }
          : {
              en: 'This question is known with other SQL; once approved, this example counts instead.',
              zh: '这是已知的问题，但 SQL 不同；批准后以这个示例为准。',
            },
      );
    }
    for (const other of this.store.sameQuestion(stored)) {
      const [en, zh] = other.sql === stored.sql ? ['the same', '相同'] : ['other', '不同'];
      notes.push({
        en: `Example ${other.id} (${other.state}) asks the same, with ${en} SQL.`,
        zh: `示例 ${other.id}（${STATES_IN_CHINESE[other.state]}）问的是同一个问题，SQL ${zh}。`,
      });
    }
    return { ...stored, notes, held_out: heldOut };
  }

  /** Questions with known SQL as of now; approved ones count before those that came with the server. */
  readonly exemplars = (): readonly TextToSqlItem[] => {
    this.#exemplars ??= this.#collect(this.store.approved());
    return this.#exemplars;
  };

  /** The same without the questions that measure accuracy, and what was left out for it. */
  trainingItems(): {
    readonly items: readonly TextToSqlItem[];
    readonly approved: number;
    readonly heldOut: number;
  } {
    const approved = this.store.approved();
    const usable = this.#collect(approved).filter((item) => !this.#heldOut.has(keyOf(item)));
    const heldOut = approved.filter((one) =>
      this.#heldOut.has(keyOf({ question: one.question, db: one.database })),
    ).length;
    return { items: usable, approved: approved.length - heldOut, heldOut };
  }

  /** The approved examples alone. */
  approvedItems(): readonly TextToSqlItem[] {
    return this.store.approved().map(itemOf);
  }

  #collect(approved: readonly StoredExample[]): readonly TextToSqlItem[] {
    const own = approved.map(itemOf);
    const replaced = new Set(own.map(keyOf));
    const others = this.#options.exemplars.filter((item) => !replaced.has(keyOf(item)));
    // What is approved is later than what was shipped, and the later of two wins.
    return [...others, ...own];
  }

  async #tryOut(
    { database, sql }: Pick<Example, 'database' | 'sql'>,
    client: string,
  ): Promise<QueryRows> {
    const { catalog, statements } = this.#options;
    const file = await catalog.path(database);
    try {
      return await statements.execute(client, file, sql, { maxRows: ROWS_LOOKED_AT });
    } catch (error) {
      throw calledByName(error, file, database);
    }
  }
}

function differs(
  { question, sql }: Seen = {},
  example: Pick<Example, 'question' | 'sql'>,
): boolean {
  return (
    (question ?? example.question) !== example.question || (sql ?? example.sql) !== example.sql
  );
}

function changedMeanwhile(): ServerError {
  return new ServerError('conflict', {
    en: 'The example was changed meanwhile: look at it again.',
    zh: '这个示例刚刚被修改过，请重新查看。',
  });
}

function itemOf({ question, database: db, sql }: StoredExample): TextToSqlItem {
  return { question, db, sql };
}

/** The same for one question in another form. */
function keyOf({ question, db }: Pick<TextToSqlItem, 'question' | 'db'>): string {
  return `${db}\n${questionKey(question)}`;
}
