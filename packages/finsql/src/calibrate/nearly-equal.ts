/** Whether two numbers are the same but for the dust of doubles. */
export function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) < 1e-9;
}
