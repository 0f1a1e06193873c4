import { replaceFile } from '@quaestor/peft';

/** Writes a list in Spider's form, one pair a line; the file is the old one or whole. */
export function writeQuestionList(path: string, lines: readonly object[]): void {
  const text = `[\n${lines.map((line) => JSON.stringify(line)).join(',\n')}\n]\n`;
  replaceFile(path, Buffer.from(text));
}
