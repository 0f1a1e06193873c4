/**
 * Predictions of rows whose label is known, of many rows a sample: what figures are made of. Rows that were
 * learned from would make them too good, and are left out.
 */
import { seededRandom, type Translated } from '@quaestor/peft';
import {
  classificationReport,
  type LearnedTable,
  type Prediction,
  placeOfClass,
  readQuantity,
  regressionReport,
  type TableReport,
  type UnknownLabel,
  unknownLabels,
} from '@quaestor/tabllm';

/** More rows make intervals narrower than anyone needs, and slow. */
const MOST = 20_000;
const MANY = 5000;
/** Different labels that are named where they were not learned. */
const NAMED = 3;

export class KnownLabels {
  readonly #learned: LearnedTable;
  /** Rows of a few columns of few values are often the same by nature, and say no less for it. */
  readonly #oftenSame: boolean;
  readonly #random = seededRandom(0);
  readonly #kept: { readonly label: number; readonly said: readonly number[] }[] = [];
  readonly #unknown = new Map<string, UnknownLabel>();
  #labels = 0;
  #unknowns = 0;
  #rows = 0;
  #seen = 0;

  constructor(learned: LearnedTable) {
    this.#learned = learned;
    this.#oftenSame = learned.copies === 0 && 2 * learned.seen.size <= learned.labelled;
  }

  add(prediction: Prediction): void {
    if (prediction.label === null) return;
    this.#labels++;
    const label = this.#labelOf(prediction.label);
    if (label === null) {
      this.#noteUnknown(prediction.row, prediction.label);
      return;
    }
    if (prediction.seen) this.#seen++;
    if (prediction.seen && !this.#oftenSame) return;
    const said = prediction.kind === 'class' ? prediction.probabilities : [prediction.value];
    // Each row has the same chance to be kept (Vitter's algorithm R).
    const at = this.#rows++ < MOST ? this.#kept.length : this.#random.integer(this.#rows);
    // A copy: as long as most lists of probabilities last, V8 takes all that follow for lasting, too.
    if (at < MOST) this.#kept[at] = { label, said: [...said] };
  }

  /** Of labels that were not learned, and of rows with a known one that the model has learned from. */
  warnings(): Translated[] {
    const examples = [...this.#unknown.values()];
    const unknown = { count: this.#unknowns, of: this.#labels, examples };
    return [...unknownLabels(this.#learned, unknown), ...this.#ofSeen()];
  }

  #ofSeen(): Translated[] {
    const seen = this.#seen;
    if (seen === 0) return [];
    if (this.#oftenSame) {
      return [
        {
          en: `${seen} of the ${this.#rows} rows with a label are the same as rows that were learned from, as rows of this table often are; where they are those rows themselves, the figures are too good`,
          zh: `${this.#rows} 个有标签的行中，有 ${seen} 行与学习过的行相同（这个表格的行常常相同）；如果就是学习过的那些行，指标会偏高`,
        },
      ];
    }
    if (this.#rows === 0) {
      return [
        {
          en: `all ${seen} rows with a label are the same as rows that were learned from, so that they cannot tell how good the predictions are`,
          zh: `全部 ${seen} 个有标签的行都与学习过的行相同，因此无法说明预测的好坏`,
        },
      ];
    }
    return [
      {
        en: `${seen} of ${seen + this.#rows} rows with a label are the same as rows that were learned from; the figures are of the others`,
        zh: `${seen + this.#rows} 个有标签的行中，有 ${seen} 行与学习过的行相同；指标只计算其余各行`,
      },
    ];
  }

  /** null where nothing can be said. */
  report(): TableReport | null {
    const labels = this.#kept.map(({ label }) => label);
    if (new Set(labels).size < 2) return null;
    const said = Float64Array.from(this.#kept.flatMap((one) => one.said));
    const draws = { draws: labels.length > MANY ? 100 : 1000 };
    if (this.#learned.kind === 'regressor') {
      return { kind: 'quantity', ...regressionReport(said, Float64Array.from(labels), draws) };
    }
    const { classes, threshold } = this.#learned.classifier.state;
    return {
      kind: 'classes',
      ...classificationReport(said, Int32Array.from(labels), classes, { ...draws, threshold }),
    };
  }

  #noteUnknown(row: number, label: string): void {
    this.#unknowns++;
    if (this.#unknown.size >= NAMED || this.#unknown.has(label)) return;
    this.#unknown.set(label, { row, label });
  }

  #labelOf(label: string): number | null {
    if (this.#learned.kind === 'regressor') return readQuantity(this.#learned, label);
    const place = placeOfClass(this.#learned.classes, label);
    return place < 0 ? null : place;
  }
}
