/**
 * A program of a thread, where programs are TypeScript: bundled by the esbuild that tsx brings. With tsx
 * itself a thread would take six times as long to start, and three times the memory.
 */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** The part of esbuild that is used. */
interface Bundler {
  buildSync(options: object): { readonly outputFiles: readonly { readonly text: string }[] };
}

const bundles = new Map<string, string>();

/** One text with all that a program imports, in CommonJS; made once. */
export function bundleOf(program: URL): string {
  const file = fileURLToPath(program);
  const bundle = bundles.get(file) ?? build(file);
  bundles.set(file, bundle);
  return bundle;
}

function build(file: string): string {
  const tsx = createRequire(import.meta.url).resolve('tsx');
  const { buildSync } = createRequire(tsx)('esbuild') as Bundler;
  const { outputFiles } = buildSync({
    entryPoints: [file],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    conditions: ['@quaestor/source'],
  });
  return outputFiles.map(({ text }) => text).join('');
}
