import type { MacroMean } from '@quaestor/tabllm';
import { lineChart } from '../chart/line-chart.ts';

/**
 * Macro mean AUC of every method against the number of labelled rows, as an SVG.
 * @param title what the means are of
 */
export function aucChart(means: readonly MacroMean[], title: string): string {
  const methods = [...new Set(means.map(({ method }) => method))];
  return lineChart({
    title,
    across: 'labelled rows',
    lines: methods.map((name) => ({
      name,
      points: means
        .filter(({ method }) => method === name)
        .map(({ k, mean }) => ({ at: k, value: mean })),
    })),
    step: 0.05,
    decimals: [2, 3],
  });
}
