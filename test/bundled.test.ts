/** What registers itself when its file is imported is there in a bundle, too: `sideEffects` of each package names it. */
import { createRequire } from 'node:module';
import { tuners } from '@quaestor/peft';
import { serialisers } from '@quaestor/tabllm';
import { expect, it } from 'vitest';

interface Bundler {
  buildSync(options: object): { readonly outputFiles: readonly { readonly text: string }[] };
}

it.each([
  ['tabllm', 'serialisers', serialisers()],
  ['peft', 'tuners', tuners()],
])('%s: a bundle has all %s', (name, exported, registered) => {
  // The one that tsx brings, as everywhere.
  const tsx = createRequire(import.meta.url).resolve('tsx');
  const { buildSync } = createRequire(tsx)('esbuild') as Bundler;
  const contents = `import { ${exported} } from '@quaestor/${name}'; console.log(${exported}());`;
  const bundle = buildSync({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    conditions: ['@quaestor/source'],
    external: ['@tensorflow/*', '@huggingface/*', 'iconv-lite', 'papaparse', 'zod', 'ml-matrix'],
  }).outputFiles[0]?.text;
  for (const one of registered) expect(bundle).toContain(`name: "${one.name}"`);
});
