/** What a question asks for, as far as it is read. */
import type { Both, Condition, Group, Having, Item, Order, Steps } from './reading.ts';

/** A period that rows are of, before a day of it is known. */
export interface AskedPeriod {
  readonly from: string;
  readonly to: string;
  readonly sign?: '<' | '>' | '>=' | '<=' | undefined;
  /** Whether its last day is meant. */
  readonly ends: boolean;
}

/** What is asked for so far. */
export interface Asked {
  thing?: string;
  shown: Item[];
  conditions: Condition[];
  both?: Both;
  steps?: Steps;
  groups: Group[];
  readonly having: Having[];
  order?: Order | undefined;
  limit?: number | undefined;
  /** The place of the one row that is asked for: `second highest`. */
  place?: number;
  /** Groups in each of which the order and the number of rows hold. */
  firstOf?: readonly Group[];
  readonly tables: string[];
  readonly periods: AskedPeriod[];
  /** `how many` of what is named next. */
  counting: boolean;
  who: boolean;
  /** What else the question begins with. */
  asks?: 'when' | 'where' | 'how-much';
  /** Whether things are asked for, as by `which` and `what`. */
  listed: boolean;
  /** Whether a column is asked for by itself: `which cities`. */
  distinct: boolean;
  implicit: boolean;
  /** Whether it is the groups that are counted. */
  countsGroups?: boolean;
  /** What is asked of the measure of all groups. */
  overGroups?: 'avg';
}
