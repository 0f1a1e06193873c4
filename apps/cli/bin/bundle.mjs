// The command line in one file, made from its sources and made again when they change: Node reads that four
// times as fast as hundreds of sources through tsx. Only Node built-ins before it is made.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Raised when bundles are made in another way. */
const FORMAT = 1;

/**
 * Path of the bundle of an entry; null where none can be made, and the sources have to do.
 * @param repository folder whose `node_modules/.cache` holds it @param entry path of a source
 */
export async function bundleOf(repository, entry) {
  const folder = join(repository, 'node_modules', '.cache', 'quaestor');
  const name = relative(repository, entry).replaceAll(sep, '-').replace(/\.ts$/, '');
  const manifest = join(folder, `${name}.json`);
  try {
    const known = current(manifest, repository);
    if (known !== null) return join(folder, known);
    const { text, inputs } = await build(repository, entry);
    const digest = createHash('sha256').update(text).digest('hex').slice(0, 12);
    const file = `${name}-${digest}.mjs`;
    mkdirSync(folder, { recursive: true });
    replace(join(folder, file), text);
    replace(manifest, JSON.stringify({ format: FORMAT, repository, file, inputs }));
    for (const other of readdirSync(folder)) {
      if (other.startsWith(`${name}-`) && other !== file)
        rmSync(join(folder, other), { force: true });
    }
    return join(folder, file);
  } catch {
    return null;
  }
}

/** Name of the bundle, if it is there and was made here from files as they are now. */
function current(manifest, repository) {
  try {
    const known = JSON.parse(readFileSync(manifest, 'utf8'));
    const isOurs = known.format === FORMAT && known.repository === repository;
    const same = ([path, stamp]) => stampOf(join(repository, path)) === stamp;
    const isThere = isOurs && existsSync(join(dirname(manifest), known.file));
    return isThere && Object.entries(known.inputs).every(same) ? known.file : null;
  } catch {
    return null;
  }
}

/** Changes when a file does. */
function stampOf(path) {
  const { mtimeMs, size } = statSync(path);
  return `${mtimeMs} ${size}`;
}

/** The bundle's text, and the stamps of what it was made from, by path in the repository. */
async function build(repository, entry) {
  // The one that tsx brings, as everywhere.
  const tsx = createRequire(import.meta.url).resolve('tsx');
  const esbuild = createRequire(tsx)('esbuild');
  const stamps = {};
  const note = (path) => {
    stamps[relative(repository, path)] = stampOf(path);
  };
  const result = await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['@quaestor/source'],
    // Tuners register themselves when their file is imported.
    ignoreAnnotations: true,
    logLevel: 'silent',
    plugins: [outside(repository), inPlace(note)],
  });
  // What packages export decides which files these are.
  const packages = new Set(Object.keys(stamps).map((path) => path.split(sep, 2).join(sep)));
  for (const folder of packages) {
    const described = join(repository, folder, 'package.json');
    if (existsSync(described)) note(described);
  }
  return { text: result.outputFiles[0].text, inputs: stamps };
}

/** Packages of others stay where they are, as each importer finds them. */
const outside = (repository) => ({
  name: 'outside',
  setup(build) {
    build.onResolve(
      { filter: /^[^./]/ },
      async ({ path, importer, kind, resolveDir, pluginData }) => {
        if (pluginData === outside || path.startsWith('node:')) return null;
        if (kind === 'entry-point' || path.startsWith('@quaestor/')) return null;
        const found = await build.resolve(path, {
          importer,
          kind,
          resolveDir,
          pluginData: outside,
        });
        const hoisted = join(repository, 'node_modules', sep);
        const own = found.path.startsWith(join(repository, sep));
        const nested = own && !found.path.startsWith(hoisted);
        return { path: nested ? pathToFileURL(found.path).href : path, external: true };
      },
    );
  },
});

/** Sources know where they lie, for they start programs and read files beside them. */
const inPlace = (note) => ({
  name: 'in place',
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
      // Before it is read: a change in between makes it stale, and not unnoticed.
      note(path);
      const source = readFileSync(path, 'utf8');
      const here = JSON.stringify(pathToFileURL(path).href);
      return { contents: source.replaceAll('import.meta.url', here), loader: 'ts' };
    });
  },
});

/** A reader sees the old content or the new. */
function replace(path, text) {
  const temporary = `${path}.${process.pid}.partial`;
  writeFileSync(temporary, text);
  renameSync(temporary, path);
}
