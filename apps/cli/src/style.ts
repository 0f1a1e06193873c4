/** Colours for terminals that want them: NO_COLOR (no-color.org), FORCE_COLOR, dumb terminals, pipes. */
const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

type Style = Readonly<Record<keyof typeof CODES, (text: string) => string>>;

const wrapped = Object.fromEntries(
  Object.entries(CODES).map(([name, [on, off]]) => [
    name,
    (text: string) => (text === '' ? '' : `\x1b[${on}m${text}\x1b[${off}m`),
  ]),
) as Style;

/** Leaves every text as it is. */
export const PLAIN: Style = Object.fromEntries(
  Object.keys(CODES).map((name) => [name, (text: string) => text]),
) as Style;

/** The styles of a stream: FORCE_COLOR wins over NO_COLOR, and both over what the stream is. */
export function styleOf(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): Style {
  const { FORCE_COLOR: forced, NO_COLOR: none, TERM: terminal } = env;
  if (forced !== undefined) return /^(?:0|false)$/i.test(forced) ? PLAIN : wrapped;
  if (none) return PLAIN;
  return stream.isTTY === true && terminal !== 'dumb' ? wrapped : PLAIN;
}
