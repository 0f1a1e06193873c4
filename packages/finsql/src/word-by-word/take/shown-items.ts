import type { ParseState } from '../model/parse-state.ts';
import { type ColumnRef, isMeasure, type Measure } from '../model/reading.ts';

export function columnsIn({ asked }: ParseState): ColumnRef[] {
  return asked.shown.flatMap((item) => (isMeasure(item) ? [] : item));
}

export function measuresIn({ asked }: ParseState): Measure[] {
  return asked.shown.filter(isMeasure);
}
