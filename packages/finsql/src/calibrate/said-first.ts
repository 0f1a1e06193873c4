/** `The latest first`, 最大的在前: what a question begins the rows with. */
const TIME =
  /\b(?:latest|newest|most recent|earliest|oldest)(?: (?!first\b)\w+)? first\b|最[新近早旧][^，,。]{0,4}(?:在前|排前|优先)/i;
const SIZE =
  /\b(?:largest|biggest|highest|greatest|most(?! recent)|smallest|lowest|least|longest|shortest|dearest|cheapest)(?: (?!first\b)\w+)? first\b|最[大高多长小低少短贵][^，,。]{0,4}(?:在前|排前|优先)/i;

/** Whether the rows begin by time or by size; undefined where the question does not say. */
export function saidFirst(question: string): 'time' | 'size' | undefined {
  if (TIME.test(question)) return 'time';
  return SIZE.test(question) ? 'size' : undefined;
}
