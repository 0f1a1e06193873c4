/** Whether it may tell something of a row that a column has no value there. */

/** Of fewer rows it says nothing. */
const FEWEST = 3;
const SHARE = 0.02;

/** @param filled rows with a value @param missing rows without */
export function gapsMayTell(filled: number, missing: number): boolean {
  const fewest = Math.max(FEWEST, SHARE * (filled + missing));
  return filled >= fewest && missing >= fewest;
}
