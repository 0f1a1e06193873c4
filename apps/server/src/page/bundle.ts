/**
 * The page as files for browsers, made in memory from the sources in `page/`: ES modules split so
 * that a page, the editor and the charts load when they are first wanted, with names that hold a
 * hash of their content. The sources themselves are not served.
 */
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type BuildOptions, build, type OutputFile, stop } from 'esbuild';

const SOURCE = fileURLToPath(new URL('../../page', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

export interface PageFile {
  readonly type: string;
  readonly content: Buffer;
  readonly gzipped: Buffer;
}

export interface PageBundle {
  /** By name, without a folder. */
  readonly files: ReadonlyMap<string, PageFile>;
  /** Script that runs before anything is drawn. */
  readonly first: string;
  /** Module of the page. */
  readonly main: string;
  /** In the order in which they count. */
  readonly styles: readonly string[];
}

let made: Promise<PageBundle> | undefined;

/** The packages as this process has them: their sources where it runs from its own. */
const CONDITIONS = import.meta.url.endsWith('.ts') ? ['@quaestor/source', 'module'] : ['module'];

/** The bundle of this process, made when it is first asked for. */
export function pageBundle(): Promise<PageBundle> {
  made ??= makeBundle().catch((error: unknown) => {
    made = undefined;
    throw error;
  });
  return made;
}

const OPTIONS = {
  absWorkingDir: SOURCE,
  outdir: SOURCE,
  entryNames: '[name]-[hash]',
  chunkNames: 'part-[hash]',
  bundle: true,
  target: ['chrome123', 'firefox121', 'safari17.5'],
  minify: true,
  legalComments: 'none',
  conditions: CONDITIONS,
  define: { 'process.env.NODE_ENV': '"production"' },
  tsconfigRaw: { compilerOptions: { jsx: 'react-jsx', jsxImportSource: 'preact' } },
  metafile: true,
  write: false,
  logLevel: 'silent',
} as const satisfies BuildOptions;

async function makeBundle(): Promise<PageBundle> {
  const [modules, script] = await Promise.all([
    build({ ...OPTIONS, entryPoints: ['main.tsx'], format: 'esm', splitting: true }),
    build({ ...OPTIONS, entryPoints: ['first.ts'], format: 'iife' }),
  ]);
  // The bundler is a process of its own, which has nothing more to do.
  await stop();
  const outputs = Object.entries(modules.metafile.outputs);
  const [main = '', { cssBundle = '' } = {}] =
    outputs.find(([, { entryPoint }]) => entryPoint === 'main.tsx') ?? [];
  const files = [...modules.outputFiles, ...script.outputFiles].filter(
    ({ contents }) => contents.length > 0,
  );
  const styles = files.map(nameOf).filter((name) => extname(name) === '.css');
  // Styles of single pages count after those of all.
  const shared = basename(cssBundle);
  return {
    files: new Map(files.map((file) => [nameOf(file), pageFile(file)])),
    first: script.outputFiles.map(nameOf)[0] ?? '',
    main: basename(main),
    styles: [shared, ...styles.filter((name) => name !== shared).sort()],
  };
}

const nameOf = ({ path }: OutputFile) => basename(path);

function pageFile({ path, contents }: OutputFile): PageFile {
  return {
    type: TYPES[extname(path)] ?? 'application/octet-stream',
    content: Buffer.from(contents),
    gzipped: gzipSync(contents),
  };
}
