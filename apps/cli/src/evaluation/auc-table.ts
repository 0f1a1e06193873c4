/** Means as tables for a terminal: methods below each other, numbers of labelled rows side by side. */
import type { MacroMean, SetMean } from '@quaestor/tabllm';
import { type TableOptions, table } from '../table.ts';

export function macroTable(means: readonly MacroMean[], options?: TableOptions): string {
  const shots = shotsOf(means);
  const rows = methodsOf(means).map((method) => [
    method,
    ...shots.map((k) => cell(means.find((mean) => mean.method === method && mean.k === k)?.mean)),
  ]);
  return table(['method', ...shots.map((k) => `k=${k}`)], rows, options);
}

export function setTables(means: readonly SetMean[], options?: TableOptions): string {
  const shots = shotsOf(means);
  const rows = [...new Set(means.map(({ set }) => set))].flatMap((set) =>
    methodsOf(means).map((method) => [
      set,
      method,
      ...shots.map((k) => {
        const found = means.find(
          (mean) => mean.set === set && mean.method === method && mean.k === k,
        );
        return found ? `${cell(found.mean)} ±${found.sd.toFixed(2).replace(/^0/, '')}` : '';
      }),
    ]),
  );
  return table(['set', 'method', ...shots.map((k) => `k=${k}`)], rows, options);
}

function shotsOf(means: readonly { readonly k: number }[]): number[] {
  return [...new Set(means.map(({ k }) => k))].sort((a, b) => a - b);
}

function methodsOf(means: readonly { readonly method: string }[]): string[] {
  return [...new Set(means.map(({ method }) => method))];
}

function cell(value: number | undefined): string {
  return value === undefined ? '' : value.toFixed(3).replace(/^0/, '');
}
