/** Decided questions → precision and recall of abstaining. */
import type { AbstainedItem } from './abstaining.ts';

export interface AbstainingReport {
  readonly answerable: number;
  readonly unanswerable: number;
  /** Percent of the abstentions that were from unanswerable questions. */
  readonly precision: number;
  /** Percent of the unanswerable questions that were abstained from. */
  readonly recall: number;
  /** Harmonic mean of the two. */
  readonly f1: number;
  /** Answerable questions by what became of them. */
  readonly outcomes: {
    readonly right: number;
    readonly wrong: number;
    /** Abstained from, though the draft was right. */
    readonly rightLost: number;
    /** Abstained from, and no right draft. */
    readonly wrongAvoided: number;
  };
  readonly codes: readonly {
    readonly code: string;
    readonly answerable: number;
    readonly unanswerable: number;
  }[];
  readonly kinds: readonly {
    readonly kind: string;
    readonly questions: number;
    readonly abstained: number;
  }[];
  /** What coverage alone would do at other thresholds. */
  readonly coverage: readonly {
    readonly threshold: number;
    readonly precision: number;
    readonly recall: number;
  }[];
}

const THRESHOLDS = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];

export function abstainingReport(items: readonly AbstainedItem[]): AbstainingReport {
  const answerable = items.filter(({ kind }) => kind === null);
  const unanswerable = items.filter(({ kind }) => kind !== null);
  const figures = (abstains: (item: AbstainedItem) => boolean) => {
    const hits = unanswerable.filter(abstains).length;
    const precision = percent(hits, hits + answerable.filter(abstains).length);
    return { precision, recall: percent(hits, unanswerable.length) };
  };
  const { precision, recall } = figures(({ code }) => code !== null);
  const given = answerable.filter(({ code }) => code === null);
  const kept = answerable.filter(({ code }) => code !== null);
  const right = given.filter(({ correct }) => correct === true).length;
  const rightLost = kept.filter(({ correct }) => correct === true).length;
  return {
    answerable: answerable.length,
    unanswerable: unanswerable.length,
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
    outcomes: {
      right,
      wrong: given.length - right,
      rightLost,
      wrongAvoided: kept.length - rightLost,
    },
    codes: distinct(items.flatMap(({ code }) => code ?? [])).map((code) => ({
      code,
      answerable: answerable.filter((item) => item.code === code).length,
      unanswerable: unanswerable.filter((item) => item.code === code).length,
    })),
    kinds: distinct(unanswerable.flatMap(({ kind }) => kind ?? [])).map((kind) => {
      const own = unanswerable.filter((item) => item.kind === kind);
      const abstained = own.filter(({ code }) => code !== null).length;
      return { kind, questions: own.length, abstained };
    }),
    coverage: THRESHOLDS.map((threshold) => ({
      threshold,
      ...figures((item) => item.coverage < threshold),
    })),
  };
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : (100 * part) / whole;
}
