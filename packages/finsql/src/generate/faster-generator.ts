/**
 * Which of two local generators is faster on this machine, for one question at a time. It is measured
 * once and kept: only another engine, model, library or processor makes it worth measuring again.
 */
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { basename } from 'node:path';
import { performance } from 'node:perf_hooks';
import { engineState, findLlamaCpp, replaceFile } from '@quaestor/peft';
import * as z from 'zod';
import type { Generator } from './generator.ts';

const seconds = z.object({ builtin: z.number().positive(), llama: z.number().positive() });

/** Seconds that each takes for a question. */
type GeneratorSpeeds = z.output<typeof seconds>;

const measured = z.record(z.string(), seconds);

/** Opens a generator. */
export type OpenGenerator = () => Promise<{
  readonly generator: Generator;
  close(): Promise<void> | void;
}>;

/** Questions of different databases, so that no cache of one helps with the next. */
const PROMPTS = [
  `fund_manager(manager_id:int, name, education='Doctor' (highest degree), start_date:date)
fund(fund_id:int, fund_name, manager_id:int, total_assets:num (million yuan), set_up:date)
fund.manager_id = fund_manager.manager_id
Q: Which managers have a master's degree?
SQL: select name from fund_manager where education = 'Master'
Q: Which funds are managed by somebody with a doctorate, the largest first?
SQL:`,
  `stock(code, stock_name, industry='Banking', listed:date)
quote(code, trade_date:date, open_price:num, close_price:num, volume:int (shares))
quote.code = stock.code
Q: How many stocks are there?
SQL: select count(*) from stock
Q: What was the highest closing price of each banking stock after 2020?
SQL:`,
  `indicator(indicator_id:int, indicator_name='CPI', unit)
observation(indicator_id:int, region, period:date, value:num)
observation.indicator_id = indicator.indicator_id
Q: Which regions are there?
SQL: select distinct region from observation
Q: What was the average value of the CPI in each region since 2015?
SQL:`,
];
const WRITTEN = { temperature: 0, maxTokens: 40, stop: ['\n'] };

export interface LocalGenerators {
  readonly builtin: OpenGenerator;
  readonly llama: OpenGenerator;
}

/**
 * Whether llama.cpp is the faster one here; never where it cannot be had.
 * @param model file or folder of the base model
 * @param file JSON of what was measured so far
 * @throws as `localSpeeds`
 */
export async function isLlamaFaster(
  model: string,
  file: string,
  generators: LocalGenerators,
  signal?: AbortSignal,
): Promise<boolean> {
  const library = model.endsWith('.gguf') ? await findLlamaCpp() : null;
  if (library === null) return false;
  const { libraries, kernels } = engineState();
  const fingerprint = [
    basename(model),
    cpus()[0]?.model.trim() ?? 'unknown processor',
    `${availableParallelism()} threads`,
    basename(libraries ?? 'wasm'),
    basename(kernels ?? 'no kernels'),
    `node-llama-cpp ${await library.getModuleVersion()}`,
  ].join(', ');
  const { builtin, llama } = await localSpeeds(file, fingerprint, generators, signal);
  return llama < builtin;
}

/** Seconds for one question, asked alone: the median of several, after one to warm up. */
async function secondsPerQuestion(generator: Generator, signal?: AbortSignal): Promise<number> {
  const times: number[] = [];
  for (const prompt of [`Q: Is this a test?\nSQL:`, ...PROMPTS]) {
    const began = performance.now();
    const request = { ...WRITTEN, ...(signal && { signal }) };
    for await (const _ of generator.generate([prompt], request)) signal?.throwIfAborted();
    times.push((performance.now() - began) / 1000);
  }
  return times.slice(1).sort((a, b) => a - b)[Math.floor(PROMPTS.length / 2)] as number;
}

/**
 * The speeds of both, measured unless the file has them: one after the other, so that both need not fit
 * into memory.
 * @param file JSON of what was measured so far; one that cannot be read counts as empty
 * @param fingerprint of everything that the speeds depend on
 * @throws what opening a generator throws; the signal's reason
 */
export async function localSpeeds(
  file: string,
  fingerprint: string,
  generators: LocalGenerators,
  signal?: AbortSignal,
): Promise<GeneratorSpeeds> {
  const known = readMeasured(file);
  const found = known[fingerprint];
  if (found !== undefined) return found;
  const measure = async (name: 'builtin' | 'llama'): Promise<number> => {
    const opened = await generators[name]();
    try {
      return await secondsPerQuestion(opened.generator, signal);
    } finally {
      await opened.close();
    }
  };
  const speeds = { builtin: await measure('builtin'), llama: await measure('llama') };
  const all = { ...known, [fingerprint]: speeds };
  replaceFile(file, Buffer.from(`${JSON.stringify(all, null, 2)}\n`));
  return speeds;
}

function readMeasured(file: string): z.output<typeof measured> {
  if (!existsSync(file)) return {};
  try {
    return measured.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}
