/**
 * Execution accuracy after each pass of the shipped adapter's training against the training pairs seen
 * by then; the last point is that of the adapter itself, a mean over passes. As an SVG: `npx tsx --conditions=@quaestor/source test/bench/learning-curve.ts OUT.svg`.
 */
import { readFileSync } from 'node:fs';
import { replaceFile } from '@quaestor/peft';
import { lineChart } from '../../apps/cli/src/chart/line-chart.ts';

const PASSES = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
  'eleventh',
  'twelfth',
] as const;
const NAMES = {
  bull: 'BULL English',
  bullChinese: 'BULL Chinese',
  spider: 'Spider',
  demo: 'demo',
} as const;

interface Training extends Readonly<Record<(typeof PASSES)[number], { readonly steps: number }>> {}

interface Evaluation {
  readonly sets: Readonly<
    Record<
      keyof typeof NAMES,
      { readonly accuracy: number; readonly afterPass: Readonly<Record<string, number>> }
    >
  >;
}

const result = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../data/results/${name}`, import.meta.url), 'utf8'));
const training = result('finance-sql-train.json') as Training;
const { sets } = result('finance-sql-eval.json') as Evaluation;
/** Examples of an optimizer step, in every pass. */
const BATCH = 8;

let seen = 0;
const pairs = PASSES.map((pass) => {
  seen += training[pass].steps * BATCH;
  return { pass, seen };
});
const chart = lineChart({
  title: 'Execution accuracy by training pairs seen, per cent',
  across: 'training pairs',
  lines: (Object.keys(NAMES) as (keyof typeof NAMES)[]).map((set) => ({
    name: NAMES[set],
    points: pairs.flatMap(({ pass, seen: at }) => {
      const { accuracy, afterPass } = sets[set];
      const value = pass === PASSES.at(-1) ? accuracy : afterPass[pass];
      return value === undefined ? [] : [{ at, value }];
    }),
  })),
  step: 10,
  decimals: [0, 1],
});
const [out] = process.argv.slice(2);
if (out === undefined) throw new Error('Give the file for the chart.');
replaceFile(out, Buffer.from(chart));
