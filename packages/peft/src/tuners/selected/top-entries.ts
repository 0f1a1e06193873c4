/**
 * The exact k best entries of one ranking over several arrays; of equal scores the earlier entry is
 * better. A radix selection over the bits of the floats: three passes, no copy and no sort.
 */
import { PeftError } from '../../errors.ts';

/** Key bits per pass, from the top. */
const DIGITS = [11, 11, 10];

/**
 * @param count k, at most the number of all entries
 * @param best 'largest' or 'smallest' score
 * @returns for each array the chosen indices, ascending
 * @throws PeftError 'bad-config' when a score is not finite
 */
export function topEntries(
  scores: readonly Float32Array[],
  count: number,
  best: 'largest' | 'smallest' = 'largest',
): readonly Int32Array[] {
  const bits = scores.map(
    ({ buffer, byteOffset, length }) => new Uint32Array(buffer, byteOffset, length),
  );
  const flip = best === 'largest' ? 0 : 0xffffffff;
  const { key: threshold, above } = kthKey(bits, count, flip);
  let ties = count - above;
  return bits.map((array) => {
    const chosen: number[] = [];
    for (let i = 0; i < array.length; i++) {
      const key = keyOf(array[i] as number, flip);
      if (key > threshold) chosen.push(i);
      else if (key === threshold && ties > 0) {
        ties--;
        chosen.push(i);
      }
    }
    return Int32Array.from(chosen);
  });
}

/** The k-th largest key, and how many keys are larger. */
function kthKey(
  arrays: readonly Uint32Array[],
  count: number,
  flip: number,
): { key: number; above: number } {
  let prefix = 0;
  let shift = 32;
  let above = 0;
  for (const width of DIGITS) {
    const counts = new Float64Array(1 << width);
    shift -= width;
    for (const array of arrays) {
      for (let i = 0; i < array.length; i++) {
        const key = keyOf(array[i] as number, flip);
        // A shift by 32 would be a shift by 0.
        if (shift + width === 32 || key >>> (shift + width) === prefix) {
          const digit = (key >>> shift) & ((1 << width) - 1);
          counts[digit] = (counts[digit] as number) + 1;
        }
      }
    }
    let digit = counts.length - 1;
    while (digit > 0 && above + (counts[digit] as number) < count) {
      above += counts[digit] as number;
      digit--;
    }
    prefix = prefix * 2 ** width + digit;
  }
  return { key: prefix, above };
}

/** The bits of a float as a number that grows with it; −0 counts as 0. */
function keyOf(bits: number, flip: number): number {
  if ((bits & 0x7f800000) === 0x7f800000) {
    throw new PeftError('bad-config', {
      en: 'a score is not a finite number; check the model’s weights and the training data',
      zh: '有的评分不是有限的数，请检查模型的权重和训练数据',
    });
  }
  const key = bits >>> 31 === 0 ? bits | 0x80000000 : bits === 0x80000000 ? bits : ~bits;
  return (key ^ flip) >>> 0;
}
