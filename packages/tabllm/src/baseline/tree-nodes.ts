/**
 * Trees as parallel lists, one tree after the other: few, flat and typed, so that a file
 * holds them as they are, in 32 bits.
 */
import type { Matrix } from './matrix.ts';

export interface TreeNodes {
  /** Entries of a leaf: class shares, or one value. */
  readonly outputs: number;
  /** Root of each tree. */
  readonly roots: Int32Array;
  /** Column of x that a node asks for; −1: a leaf. */
  readonly feature: Int32Array;
  /** Rows with at most this go left. */
  readonly threshold: Float32Array;
  /** Next node; of a leaf: where its entries stand in `leaves`. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly leaves: Float32Array;
}

/** A list that grows while trees are grown. */
export class TreeBuilder {
  readonly #feature: number[] = [];
  readonly #threshold: number[] = [];
  readonly #left: number[] = [];
  readonly #right: number[] = [];
  readonly #leaves: number[] = [];
  readonly #roots: number[] = [];

  /** @returns the node, as a leaf without entries */
  open(): number {
    this.#threshold.push(0);
    this.#left.push(0);
    this.#right.push(0);
    return this.#feature.push(-1) - 1;
  }

  root(): number {
    const node = this.open();
    this.#roots.push(node);
    return node;
  }

  split(node: number, feature: number, threshold: number): { left: number; right: number } {
    const [left, right] = [this.open(), this.open()];
    this.#feature[node] = feature;
    this.#threshold[node] = threshold;
    this.#left[node] = left;
    this.#right[node] = right;
    return { left, right };
  }

  leaf(node: number, entries: ArrayLike<number>): void {
    this.#left[node] = this.#leaves.length;
    for (let i = 0; i < entries.length; i++) this.#leaves.push(entries[i] as number);
  }

  finish(outputs: number): TreeNodes {
    return {
      outputs,
      roots: Int32Array.from(this.#roots),
      feature: Int32Array.from(this.#feature),
      threshold: Float32Array.from(this.#threshold),
      left: Int32Array.from(this.#left),
      right: Int32Array.from(this.#right),
      leaves: Float32Array.from(this.#leaves),
    };
  }

  /** Adds the last tree's leaf of each row, for trees that are grown on those before them. */
  addLastTree(x: Matrix, to: Float64Array, offset: number, stride: number): void {
    const root = this.#roots.at(-1) as number;
    for (let i = 0; i < x.rows; i++) {
      let node = root;
      for (let f = this.#feature[root] as number; f >= 0; f = this.#feature[node] as number) {
        const below =
          (x.values[i * x.columns + f] as number) <= Math.fround(this.#threshold[node] as number);
        node = (below ? this.#left[node] : this.#right[node]) as number;
      }
      const at = offset + i * stride;
      to[at] = (to[at] as number) + (this.#leaves[this.#left[node] as number] as number);
    }
  }
}
