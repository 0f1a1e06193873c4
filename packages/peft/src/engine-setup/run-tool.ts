import { spawn } from 'node:child_process';
import { PeftError } from '../errors.ts';
import type { Translated } from '../translated.ts';

export interface ToolRun {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Added to the environment; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** What was being done, for the message when it fails: "Building the binding". */
  readonly purpose: Translated;
}

/** Lines of output that an error message quotes. */
const QUOTED_LINES = 12;

/**
 * Runs a program to its end and returns its standard output.
 *
 * @throws PeftError 'aborted' (the program is ended first), 'missing-tool' when it is not there,
 *   'download-failed' when its output speaks of the network or the disk, else 'engine-unavailable'.
 */
export async function runTool(run: ToolRun): Promise<string> {
  const { en, zh } = run.purpose;
  const env: NodeJS.ProcessEnv = { ...process.env, ...run.env };
  const child = spawn(run.command, run.args, {
    ...(run.cwd === undefined ? {} : { cwd: run.cwd }),
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that a stop reaches the compilers that the tool started.
    detached: true,
  });
  let output = '';
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const stop = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
  };
  run.signal.addEventListener('abort', stop);
  if (run.signal.aborted) stop();
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    if (run.signal.aborted) {
      throw new PeftError('aborted', { en: `${en} was stopped.`, zh: `已停止${zh}。` });
    }
    if (code !== 0) throw failure(run, output);
    return stdout;
  } catch (cause) {
    if (cause instanceof PeftError) throw cause;
    throw new PeftError(
      'missing-tool',
      {
        en: `${en} needs ${run.command}, which is not there.`,
        zh: `无法${zh}：需要 ${run.command}，但没有找到它。`,
      },
      { cause },
    );
  } finally {
    run.signal.removeEventListener('abort', stop);
  }
}

function failure({ purpose: { en, zh } }: ToolRun, output: string): PeftError {
  const tail = output.trim().split('\n').slice(-QUOTED_LINES).join('\n');
  if (/no space left on device|errno 28|enospc/i.test(output)) {
    return new PeftError('download-failed', {
      en: `${en} failed: the disk is full. Free some space and start again; what was finished is kept.`,
      zh: `无法${zh}：磁盘已满。请腾出空间后重新开始，已完成的部分会保留。`,
    });
  }
  if (/do not match the hashes/i.test(output)) {
    return new PeftError('download-failed', {
      en: `${en} failed: the file that came has another checksum than the one expected. Nothing was kept; try again, or check the package index that pip uses.\n${tail}`,
      zh: `无法${zh}：收到的文件与预期的校验和不符，没有保留任何内容。请重试，或检查 pip 使用的软件包索引。\n${tail}`,
    });
  }
  if (
    /name resolution|newconnectionerror|connecttimeout|read timed out|connection (refused|reset)|enotfound|network is unreachable|no matching distribution/i.test(
      output,
    )
  ) {
    return new PeftError('download-failed', {
      en: `${en} failed: the package index could not be reached or lacks this package. Check the network (and pip's proxy settings) and start again; what was finished is kept.\n${tail}`,
      zh: `无法${zh}：无法连接软件包索引，或其中没有这个软件包。请检查网络（以及 pip 的代理设置）后重新开始，已完成的部分会保留。\n${tail}`,
    });
  }
  return new PeftError('engine-unavailable', {
    en: `${en} failed:\n${tail}`,
    zh: `无法${zh}：\n${tail}`,
  });
}
