/**
 * (1+1) evolution strategy with the one-fifth rule (Rechenberg 1973; Kern et al. 2004): a Gaussian
 * step from the best point so far; its length doubles after a success and shrinks by 2^(−1/4) after a
 * failure, which balances at one success in five.
 */
import type { Random } from '../tensors/random.ts';
import type { Search } from './search.ts';

/** Begins at 0 with steps of length 1 in each coordinate. */
export function* onePlusOne(dimension: number, random: Random): Search {
  let best: Float64Array = new Float64Array(dimension);
  let value = yield best;
  let step = 1;
  for (;;) {
    const tried = best.map((coordinate) => coordinate + step * random.normal());
    const triedValue = yield tried;
    // An equal value counts as a success, so that the search crosses plateaus.
    if (triedValue <= value) {
      best = tried;
      value = triedValue;
      step *= 2;
    } else {
      step *= 2 ** -0.25;
    }
  }
}
