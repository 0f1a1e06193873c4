/** Bytes of optimizer state for one trained tensor. */
import type { PlanConfig } from './plan-config.ts';

/** bitsandbytes keeps one float32 scale for so many 8-bit values … */
const QUANTISED_BLOCK = 256;
/** … and small tensors in 32 bits. */
const SMALLEST_QUANTISED = 4096;

/**
 * @param optimizer adamw: two moments; adamw-8bit: two of a byte each (Dettmers et al. 2022);
 *   adafactor: sums by row and column instead of the second moment (Shazeer & Stern 2018); sgd: none
 * @param bytes of one moment's value
 */
export function optimizerBytes(
  optimizer: PlanConfig['optimizer'],
  shape: readonly number[],
  bytes: number,
): number {
  const size = shape.reduce((product, length) => product * length, 1);
  switch (optimizer) {
    case 'adamw':
      return 2 * bytes * size;
    case 'adamw-8bit':
      return size < SMALLEST_QUANTISED ? 8 * size : 2 * size * (1 + 4 / QUANTISED_BLOCK);
    case 'adafactor': {
      const [rows = 1, columns = 1] = shape;
      return 4 * (shape.length === 2 ? rows + columns : size);
    }
    case 'sgd':
      return 0;
  }
}
