import {
  existsSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { buildAddon, isPlaced, placeFile } from './build-addon.ts';
import {
  cachedBinding,
  type EngineVariant,
  installedBinding,
  libraryNames,
  libtensorflowFolder,
  tfjsNodeFolder,
} from './locate.ts';
import { compileQuietBinding } from './quiet-binding.ts';
import { runTool } from './run-tool.ts';
import type { SetupStep } from './step.ts';

/** The binding itself, where a quiet loader has its place. */
const INNER = 'tfjs_binding_inner.node';

/**
 * The N-API binding of tfjs-node, built against the fetched libtensorflow and put where tfjs-node
 * looks for it. It is cached in the state folder: after a fresh `npm ci` it is only placed again.
 */
export function buildBinding(variant: EngineVariant): SetupStep {
  return {
    name: 'binding',
    title: 'Building the Node binding of libtensorflow',
    done: (home) => {
      const folder = tfjsNodeFolder(variant);
      if (folder === null) return false;
      return (
        existsSync(cachedBinding(home, variant)) &&
        placements(home, variant, folder).every(([cached, target]) => isPlaced(cached, target)) &&
        libraryLinks(home, variant, folder).every(([link, target]) => pointsTo(link, target))
      );
    },
    run: async ({ home, signal }) => {
      const folder = tfjsNodeFolder(variant);
      if (folder === null) return;
      for (const [link, target] of libraryLinks(home, variant, folder)) relink(link, target);
      if (!existsSync(cachedBinding(home, variant))) await build(home, variant, folder, signal);
      for (const [cached, target] of placements(home, variant, folder)) placeFile(cached, target);
    },
  };
}

/** [cached, installed] for the binding's files: one, or the quiet loader and what it loads. */
function placements(
  home: string,
  variant: EngineVariant,
  packageFolder: string,
): readonly (readonly [string, string])[] {
  const outer = cachedBinding(home, variant);
  const inner = join(dirname(outer), INNER);
  const installed = installedBinding(packageFolder);
  return [
    ...(existsSync(inner) ? [[inner, join(dirname(installed), INNER)] as const] : []),
    [outer, installed],
  ];
}

async function build(
  home: string,
  variant: EngineVariant,
  packageFolder: string,
  signal: AbortSignal,
): Promise<void> {
  const target = 'tfjs_binding';
  const installed = installedBinding(packageFolder);
  const built = await buildAddon({
    packageFolder,
    target,
    args: [
      ...[`--module_name=${target}`, `--module_path=${dirname(installed)}`],
      '--napi_build_version=8',
    ],
    signal,
    purpose: {
      en: 'Building the Node binding of libtensorflow',
      zh: '构建 libtensorflow 的 Node 绑定',
    },
  });
  placeFile(built, installed);
  await expectLoads(installed, signal);
  const quiet = `${built}.quiet`;
  if (await compileQuietBinding(quiet, INNER, signal)) {
    placeFile(built, join(dirname(installed), INNER));
    placeFile(quiet, installed);
    await expectLoads(installed, signal);
    placeFile(built, join(dirname(cachedBinding(home, variant)), INNER));
    placeFile(quiet, cachedBinding(home, variant));
  } else {
    placeFile(built, cachedBinding(home, variant));
  }
  rmSync(join(packageFolder, 'build'), { recursive: true, force: true });
}

/** A binding that does not load (wrong glibc, truncated library) must not be cached. */
async function expectLoads(binding: string, signal: AbortSignal): Promise<void> {
  await runTool({
    command: process.execPath,
    args: ['-e', 'require(process.argv[1])', binding],
    env: { TF_CPP_MIN_LOG_LEVEL: '3' },
    signal,
    purpose: { en: 'Loading the new binding', zh: '加载新的 Node 绑定' },
  });
}

/** [link, target] for everything that tfjs-node's build and run-time search in its `deps`. */
function libraryLinks(
  home: string,
  variant: EngineVariant,
  packageFolder: string,
): readonly (readonly [string, string])[] {
  const unpacked = libtensorflowFolder(home, variant);
  const { main, framework } = libraryNames();
  const library = (name: string) => join(unpacked, 'tensorflow', name);
  const dependency = (name: string) => join(packageFolder, 'deps', 'lib', name);
  const linkerNames =
    process.platform === 'darwin'
      ? ['libtensorflow.2.dylib', 'libtensorflow_framework.2.dylib']
      : ['libtensorflow.so', 'libtensorflow_framework.so'];
  return [
    [join(packageFolder, 'deps', 'include'), join(unpacked, 'tensorflow', 'include')],
    [dependency(linkerNames[0] as string), library(main)],
    [dependency(main), library(main)],
    [dependency(linkerNames[1] as string), library(framework)],
    [dependency(framework), library(framework)],
    ...cudaLibraries(unpacked).map((file) => [dependency(file.name), file.path] as const),
  ];
}

/**
 * NVIDIA's libraries, linked beside libtensorflow, whose search path holds its own folder.
 * Not yet run on a machine with a GPU.
 */
function cudaLibraries(unpacked: string): readonly { name: string; path: string }[] {
  const folder = join(unpacked, 'nvidia');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((component) => join(folder, component, 'lib'))
    .filter((lib) => existsSync(lib))
    .flatMap((lib) =>
      readdirSync(lib)
        .filter((name) => name.includes('.so'))
        .map((name) => ({ name, path: join(lib, name) })),
    );
}

function relink(link: string, target: string): void {
  if (pointsTo(link, target)) return;
  mkdirSync(dirname(link), { recursive: true });
  const partial = `${link}.${process.pid}.partial`;
  rmSync(partial, { force: true });
  symlinkSync(target, partial);
  rmSync(link, { recursive: true, force: true });
  renameSync(partial, link);
}

function pointsTo(link: string, target: string): boolean {
  try {
    return readlinkSync(link) === target;
  } catch {
    return false;
  }
}
