/** Predictions of rows whose label is known, of many rows a sample: what figures are made of. */
import { seededRandom } from '@quaestor/peft';
import {
  classificationReport,
  type LearnedTable,
  type Prediction,
  readQuantity,
  regressionReport,
  type TableReport,
} from '@quaestor/tabllm';

/** More rows make intervals narrower than anyone needs, and slow. */
const MOST = 20_000;
const MANY = 5000;

export class KnownLabels {
  readonly #learned: LearnedTable;
  readonly #random = seededRandom(0);
  readonly #kept: { readonly label: number; readonly said: readonly number[] }[] = [];
  #rows = 0;

  constructor(learned: LearnedTable) {
    this.#learned = learned;
  }

  add(prediction: Prediction): void {
    const label = this.#labelOf(prediction);
    if (label === null) return;
    const said = prediction.kind === 'class' ? prediction.probabilities : [prediction.value];
    // Each row has the same chance to be kept (Vitter's algorithm R).
    const at = this.#rows++ < MOST ? this.#kept.length : this.#random.integer(this.#rows);
    // A copy: as long as most lists of probabilities last, V8 takes all that follow for lasting, too.
    if (at < MOST) this.#kept[at] = { label, said: [...said] };
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

  #labelOf({ label }: Prediction): number | null {
    if (label === null) return null;
    if (this.#learned.kind === 'regressor') return readQuantity(this.#learned, label);
    const place = this.#learned.classes.indexOf(label);
    return place < 0 ? null : place;
  }
}
