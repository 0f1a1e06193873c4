import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { PeftError } from '../errors.ts';
import type { Translated } from '../translated.ts';
import { runTool } from './run-tool.ts';
import { findCompiler, findNodeGyp, findPython, nodeHeaders } from './toolchain.ts';

/**
 * Builds the native module of an npm package with npm's own node-gyp, against the headers of the
 * running Node, and returns the path of the built `.node` file inside the package.
 *
 * @throws PeftError 'missing-tool' | 'aborted' | 'engine-unavailable'
 */
export async function buildAddon(options: {
  readonly packageFolder: string;
  readonly target: string;
  readonly args?: readonly string[];
  readonly signal: AbortSignal;
  readonly purpose: Translated;
}): Promise<string> {
  findCompiler();
  await findPython(options.signal, { pip: false });
  const headers = nodeHeaders();
  if (headers === null) await fetchNodeHeaders(options.signal);
  await runTool({
    command: process.execPath,
    args: [findNodeGyp(), 'rebuild', '--release', '--jobs', 'max', ...(options.args ?? [])],
    cwd: options.packageFolder,
    // node-gyp lets this variable win over its arguments, and npm sets it from the user's settings.
    ...(headers === null ? {} : { env: { npm_config_nodedir: headers } }),
    signal: options.signal,
    purpose: options.purpose,
  });
  const built = join(options.packageFolder, 'build', 'Release', `${options.target}.node`);
  if (!existsSync(built)) {
    const { en, zh } = options.purpose;
    throw new PeftError('engine-unavailable', {
      en: `${en} ended without making ${built}.`,
      zh: `无法${zh}：构建已结束，但没有生成 ${built}。`,
    });
  }
  return built;
}

let fetchedHeaders: Promise<unknown> | null = null;

/** Node's headers into node-gyp's cache: once for all builds, as two at a time get into each other's way. */
async function fetchNodeHeaders(signal: AbortSignal): Promise<void> {
  fetchedHeaders ??= runTool({
    command: process.execPath,
    args: [findNodeGyp(), 'install', '--ensure'],
    signal,
    purpose: { en: "Fetching Node's headers", zh: '下载 Node 的头文件' },
  });
  await fetchedHeaders;
}

/**
 * Copies a build into node_modules so that the target is either absent, the old one, or whole, and
 * notes where it came from.
 */
export function placeFile(source: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  const partial = `${target}.${process.pid}.partial`;
  try {
    copyFileSync(source, partial);
    rmSync(originNote(target), { force: true });
    renameSync(partial, target);
    writeFileSync(originNote(target), source);
  } finally {
    rmSync(partial, { force: true });
  }
}

/** Whether `target` is a copy of `source` that `placeFile` made. */
export function isPlaced(source: string, target: string): boolean {
  return (
    [source, target, originNote(target)].every((path) => existsSync(path)) &&
    readFileSync(originNote(target), 'utf8') === source &&
    statSync(source).size === statSync(target).size
  );
}

function originNote(target: string): string {
  return `${target}.origin`;
}
