import { accessSync, constants, existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { PeftError } from '../errors.ts';
import { runTool } from './run-tool.ts';

/**
 * Python 3 with pip, or without when `pip` is false.
 *
 * @throws PeftError 'missing-tool' with the package to install.
 */
export async function findPython(signal: AbortSignal, needs: { pip: boolean }): Promise<string> {
  const python = onPath('python3') ?? onPath('python');
  if (python === null) {
    throw new PeftError('missing-tool', {
      en: "needs Python 3: install python3 (Debian: apt-get install python3 python3-pip; macOS: Xcode's tools).",
      zh: '需要 Python 3，请安装 python3（Debian：apt-get install python3 python3-pip；macOS：Xcode 的命令行工具）。',
    });
  }
  if (!needs.pip) return python;
  try {
    await runTool({
      command: python,
      args: ['-m', 'pip', '--version'],
      signal,
      purpose: { en: 'Looking for pip', zh: '查找 pip' },
    });
  } catch (cause) {
    if (cause instanceof PeftError && cause.code === 'aborted') throw cause;
    throw new PeftError(
      'missing-tool',
      {
        en: `needs pip for ${python}: install it (Debian: apt-get install python3-pip; elsewhere: python3 -m ensurepip).`,
        zh: `需要 ${python} 的 pip，请安装（Debian：apt-get install python3-pip；其他系统：python3 -m ensurepip）。`,
      },
      { cause },
    );
  }
  return python;
}

/**
 * The C++ compiler: `CXX`, else g++, c++ or clang++.
 *
 * @throws PeftError 'missing-tool' with the package to install.
 */
export function findCompiler(): string {
  const named = process.env.CXX;
  const compiler = (named ? [named] : ['g++', 'c++', 'clang++'])
    .map(onPath)
    .find((path) => path !== null);
  if (compiler !== undefined && compiler !== null && onPath('make') !== null) return compiler;
  const [en, zh] = compiler ? ['make', ' make'] : ['a C++ compiler', ' C++ 编译器'];
  throw new PeftError('missing-tool', {
    en: `needs ${en}: install g++ and make (Debian: apt-get install g++ make; macOS: xcode-select --install).`,
    zh: `需要${zh}，请安装 g++ 和 make（Debian：apt-get install g++ make；macOS：xcode-select --install）。`,
  });
}

/**
 * node-gyp as shipped inside npm, as a path to its script.
 *
 * @throws PeftError 'missing-tool'
 */
export function findNodeGyp(): string {
  const beside = process.env.npm_execpath;
  const npm = onPath('npm');
  const roots = [
    ...(beside ? [dirname(dirname(beside))] : []),
    ...(npm ? [dirname(dirname(realpathSync(npm)))] : []),
    join(dirname(dirname(process.execPath)), 'lib', 'node_modules', 'npm'),
  ];
  for (const root of roots) {
    const script = join(root, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
    if (existsSync(script)) return script;
  }
  throw new PeftError('missing-tool', {
    en: 'needs npm (its node-gyp builds native modules): install npm.',
    zh: '需要 npm（用其中的 node-gyp 构建本机模块），请安装 npm。',
  });
}

/** Prefix of the running Node when its headers lie beside it; null = node-gyp fetches them. */
export function nodeHeaders(): string | null {
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, 'include', 'node', 'node_api.h')) ? prefix : null;
}

/** The folder of `node_api.h`, for addons that need no more of Node: many ways to install it bring no headers. */
export function nodeApiHeaders(): string {
  const require = createRequire(import.meta.url);
  return dirname(require.resolve('node-api-headers/include/node_api.h'));
}

function onPath(command: string): string | null {
  const folders = command.includes('/') ? [''] : (process.env.PATH ?? '').split(delimiter);
  for (const folder of folders) {
    const path = join(folder, command);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {}
  }
  return null;
}
