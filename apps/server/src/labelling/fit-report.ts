/** The report of the package as clients read it: JSON knows no NaN. */
import type { TableReport } from '@quaestor/tabllm';
import type { FitReport } from './fit.ts';

export function fitReportOf(report: TableReport): FitReport {
  const { figures } = report;
  const common = {
    rows: report.rows,
    figures: mapped(figures, ({ value, low, high }) => ({
      value: told(value),
      low: told(low),
      high: told(high),
    })),
  };
  if (report.kind === 'quantity') {
    const alone = mapped(report.meanOnly, told);
    const classes = { confusion: null, by_class: null, reliability: [] };
    return { kind: 'quantity', ...common, alone, ...classes };
  }
  return {
    kind: 'classes',
    ...common,
    alone: mapped(report.priorOnly, told),
    confusion: report.confusion.counts,
    by_class: report.confusion.classes.map(({ precision, recall, f1, support }) => ({
      precision: told(precision),
      recall: told(recall),
      f1: told(f1),
      rows: support,
    })),
    reliability: report.reliability.map(({ rows, confidence, accuracy }) => ({
      rows,
      confidence,
      accuracy,
    })),
  };
}

function mapped<From, To>(record: Readonly<Record<string, From>>, value: (from: From) => To) {
  return Object.fromEntries(Object.entries(record).map(([name, from]) => [name, value(from)]));
}

function told(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
