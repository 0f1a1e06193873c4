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

/**
 * Prompts of the usual length, of different databases so that no cache of one helps with the next, each
 * beside a known question whose SQL is near what is asked for, as it mostly is: the built-in generator
 * drafts what it writes from there.
 */
const PROMPTS = [
  `fund_manager(manager_id:int, manager_name, gender, birth_year:int, education='Doctor' (highest degree), company_id:int, start_date:date, award_count:int)
fund_company(company_id:int, company_name='Northgate Asset Management', short_name, city, founded:date, registered_capital:num (million yuan), staff:int)
fund(fund_id:int, fund_name, fund_type='Equity', manager_id:int, company_id:int, total_assets:num (million yuan), management_fee:num (percent), set_up:date, status)
fund_holding(fund_id:int, stock_code, report_date:date, shares:num, share_of_assets:num (percent))
fund.manager_id = fund_manager.manager_id
fund.company_id = fund_company.company_id
Q: Which equity funds are managed by somebody with a master's degree, the largest first?
SQL: select f.fund_name, f.total_assets from fund as f join fund_manager as m on f.manager_id = m.manager_id where f.fund_type = 'Equity' and m.education = 'Master' order by f.total_assets desc
Q: Which bond funds are managed by somebody with a doctorate, the largest first?
SQL:`,
  `stock(code, stock_name, short_name, industry='Banking', exchange, listed:date, registered_city, issue_price:num)
quote(code, trade_date:date, open_price:num, high_price:num, low_price:num, close_price:num, volume:int (shares), turnover:num (yuan))
dividend(code, fiscal_year:int, per_share:num, announced:date, paid:date)
income(code, fiscal_year:int, revenue:num (million yuan), operating_cost:num, net_profit:num (million yuan), eps:num (per share))
balance(code, fiscal_year:int, total_assets:num, total_liabilities:num, equity:num, cash:num)
quote.code = stock.code
income.code = stock.code
Q: What was the highest closing price of each technology stock in 2021?
SQL: select s.stock_name, max(q.close_price) from quote as q join stock as s on q.code = s.code where s.industry = 'Technology' and q.trade_date like '2021-%' group by s.code, s.stock_name
Q: What was the lowest closing price of each banking stock in 2023?
SQL:`,
  `indicator(indicator_id:int, indicator_name='CPI', category, unit, frequency, source, first_published:date, is_adjusted:int)
region(region_id:int, region_name='Guangdong', kind, capital, area:num (square kilometres), population:int)
observation(observation_id:int, indicator_id:int, region_id:int, period:date, value:num, is_preliminary:int, published:date)
revision(observation_id:int, revised_on:date, old_value:num, new_value:num, reason)
observation.indicator_id = indicator.indicator_id
observation.region_id = region.region_id
Q: What was the average value of the unemployment rate in each region since 2015?
SQL: select r.region_name, avg(o.value) from observation as o join indicator as i on o.indicator_id = i.indicator_id join region as r on o.region_id = r.region_id where i.indicator_name = 'Unemployment rate' and o.period >= '2015-01-01' group by r.region_id, r.region_name
Q: What was the highest value of the CPI in each region since 2018?
SQL:`,
];
/** Another set of them makes what was measured with the last one worth nothing. */
const QUESTIONS = 'questions 2';
const WRITTEN = { temperature: 0, maxTokens: 80, stop: ['\n'] };

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
    QUESTIONS,
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
