import type { Memory, NumberForm, PlanConfig, TrainingPlan } from '@quaestor/peft';
import { type TableOptions, table } from '../table.ts';

/** A column of the table: where the memory lies and what it holds. */
interface Column {
  readonly title: string;
  readonly memory: Memory;
}

const ROWS: readonly (readonly [keyof Memory, string])[] = [
  ['weights', 'weights'],
  ['gradients', 'gradients'],
  ['optimizer', 'optimizer'],
  ['activations', 'activations'],
  ['process', 'the process itself'],
  ['total', 'total'],
];

/**
 * The plan for people: GB (10⁹ bytes) by what they hold, side by side, and whether each fits.
 * @param settings the method's, where they are not its schema's own
 * @param form in which the plan has this package's engine compute
 * @param free bytes that a process can have on this machine
 */
export function printPlan(
  plan: TrainingPlan,
  settings: Readonly<Record<string, unknown>>,
  config: PlanConfig,
  form: NumberForm,
  free: number,
  options?: TableOptions,
): string {
  const share = ((100 * plan.trained) / plan.parameters).toPrecision(3);
  const columns = planColumns(plan, config, form);
  const set = Object.entries(settings).map(([field, value]) => `${field}=${shown(value)}`);
  const rows = ROWS.map(([part, label]) => [
    label,
    ...columns.map(({ memory }) => gigabytes(memory[part]).padStart(8)),
  ]);
  return [
    `${plan.model}, ${plan.method}: ${count(plan.trained)} parameters trained beside ${count(plan.parameters)} (${share} %)`,
    ...(set.length > 0 ? [`with ${set.join(', ')}`] : []),
    '',
    table(['GB', ...columns.map(({ title }) => title)], rows, options),
    ...columns.map(
      ({ title, memory }) =>
        `${title}: ${memory.total <= free ? 'fits' : 'does not fit'} in the ${gigabytes(free)} GB that are free here.`,
    ),
    '',
  ].join('\n');
}

function planColumns(
  plan: TrainingPlan,
  { precision, optimizer }: PlanConfig,
  form: NumberForm,
): readonly Column[] {
  return [
    ...(plan.engine === null
      ? []
      : [{ title: `quaestor (${formName(form)})`, memory: plan.engine }]),
    { title: `transformers (${precision}, ${optimizer})`, memory: plan.transformers },
    ...(plan.host === null ? [] : [{ title: 'its host', memory: plan.host }]),
  ];
}

/** As QUAESTOR_PRECISION has it. */
const formName = ({ precision, storage }: NumberForm): string =>
  precision === storage ? precision : 'mixed';

/** As `--set` takes it. */
const shown = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

/** Small amounts with more digits: a LoRA’s optimizer takes some megabytes. */
const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(bytes < 1e8 ? 4 : 2);
const count = (value: number): string => value.toLocaleString('en-US');
