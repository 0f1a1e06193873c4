/** What a question says of a reading as a whole: in which currency, in which unit of time, of all or of one. */
import type { Reading } from '../model/reading.ts';
import type { AskedBy } from './asked-by.ts';
import { expectNotEvery } from './every-one.ts';
import { expectFigureMeant } from './expect-figure-meant.ts';
import { expectOneHolder } from './expect-one-holder.ts';
import { expectOneTime } from './expect-one-time.ts';
import { expectThingAsked } from './expect-thing-asked.ts';
import { expectTimeOfState } from './expect-time-of-state.ts';
import { heldToCurrency } from './held-to-currency.ts';
import { inKeptTime } from './kept-times.ts';
import { inPoints } from './points-in-percent.ts';

/**
 * The reading, held to the currency that is named, and with figures and bounds in the units that are kept.
 * @throws Unread where a reading does not do what the question says
 */
export function asAsked(reading: Reading, by: AskedBy): Reading {
  expectNotEvery(reading, by);
  expectFigureMeant(reading, by);
  expectOneHolder(reading, by);
  expectOneTime(reading, by);
  expectThingAsked(reading, by);
  expectTimeOfState(reading, by);
  return inPoints(inKeptTime(heldToCurrency(reading, by), by), by);
}
