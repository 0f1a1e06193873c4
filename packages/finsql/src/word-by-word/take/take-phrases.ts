/**
 * Phrases of one meaning each → what they ask for. Every phrase is used or says nothing; what nothing
 * follows that it needs makes the question none that is read so.
 */
import type { ParseState } from '../model/parse-state.ts';
import type { Meaning } from '../model/phrase.ts';
import { startParse } from './start-parse.ts';
import { takeColumn } from './take-column.ts';
import { takeNames } from './take-item.ts';
import { takeNumber } from './take-number.ts';
import { takePattern } from './take-pattern.ts';
import { takePeriod } from './take-period.ts';
import { takeLate, takeStored } from './take-stored.ts';
import { takeTable } from './take-table.ts';
import { takeFlag, takeProperty, takeValue } from './take-value.ts';
import { takeWord } from './take-word.ts';

/**
 * The state behind the last phrase.
 * @throws Unread where a phrase does not fit what was said before it
 */
export function takePhrases(
  meanings: readonly Meaning[],
  within: Pick<ParseState, 'schema' | 'links' | 'chinese'>,
): ParseState {
  const state = startParse(meanings, within);
  for (;;) {
    const phrase = state.phrases[state.at++];
    if (phrase === undefined) return state;
    take(state, phrase);
  }
}

function take(state: ParseState, phrase: Meaning): void {
  switch (phrase.kind) {
    case 'table':
      takeTable(state, phrase);
      return;
    case 'column':
      takeColumn(state, phrase);
      return;
    case 'names':
      takeNames(state, phrase);
      return;
    case 'stored':
      takeStored(state, phrase);
      return;
    case 'property':
      takeProperty(state, phrase);
      return;
    case 'late':
      takeLate(state, phrase);
      return;
    case 'flag':
      takeFlag(state, phrase);
      return;
    case 'value':
      takeValue(state, phrase);
      return;
    case 'pattern':
      takePattern(state, phrase);
      return;
    case 'number':
      takeNumber(state, phrase);
      return;
    case 'period':
      takePeriod(state, phrase);
      return;
    case 'word':
      takeWord(state, phrase);
      return;
  }
}
