/**
 * Makes the demo database, in a process of its own: its recipe lies outside of the packages, as a source.
 * Told the database's path; replies with progress, and with what was made or why it was not.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inRepository } from '../repository.ts';

/** What this program uses of the recipe. */
interface Recipe {
  buildDemoDatabase(
    path: string,
    options: { onProgress(part: string, done: number): void },
  ): Promise<{ tables: number; rows: number }>;
}

export type DemoReply =
  | { readonly kind: 'progress'; readonly part: string; readonly done: number }
  | { readonly kind: 'made'; readonly tables: number; readonly rows: number }
  | { readonly kind: 'failed'; readonly reason: string };

const reply = (message: DemoReply) => process.send?.(message);
const [target = ''] = process.argv.slice(2);
const file = pathToFileURL(join(inRepository('data/demo'), 'build-demo.ts')).href;
try {
  const recipe = (await import(file)) as Recipe;
  const { tables, rows } = await recipe.buildDemoDatabase(target, {
    onProgress: (part, done) => reply({ kind: 'progress', part, done }),
  });
  reply({ kind: 'made', tables, rows });
} catch (error) {
  reply({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
}
process.disconnect?.();
