import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/**
 * What Node needs before a program of this package: nothing where it is JavaScript; tsx and the packages'
 * sources where it is TypeScript, in whatever folder it is started.
 */
export function loaderArguments(fromSource: boolean): readonly string[] {
  if (!fromSource) return [];
  const tsx = createRequire(import.meta.url).resolve('tsx');
  return ['--conditions=@quaestor/source', '--import', pathToFileURL(tsx).href];
}
