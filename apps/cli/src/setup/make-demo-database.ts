import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SetupStep } from '@quaestor/peft';
import { inRepository } from '../repository.ts';

/** What this step uses of the recipe, which lies outside of the packages. */
interface Recipe {
  buildDemoDatabase(
    path: string,
    options: { onProgress(part: string, done: number): void },
  ): Promise<{ tables: number; rows: number }>;
}

/** The demo database, made from its seeded recipe; again when the recipe changes. */
export const makeDemoDatabase: SetupStep = {
  name: 'demo',
  title: 'Making the demo database',
  done: (home) => {
    const stamp = stampFile(home);
    return (
      existsSync(demoDatabase(home)) &&
      existsSync(stamp) &&
      readFileSync(stamp, 'utf8') === recipeHash()
    );
  },
  run: async ({ home, report }) => {
    const target = demoDatabase(home);
    mkdirSync(dirname(target), { recursive: true });
    rmSync(stampFile(home), { force: true });
    const file = pathToFileURL(join(inRepository('data/demo'), 'build-demo.ts')).href;
    const recipe = (await import(file)) as Recipe;
    const made = await recipe.buildDemoDatabase(target, {
      onProgress: (part, done) => report({ kind: 'progress', text: part, fraction: done }),
    });
    writeFileSync(stampFile(home), recipeHash());
    report({ kind: 'note', text: `${made.tables} tables, ${made.rows} rows in ${target}` });
  },
};

/** Where the demo database lies, whether or not it has been made. */
export function demoDatabase(home: string): string {
  return join(home, 'databases', 'demo.sqlite');
}

function stampFile(home: string): string {
  return join(home, 'databases', '.demo-recipe');
}

/** Changes with any source of the recipe. */
function recipeHash(): string {
  const folder = inRepository('data/demo');
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) {
    if (/(?<!\.test)\.(ts|sql)$/.test(name)) hash.update(readFileSync(join(folder, name)));
  }
  return hash.digest('hex');
}
