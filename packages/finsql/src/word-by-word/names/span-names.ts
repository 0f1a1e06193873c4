/** What is said of two days of a row together: `delivered late`, `paid on time`, `the delivery time`. */
import type { Column, Table } from '../../schema/schema.ts';
import { firstDay } from '../columns/first-days.ts';
import { COST, type Naming, naming } from '../columns/name-costs.ts';
import { OF_DAY, verbForms, verbNouns, wordsOf } from '../columns/name-words.ts';
import { holdsDays } from '../columns/schema-columns.ts';
import { doneOn } from './han-names.ts';

/** Days on which something is done that was begun or is due. */
const DONE = new Set(
  `paid pay payment delivered delivery received receipt returned return completed completion closed closing
   arrived arrival shipped shipment finished repaid settled settlement resolved resolution`.split(
    /\s+/,
  ),
);
const HAN_DONE = /^(?:付款|支付|到货|收货|交付|交货|送达|归还|完成|还款|发货)/u;
const DUE =
  /(?:^|_)(?:due|promised|promise|required|require|expected|deadline|planned|scheduled)(?:_|$)|到期|应付|应还|承诺|约定|预计|截止|要求/;

export function saidOfSpans(table: Table): Naming[] {
  const days = table.columns.filter(holdsDays);
  const dones = days.filter(isDone);
  const dues = days.filter((one) => !isDone(one) && DUE.test(wordsOf(one.name).join('_')));
  const [due, ...others] = dues;
  const start = firstDay(days);
  const isSole = dones.length === 1;
  return [
    ...saidOfTerm(table, days),
    ...dones.flatMap((done) => [
      ...(due === undefined || others.length > 0 ? [] : saidOfDelay(table, { done, due, isSole })),
      ...(start === undefined || start === done ? [] : saidOfDuration(table, start, done)),
    ]),
  ];
}

const TERM = ['term', 'tenor', 'duration', 'term in days', 'tenor in days', 'duration in days'];
const BEGINS = /^(?:start|begin|inception|effective|from|issue)(?:s|ed)?$/;
const ENDS = /^(?:matur(?:e|es|ity)|expir(?:y|es|ation)|end|ends)$/;

/** `average term of deposits`, from the day on which each starts to that on which it matures. */
function saidOfTerm({ name, columns }: Table, days: readonly Column[]): Naming[] {
  const called = ({ name: own }: Column) => wordsOf(own).filter((one) => !OF_DAY.test(one));
  const of = (pattern: RegExp) =>
    days.filter((day) => called(day).length === 1 && pattern.test(called(day)[0] ?? ''));
  const [start, ...starts] = of(BEGINS);
  const [end, ...ends] = of(ENDS);
  const isKept = columns.some((one) => /term|tenor|duration/i.test(one.name));
  if (start === undefined || end === undefined || starts.length + ends.length > 0 || isKept)
    return [];
  return TERM.map((text) => naming(text, spanOf(name, start, end)));
}

function isDone({ name }: Column): boolean {
  const [word, ...more] = wordsOf(name).filter((one) => !OF_DAY.test(one));
  // `actual_end` beside `planned_end`.
  const isActual = word === 'actual' && more.length === 1;
  const isOne = word !== undefined && more.length === 0 && DONE.has(word);
  return isActual || isOne || HAN_DONE.test(name);
}

/** What is said without a word for what is late. */
const BARE = [
  ...['late', 'too late', 'behind schedule', '延迟', '延期'].map((text) => [text, '>'] as const),
  ...['on time', 'on schedule', 'punctually', '按时', '准时', '按期'].map(
    (text) => [text, '<='] as const,
  ),
];

/** `late` alone only where one thing may be late. */
function saidOfDelay(
  { name }: Table,
  { done, due, isSole }: { readonly done: Column; readonly due: Column; readonly isSole: boolean },
): Naming[] {
  const verbs = verbsOf(done);
  const hanVerbs = doneOn(done);
  const late = [
    ...verbs.flatMap((verb) => [`${verb} late`, `${verb} too late`, `late ${verb}`]),
    ...hanVerbs.flatMap((verb) => [`逾期${verb}`, `延迟${verb}`, `延期${verb}`, `晚${verb}`]),
  ];
  const onTime = [
    ...verbs.flatMap((verb) => [`${verb} on time`, `${verb} in time`]),
    ...hanVerbs.flatMap((verb) => [`按时${verb}`, `准时${verb}`, `按期${verb}`]),
  ];
  const place = { kind: 'late', table: name, column: done.name, due: due.name } as const;
  const bare: readonly (readonly [text: string, sign: '>' | '<='])[] = isSole ? BARE : [];
  const days = isSole ? ['days late', 'days overdue', '延迟天数', '逾期天数'] : [];
  return [
    ...late.map((text) => naming(text, { ...place, sign: '>', bare: false, cost: COST.verb })),
    ...onTime.map((text) => naming(text, { ...place, sign: '<=', bare: false, cost: COST.verb })),
    ...bare.map(([text, sign]) => naming(text, { ...place, sign, bare: true, cost: COST.verb })),
    ...days.map((text) => naming(text, spanOf(name, due, done))),
  ];
}

const HOW_LONG = ['几天', '多少天', '多久', '多长时间'];

/** `delivery time`, `time to delivery`, 交付周期. */
function saidOfDuration({ name }: Table, start: Column, done: Column): Naming[] {
  const nouns = verbNouns(doneWord(done)).filter((noun) => /(?:y|t|al|ion|ing)$/.test(noun));
  const texts = [
    ...nouns.flatMap((noun) => [
      `${noun} time`,
      `time to ${noun}`,
      `time until ${noun}`,
      `days to ${noun}`,
    ]),
    ...doneOn(done).flatMap((verb) => [
      ...[`${verb}周期`, `${verb}时长`, `${verb}天数`],
      // 平均要几天完工, 完工要多久.
      ...HOW_LONG.flatMap((days) => [
        ...['', '要', '需要', '花了', '花'].map((takes) => takes + days + verb),
        ...['要', '需要', '花了', '花', '用了'].map((takes) => verb + takes + days),
      ]),
    ]),
  ];
  return texts.map((text) => naming(text, spanOf(name, start, done)));
}

function spanOf(table: string, from: Column, to: Column) {
  return { kind: 'column', table, column: from.name, until: to.name, cost: COST.verb } as const;
}

function verbsOf(done: Column): string[] {
  const word = doneWord(done);
  const forms = word === 'end' ? ['ended', 'finished', 'completed'] : verbForms(word);
  return forms.filter((verb) => verb.endsWith('ed') || verb === 'paid');
}

function doneWord({ name }: Column): string {
  return wordsOf(name).find((one) => !OF_DAY.test(one) && one !== 'actual') ?? name;
}
