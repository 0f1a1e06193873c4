import { describe, expect, it } from 'vitest';
import { runTool } from './run-tool.ts';

const purpose = { en: 'Trying', zh: '尝试运行' };
const run = (script: string, signal = new AbortController().signal) =>
  runTool({ command: process.execPath, args: ['-e', script], signal, purpose });

describe('runTool', () => {
  it('returns what the program prints', async () => {
    expect(await run('process.stdout.write("42"); process.stderr.write("noise")')).toBe('42');
  });

  it('quotes the end of the output when the program fails', async () => {
    await expect(run('console.error("the reason"); process.exit(3)')).rejects.toMatchObject({
      code: 'engine-unavailable',
      message: expect.stringContaining('the reason'),
    });
  });

  it.each([
    ['OSError: [Errno 28] No space left on device', 'the disk is full'],
    ['NewConnectionError: Temporary failure in name resolution', 'could not be reached'],
    ['THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE', 'another checksum'],
  ])('reads "%s" as: %s', async (output, message) => {
    const script = `console.error(${JSON.stringify(output)}); process.exit(1)`;
    await expect(run(script)).rejects.toMatchObject({
      code: 'download-failed',
      message: expect.stringContaining(message),
    });
  });

  it('names a program that is not there', async () => {
    const missing = runTool({
      command: 'no-such-program-here',
      args: [],
      signal: new AbortController().signal,
      purpose,
    });
    await expect(missing).rejects.toMatchObject({ code: 'missing-tool' });
  });

  it('ends the program on a stop', async () => {
    const controller = new AbortController();
    const running = run('setTimeout(() => {}, 60_000)', controller.signal);
    setTimeout(() => controller.abort(), 100);
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
  });
});
