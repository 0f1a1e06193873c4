/**
 * TabLLM's clean-up of a filled template, for texts that are to equal the published ones: blanks are
 * joined, blank runs of lines shortened, dots at the ends of lines made one. A missing value so
 * leaves its slot: `The Occupation is.`
 */
const STEPS: readonly (readonly [RegExp, string])[] = [
  [/[ \t]+/g, ' '],
  [/\n{3,}/g, '\n\n'],
  [/^ /, ''],
  [/\n /g, '\n'],
  [/ (?=\n?$)/, ''],
  [/ \n/g, '\n'],
  [/\s*\.(?=\n?$)/, '.'],
  [/\s*\.\n/g, '.\n'],
  [/\.+(?=\n?$)/, '.'],
  [/\.+\n/g, '.\n'],
];

export function cleanNote(text: string): string {
  const tidied = STEPS.reduce((note, [pattern, by]) => note.replace(pattern, by), text).replace(
    /\n{3,}/g,
    '\n\n',
  );
  // Credit-g's "... < 100 DM" is left alone, and with it every other dot of such a text.
  return tidied.includes('... ') ? tidied : tidied.replace(/(\s*\.)+ +/g, '. ');
}
