/** The question and the answer words for a target column, where nobody gave better ones. */
import { humanName } from '../serialisers/human-name.ts';

export interface LabelQuestion {
  readonly question: string;
  /** Word of each class. */
  readonly words: readonly string[];
}

const NO = new Set(['0', '0.0', 'no', 'false', 'n', 'f']);
const YES = new Set(['1', '1.0', 'yes', 'true', 'y', 't']);

/** @param classes in order, as they stand in the column */
export function askForLabel(target: string, classes: readonly string[]): LabelQuestion {
  const { name } = humanName(target);
  const [first = '', second = ''] = classes.map((label) => label.toLowerCase());
  if (classes.length === 2 && NO.has(first) && YES.has(second)) {
    return { question: `${capital(name)}? Yes or no?`, words: ['No', 'Yes'] };
  }
  const choices = `${classes.slice(0, -1).join(', ')} or ${classes.at(-1)}`;
  return { question: `What is the ${name}? ${choices}?`, words: classes };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
