import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { PeftError } from '../errors.ts';
import { expectSpace } from '../hub/free-space.ts';
import {
  type EngineVariant,
  engineFolder,
  libraryNames,
  libtensorflowFolder,
  TENSORFLOW_VERSION,
} from './locate.ts';
import { runTool } from './run-tool.ts';
import type { SetupContext, SetupStep } from './step.ts';
import { findPython } from './toolchain.ts';
import { CUDA_REQUIREMENTS, type PinnedWheel, pinnedWheel, WHEEL_PYTHON } from './wheels.ts';

/** Disk space to leave beside the wheel and its unpacked parts. */
const SPARE_BYTES = 100_000_000;

/** Unpacks the wanted parts of a wheel; entries are checked against the archive's own CRCs. */
const UNPACK = `
import sys, zipfile
wheel, target, *wanted = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if name.startswith(tuple(wanted)):
            archive.extract(name, target)
`;

/**
 * libtensorflow out of TensorFlow's own wheel: pip downloads it against a pinned checksum, its
 * headers and two shared libraries are unpacked, the wheel is deleted.
 */
export function fetchLibtensorflow(variant: EngineVariant): SetupStep {
  return {
    name: 'libtensorflow',
    title: `Fetching libtensorflow ${TENSORFLOW_VERSION} (${variant})`,
    done: (home) => existsSync(join(libtensorflowFolder(home, variant), 'origin.json')),
    run: async (context) => {
      const wheel = pinnedWheel(variant);
      if (wheel === null) {
        throw new PeftError('unsupported', {
          en: `TensorFlow ${TENSORFLOW_VERSION} has no build for ${process.platform} ${process.arch}.`,
          zh: `TensorFlow ${TENSORFLOW_VERSION} 没有适用于 ${process.platform} ${process.arch} 的版本。`,
        });
      }
      const downloads = join(engineFolder(context.home), 'downloads');
      mkdirSync(downloads, { recursive: true });
      expectSpace(downloads, wheel.bytes + wheel.unpackedBytes + SPARE_BYTES);
      const python = await findPython(context.signal, { pip: true });
      const file = await download(python, wheel, downloads, context);
      const cuda = variant === 'gpu' ? await downloadCuda(python, downloads, context) : [];
      await unpack(python, variant, wheel, [file, ...cuda], context);
    },
  };
}

/** The pinned wheel in `downloads`, fetched unless an earlier try left it whole. */
async function download(
  python: string,
  wheel: PinnedWheel,
  downloads: string,
  context: SetupContext,
): Promise<string> {
  const earlier = findWheel(downloads, wheel.project);
  if (earlier !== null && (await sha256(earlier)) === wheel.sha256) return earlier;

  const requirements = join(downloads, 'requirements.txt');
  writeFileSync(
    requirements,
    `${wheel.project}==${TENSORFLOW_VERSION} --hash=sha256:${wheel.sha256}\n`,
  );
  await pip(python, wheel, ['--require-hashes', '-r', requirements], downloads, context);
  const file = findWheel(downloads, wheel.project);
  if (file === null) {
    throw new PeftError('download-failed', {
      en: `pip ended without a wheel of ${wheel.project}.`,
      zh: `pip 已结束，但没有得到 ${wheel.project} 的 wheel 文件。`,
    });
  }
  return file;
}

/** The CUDA libraries. Their checksums are the package index's own: several releases fit. */
async function downloadCuda(
  python: string,
  downloads: string,
  context: SetupContext,
): Promise<readonly string[]> {
  context.report({
    kind: 'note',
    text: 'CUDA libraries are checked against the index’s checksums',
  });
  const folder = join(downloads, 'cuda');
  mkdirSync(folder, { recursive: true });
  const wheel = pinnedWheel('gpu');
  if (wheel === null) return [];
  const unpinned = { ...wheel, bytes: 0, platform: 'manylinux_2_27_x86_64' };
  await pip(python, unpinned, CUDA_REQUIREMENTS, folder, context);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.whl'))
    .map((name) => join(folder, name));
}

async function pip(
  python: string,
  wheel: PinnedWheel,
  requirements: readonly string[],
  folder: string,
  context: SetupContext,
): Promise<void> {
  // pip writes the file in here while it downloads: its size is the progress, and a stop leaves
  // nothing elsewhere.
  const temporary = join(folder, 'temporary');
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  const watch = setInterval(() => {
    const fraction = wheel.bytes === 0 ? undefined : sizeOf(temporary) / wheel.bytes;
    const text = `${(sizeOf(temporary) / 1e6).toFixed(0)} MB of ${wheel.project}`;
    context.report({ kind: 'progress', text, ...(fraction === undefined ? {} : { fraction }) });
  }, 500);
  const platforms =
    process.platform === 'linux'
      ? [wheel.platform, ...olderManylinux(wheel.platform)]
      : [wheel.platform];
  try {
    await runTool({
      command: python,
      args: [
        ...['-m', 'pip', 'download', '--no-deps', '--no-cache-dir', '--disable-pip-version-check'],
        ...['--only-binary=:all:', '--python-version', WHEEL_PYTHON.version],
        ...['--implementation', 'cp', '--abi', WHEEL_PYTHON.abi, '--abi', 'none'],
        ...platforms.flatMap((platform) => ['--platform', platform]),
        ...['--progress-bar', 'off', '--dest', folder],
        ...requirements,
      ],
      env: { TMPDIR: temporary, PIP_REQUIRE_VIRTUALENV: undefined },
      signal: context.signal,
      purpose: { en: `Downloading ${wheel.project}`, zh: `下载 ${wheel.project}` },
    });
  } finally {
    clearInterval(watch);
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** NVIDIA's wheels carry older tags than TensorFlow's. */
function olderManylinux(platform: string): readonly string[] {
  const machine = platform.replace(/^manylinux_\d+_\d+_/, '');
  return [`manylinux_2_17_${machine}`, `manylinux2014_${machine}`];
}

async function unpack(
  python: string,
  variant: EngineVariant,
  wheel: PinnedWheel,
  files: readonly string[],
  context: SetupContext,
): Promise<void> {
  const folder = libtensorflowFolder(context.home, variant);
  const partial = `${folder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  context.report({ kind: 'progress', text: 'unpacking the headers and libraries' });
  const { main, framework } = libraryNames();
  try {
    for (const file of files) {
      await runTool({
        command: python,
        args: [
          ...['-c', UNPACK, file, partial, 'tensorflow/include/'],
          ...[`tensorflow/${main}`, `tensorflow/${framework}`, 'nvidia/'],
        ],
        signal: context.signal,
        purpose: { en: 'Unpacking libtensorflow', zh: '解压 libtensorflow' },
      });
    }
    const origin = { project: wheel.project, version: TENSORFLOW_VERSION, sha256: wheel.sha256 };
    writeFileSync(join(partial, 'origin.json'), `${JSON.stringify(origin, null, 2)}\n`);
    rmSync(folder, { recursive: true, force: true });
    renameSync(partial, folder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  rmSync(join(engineFolder(context.home), 'downloads'), { recursive: true, force: true });
}

function findWheel(folder: string, project: string): string | null {
  const prefix = `${project.replaceAll('-', '_')}-${TENSORFLOW_VERSION}-`;
  const name = readdirSync(folder).find((name) => name.startsWith(prefix) && name.endsWith('.whl'));
  return name === undefined ? null : join(folder, name);
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

function sizeOf(folder: string): number {
  let size = 0;
  try {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) size += statSync(join(entry.parentPath, entry.name)).size;
    }
  } catch {
    // A file that pip has just moved; the next look counts it.
  }
  return size;
}
