/** A real server on a free port: a small SQLite file, the whole pipeline, and a scripted generator. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Completion, createFinSql, type Generator } from '@quaestor/finsql';
import { Database } from '@quaestor/finsql/sqlite';
import { type RunningServer, type StartOptions, startServer } from '../apps/server/src/listen.ts';
import type { LoadModel } from '../apps/server/src/model-loader.ts';

/** Questions that the scripted generator has SQL for. */
export const SCRIPT: Readonly<Record<string, string>> = {
  'Which fund managers have a doctorate?':
    "SELECT name, education FROM fund_manager WHERE education = 'PhD' ORDER BY name",
  'What are the total assets of each fund?':
    'SELECT fund_name, total_assets FROM fund ORDER BY total_assets DESC',
  'How many funds are there?': 'SELECT COUNT(*) AS fund_count FROM fund',
  'What was the net value of the fund each month?':
    'SELECT month, net_value FROM fund_value ORDER BY month',
  哪些基金经理有博士学位: "SELECT name FROM fund_manager WHERE education = 'PhD' ORDER BY name",
  'Which fund has the note?': 'SELECT fund_name, note FROM fund WHERE note IS NOT NULL',
  'Which fund managers are there with no such column?': 'SELECT nonsense FROM fund_manager',
  'Which fund managers are to be deleted?': 'DELETE FROM fund_manager',
  'Which degree has each fund manager?': 'SELECT name, educaton FROM fund_manager ORDER BY name',
};

/** A question whose SQL never comes; the generator waits for the signal. */
export const ENDLESS = 'Which fund is never found?';

/** A question that takes a moment. */
export const SLOW = 'Which fund takes a while?';
const A_WHILE_MS = 300;

/** Answers by looking the question up in SCRIPT, as a model that has learnt exactly these. */
export class ScriptedGenerator implements Generator {
  readonly name = 'scripted';
  /** How often a request was aborted while it waited. */
  aborted = 0;
  /** Requests that wait for it now. */
  endless = 0;

  countTokens(text: string): number {
    return Math.ceil(text.length / 4);
  }

  async *generate(
    prompts: readonly string[],
    { signal }: { readonly signal?: AbortSignal } = {},
  ): AsyncGenerator<Completion> {
    for (const [prompt, text] of prompts.entries()) {
      if (text.includes(ENDLESS)) await this.#untilAborted(signal);
      if (text.includes(SLOW)) await setTimeout(A_WHILE_MS, undefined, signal && { signal });
      const known = Object.entries(SCRIPT).find(([question]) => text.includes(question));
      yield {
        prompt,
        candidate: 0,
        text: known?.[1] ?? 'SELECT 1',
        logProbability: 0,
        tokens: 12,
        finish: 'stop',
      };
    }
  }

  #untilAborted(signal: AbortSignal | undefined): Promise<never> {
    this.endless++;
    return new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => {
        this.endless--;
        this.aborted++;
        reject(signal.reason);
      });
    });
  }
}

export interface DemoServer extends RunningServer {
  readonly generator: ScriptedGenerator;
  /** Its state folder. */
  readonly home: string;
  /** Errors that the server did not expect. */
  readonly unexpected: readonly unknown[];
}

/** Starts it; `close` also removes its folder. */
export async function startDemoServer(
  options: StartOptions & {
    readonly beforeLoad?: Promise<void>;
    /** Puts more into the state folder. */
    readonly prepare?: (home: string) => unknown;
  } = {},
): Promise<DemoServer> {
  const { beforeLoad, prepare, ...rest } = options;
  const home = mkdtempSync(join(tmpdir(), 'quaestor-server-'));
  const folder = join(home, 'databases');
  mkdirSync(folder);
  makeFundDatabase(join(folder, 'fund.sqlite'));
  writeFileSync(join(folder, 'broken.sqlite'), 'not a database');
  const questions = join(home, 'questions.json');
  const examples = Object.keys(SCRIPT).map((question) => ({ question, db_id: 'fund' }));
  writeFileSync(questions, JSON.stringify(examples));

  prepare?.(home);

  const generator = new ScriptedGenerator();
  const unexpected: unknown[] = [];
  const load: LoadModel = async (report, _signal, { exemplars }) => {
    report('reading weights', 0.5);
    await beforeLoad;
    const finSql = createFinSql({ generator, exemplars, wordByWord: false });
    return { name: generator.name, finSql, close: () => finSql.close() };
  };
  const server = await startServer({
    home,
    port: 0,
    questions: [questions],
    load,
    report: (error) => unexpected.push(error),
    ...rest,
  });
  return {
    ...server,
    generator,
    home,
    unexpected,
    close: async () => {
      await server.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** A database of a few funds. */
export function makeFundDatabase(path: string): void {
  const database = new Database(path);
  database.exec(`
    CREATE TABLE fund_manager ( -- people who manage funds | 基金经理
      manager_id INTEGER PRIMARY KEY, -- manager identifier
      name TEXT NOT NULL, -- name of the manager | 姓名
      education TEXT -- highest degree: Bachelor, Master or PhD | 学历
    );
    CREATE TABLE fund ( -- mutual funds | 基金
      fund_id INTEGER PRIMARY KEY,
      fund_name TEXT NOT NULL, -- name of the fund
      manager_id INTEGER REFERENCES fund_manager (manager_id),
      total_assets REAL, -- total assets in millions
      note TEXT -- free text note
    );
    CREATE TABLE fund_value ( -- net value of the fund each month
      month TEXT PRIMARY KEY, -- first day of the month
      net_value REAL
    );
    INSERT INTO fund_manager VALUES (1, 'Lin Yue', 'PhD'), (2, 'Zhang Wei', 'Master'), (3, 'Chen Hao', 'PhD');
    INSERT INTO fund VALUES
      (1, 'Harvest Growth', 1, 1250.5, NULL),
      (2, 'River Bond', 2, 830, NULL),
      (3, 'Summit Value', 3, 410.25, '<img src=x onerror="document.title=''owned''">');
  `);
  const insert = database.prepare('INSERT INTO fund_value VALUES (?, ?)');
  for (let month = 1; month <= 12; month++) {
    insert.run(`2024-${String(month).padStart(2, '0')}-01`, 1 + month / 50);
  }
  database.close();
}
