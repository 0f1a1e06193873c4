/** What is said of people, machines and stakes once they are gone, and before: `still with us`, `out of service`, `still held`. */
import type { Table } from '../../schema/schema.ts';
import type { StoredName } from './stored-days.ts';

/** Of people who work somewhere, a day on which they left. */
export const LEFT = /^(?:leave|left|leaving|resigned|resignation|termination|terminated|exit)$/;
export const HIRED = /hire|join|onboard|入职|聘/i;

/** What is awaited where nothing is put down, by the word of the column. */
const AWAITED: Readonly<Record<string, string>> = {
  approved: 'approval',
  approval: 'approval',
  paid: 'payment',
  payment: 'payment',
  settled: 'settlement',
  settlement: 'settlement',
  delivered: 'delivery',
  delivery: 'delivery',
  completed: 'completion',
  signed: 'signature',
  resolved: 'resolution',
  shipped: 'shipment',
  decided: 'a decision',
  decision: 'a decision',
};

/** Of what has not been received. */
export const STILL_TO_COME: readonly string[] = [
  'we are still waiting for',
  'we are waiting for',
  'still to come',
  'has not come',
  'have not come',
  'has not come in',
  'have not come in',
  'not come in yet',
];

/** `waiting for approval`, `awaiting payment`. */
export function awaitedNames(word: string): StoredName[] {
  const noun = AWAITED[word];
  if (/^(?:received|receipt)$/.test(word))
    return STILL_TO_COME.map((text) => ({ text, not: true }));
  if (noun === undefined) return [];
  return ['waiting for', 'awaiting', 'still waiting for', 'still awaiting'].map((how) => ({
    text: `${how} ${noun}`,
    not: true,
  }));
}

/** People who are there until they have left. */
const STAYING = [
  'still employed',
  'still with us',
  'still here',
  'still there',
  'still working for us',
  'still working with us',
  'still work for us',
  'still on the staff',
];
const GONE = ['no longer with us', 'no longer employed', 'no longer work for us', 'no longer here'];
/** Machines, which serve until they are retired. */
const SERVING = [
  'in service',
  'still in service',
  'in use',
  'still in use',
  'not retired',
  'working',
];
const WITHDRAWN = ['taken out of service', 'out of service', 'taken out of use', 'decommissioned'];
/** Companies, which are held until they are sold. */
const KEPT = [
  'still hold',
  'still held',
  'still own',
  'still in the portfolio',
  'unrealised',
  'unrealized',
];
const SOLD = ['sold', 'realised', 'realized'];

const OF_PEOPLE =
  /employee|staff|member|officer|tenan|customer|client|person|people|trainer|teacher|pupil|student|borrower|dentist|founder|teller|agent|adviser|advisor/i;
const OF_MACHINES =
  /machine|vehicle|truck|car|van|equipment|device|meter|terminal|asset|unit|vessel|aircraft/i;
const OF_STAKES = /portfolio|compan|investment|holding|stake|deal/i;

/** What is said of things of a known kind once they are gone, and before. */
export function lifeNames({ name: table, columns }: Table, word: string): StoredName[] {
  const isStated = columns.some(({ name }) => /status|state$|active/i.test(name));
  const told = (texts: readonly string[], not: boolean) => texts.map((text) => ({ text, not }));
  const hasLeft = LEFT.test(word) || /^(?:left|resigned|departure|departed)$/.test(word);
  if (hasLeft && (OF_PEOPLE.test(table) || columns.some(({ name }) => HIRED.test(name))))
    return [...told(STAYING, true), ...told([...GONE, 'left', 'left us'], false)];
  if (/^(?:end|ended)$/.test(word) && /tenanc|membership|employment/i.test(table))
    return [...told(STAYING, true), ...told([...GONE, 'left', 'moved out', 'left us'], false)];
  if (/^(?:retired|decommissioned|withdrawn|scrapped)$/.test(word) && OF_MACHINES.test(table))
    return [...told(isStated ? [] : SERVING, true), ...told(WITHDRAWN, false)];
  if (/^(?:exit|exited)$/.test(word) && OF_STAKES.test(table))
    return [...told(KEPT, true), ...told(SOLD, false)];
  return [];
}
