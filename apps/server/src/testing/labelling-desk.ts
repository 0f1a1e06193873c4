/** For tests: a real desk in a folder of its own, over a process that learns. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { ServerError } from '../errors.ts';
import { LabellingDesk } from '../labelling/labelling-desk.ts';
import { LabellingStore } from '../labelling/labelling-store.ts';
import { LearningProcess } from '../labelling/learning-process.ts';
import { UploadStore } from '../uploads/upload-store.ts';

export interface TestingDesk {
  readonly store: LabellingStore;
  readonly learning: LearningProcess;
  readonly report: (error: unknown) => void;
  /** A desk that has nothing in memory. */
  desk(): LabellingDesk;
  /** A new labelling. @param table CSV @returns its id */
  begin(table: string): Promise<string>;
  /** Expects that nothing was reported. */
  close(): void;
}

/** What a language model does that is busy, or too slow. */
export function failing(code: 'too-busy' | 'timeout'): () => Promise<never> {
  return async () => {
    throw new ServerError(code, 'not now');
  };
}

export function testingDesk(): TestingDesk {
  const home = mkdtempSync(join(tmpdir(), 'quaestor-desk-'));
  const store = new LabellingStore(home);
  const learning = new LearningProcess();
  const uploads = new UploadStore(home, 1e6);
  const reported: unknown[] = [];
  const report = (error: unknown) => void reported.push(error);
  return {
    store,
    learning,
    report,
    desk: () => new LabellingDesk({ store, uploads, learning, report }),
    begin: async (table) => {
      const { id, file } = store.place();
      writeFileSync(file, table);
      const description = await learning.call('describe', { file });
      store.add({ id, name: 'rows.csv', bytes: table.length, description });
      return id;
    },
    close: () => {
      learning.close();
      store.close();
      rmSync(home, { recursive: true });
      expect(reported).toEqual([]);
    },
  };
}
