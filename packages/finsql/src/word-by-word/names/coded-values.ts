/** What people say for what is stored: women for F, Texas for TX, Germany and German for DE, French for France. */
import type { Column } from '../../schema/schema.ts';
import { sidesOf } from '../columns/deal-sides.ts';
import { wordsOf } from '../columns/name-words.ts';
import { NATIONALITIES } from '../words/nationalities.ts';
import { US_STATES } from '../words/us-states.ts';
import { abbreviated } from './abbreviations.ts';
import { codeForms } from './code-forms.ts';
import { disputedNames } from './denied-flags.ts';
import { type Coded, explainedCodes } from './explained-codes.ts';
import { hanDenials, hanStateForms } from './han-state-forms.ts';
import { intervalWords } from './interval-words.ts';
import { stateForms, stateWords } from './state-words.ts';

const GENDERS: readonly (readonly [words: string, codes: string])[] = [
  ['women|woman|female|females', 'F|Female|W|女'],
  ['men|man|male|males', 'M|Male|男'],
];

/** The words for the codes that a column of a known kind holds; none for other columns. */
export function codedValues(column: Column): readonly Coded[] {
  return [
    ...explained(column),
    ...known(column),
    ...shortened(column),
    ...degreesOf(column),
    ...stateWords(column),
    ...abbreviated(column),
  ];
}

/** The words by which codes are told that a comment explains in other words, where nothing else is called so. */
export function toldCodes(column: Column): readonly Coded[] {
  const { codes, areAll } = explainedCodes(column);
  return areAll ? codeForms(codes.filter(tells)) : [];
}

/** Codes that a comment explains: `F fleet` of a column that holds F. */
function explained(column: Column): readonly Coded[] {
  const { codes, areAll } = explainedCodes(column);
  if (!areAll) return codes.filter((code) => isTold(column, code));
  const telling = codes.filter(tells);
  return telling
    .flatMap(([words, code]) =>
      [
        words,
        ...halvesOf(words),
        ...hanForms(words),
        ...thingsDone(words),
        ...disputedNames([words]),
      ].map((one): Coded => [one, code]),
    )
    .concat(stateForms(telling), hanStateForms(telling), hanDenials(codes));
}

const DEGREES =
  /^(?:very )?(?:high|low|medium|moderate|normal|elevated|critical|urgent|minor|major|severe)$/i;
const OF_DEGREES = /^(?:tier|level|grade|class|rating|category|band|flag)$/;

/** `high risk` of a risk_level that holds High, or H for high. */
function degreesOf(column: Column): readonly Coded[] {
  const words = wordsOf(column.name);
  const of = words.slice(0, -1).join(' ');
  if (column.kind !== 'text' || of === '' || !OF_DEGREES.test(words.at(-1) ?? '')) return [];
  const stored = column.samples.map((one): Coded => [one, one]);
  return [...explainedCodes(column).codes, ...stored]
    .filter(([degree]) => DEGREES.test(degree))
    .map(([degree, code]): Coded => [`${degree} ${of}`, code]);
}

const SAYS_NOTHING =
  /^(?:not?|none|yes|not yet|never|无|否|不|没有|是|有|不是|非|不可|不能|未|已)$/i;

/** Whether a code is explained by more than that something is, or is not, so. */
function tells([words]: Coded): boolean {
  return !SAYS_NOTHING.test(words);
}

/** 缴费年期, 1为趸缴: one number of many is explained. */
function isTold({ comment, samples }: Column, [words, code]: Coded): boolean {
  const isExplained = ['为', '表示', '代表'].some((is) => comment.includes(`${code}${is}${words}`));
  return isExplained && /^\p{Script=Han}{2,4}$/u.test(words) && samples.includes(code);
}

/** `hedge accounting` of `hedge accounting applied`, and of `under hedge accounting`. */
function thingsDone(words: string): string[] {
  const within = /^(?:under|in|on|with|by) ([a-z]+ [a-z]+)$/i.exec(words)?.[1];
  if (within !== undefined && !/^(?:the|an?|our|all|its|their|one|full|part) /i.test(within))
    return [within];
  const thing = /^([a-z]+(?: [a-z]+)+) (?:applied|signed|stopped|given|granted|applies)$/i.exec(
    words,
  );
  return thing?.[1] === undefined ? [] : [thing[1]];
}

/** `waiting for approval` of `submitted and waiting for approval`. */
function halvesOf(words: string): string[] {
  const halves = words.split(/ and | or /);
  return halves.length === 2 ? halves : [];
}

/** 完成, 完成了, 被取消 for 已完成, 已取消. */
function hanForms(words: string): string[] {
  const done = /^已经?(\p{Script=Han}{2})$/u.exec(words)?.[1];
  return done === undefined ? [] : [done, `${done}了`, `已经${done}`, `被${done}`, `被${done}了`];
}

/** `CEO` for Chief Executive Officer. */
function shortened({ kind, samples }: Column): readonly Coded[] {
  if (kind !== 'text') return [];
  return samples.flatMap((text): Coded[] => {
    const words = text.split(' ');
    const areNames = words.length >= 3 && words.every((word) => /^[A-Z][a-z]+$/.test(word));
    return areNames ? [[words.map((word) => word.slice(0, 1)).join(''), text]] : [];
  });
}

function known({ name, kind, samples }: Column): readonly Coded[] {
  if (kind !== 'text' || samples.length === 0) return [];
  if (/gender|sex$|性别/i.test(name)) return genders(samples);
  if (/ccy|currency|^curr$|币种/i.test(name)) return currencies(samples);
  const isOfCountries = /country|nation|ctry|domicile|jurisdiction|国家/i.test(name);
  const told = [...sidesOf(name, samples), ...intervalWords(name, samples)];
  if (told.length > 0) return told;
  if (/grade|rating|class|level|tier|等级|级别|评级/i.test(name)) return grades(samples);
  if (!samples.every((sample) => /^[A-Z]{2}$/.test(sample))) {
    return isOfCountries ? nationalitiesOf(samples) : [];
  }
  if (/state|province/i.test(name)) {
    return samples.every((sample) => STATE_CODES.has(sample)) ? US_STATES : [];
  }
  return isOfCountries ? [...countries(), ...NATIONALITIES, ...COUNTRIES_TOO] : [];
}

const CURRENCIES: readonly (readonly [code: string, words: string])[] = [
  ['USD', 'dollar|us dollar|US dollar|美元|美金'],
  ['EUR', 'euro|欧元'],
  ['GBP', 'pound|sterling|pound sterling|british pound|英镑'],
  ['JPY', 'yen|japanese yen|日元'],
  ['CHF', 'swiss franc|franc|瑞士法郎|瑞郎'],
  ['CNY', 'yuan|renminbi|人民币'],
  ['HKD', 'hong kong dollar|港元|港币'],
  ['AUD', '澳元'],
  ['CAD', '加元'],
  ['SGD', '新加坡元'],
];

/** `dollar`, `dollar-denominated` for USD. */
function currencies(samples: readonly string[]): readonly Coded[] {
  return CURRENCIES.filter(([code]) => samples.includes(code)).flatMap(([code, words]) =>
    words.split('|').flatMap((word): Coded[] => [
      [word, code],
      [`${word} denominated`, code],
      [`denominated in ${word}s`, code],
    ]),
  );
}

/** `French` for France, where all that is looked at are names of countries. */
function nationalitiesOf(samples: readonly string[]): readonly Coded[] {
  const codes = new Map(countries());
  const stored = new Map(
    samples.map((sample) => [codes.get(sample) ?? OTHERS.get(sample), sample]),
  );
  if (stored.has(undefined)) return [];
  // `in the UK` of what is stored as United Kingdom.
  const written = COUNTRIES_TOO.flatMap(([word, code]): Coded[] => {
    const name = stored.get(code);
    return name === undefined || name === word ? [] : [[word, name]];
  });
  const told = NATIONALITIES.flatMap(([word, code]): Coded[] => {
    const isSaidOtherwise = [...OTHERS.values()].includes(code);
    const name = stored.get(code) ?? (isSaidOtherwise ? undefined : nameOf(code));
    return name === undefined ? [] : [[word, name]];
  });
  return [...told, ...written];
}

/** Names of countries that are written in several ways, as they are stored only. */
const OTHERS: ReadonlyMap<string, string> = new Map([
  ['USA', 'US'],
  ['US', 'US'],
  ['United States of America', 'US'],
  ['UK', 'GB'],
  ['England', 'GB'],
  ['Great Britain', 'GB'],
  ['Czech Republic', 'CZ'],
  ['Korea', 'KR'],
]);

function nameOf(code: string): string | undefined {
  return countries().find(([, of]) => of === code)?.[0];
}

/** A级 and `grade A` for A. */
function grades(samples: readonly string[]): readonly Coded[] {
  if (!samples.every((sample) => /^[A-Z]{1,3}[+-]?$/.test(sample))) return [];
  // A sign is no part of a phrase: of A and A- neither is told by it.
  const isSole = (code: string) =>
    samples.every((one) => one === code || one.replace(/[+-]$/, '') !== code);
  const plain = samples.filter((code) => /[A-Z]$/.test(code) && isSole(code));
  return plain.flatMap((code): Coded[] => [
    [`${code}级`, code],
    [`${code}类`, code],
    [`grade ${code}`, code],
  ]);
}

const STATE_CODES: ReadonlySet<string> = new Set(US_STATES.map(([, code]) => code));

function genders(samples: readonly string[]): readonly Coded[] {
  return GENDERS.flatMap(([words, codes]) => {
    const stored = codes.split('|').find((code) => samples.includes(code));
    return stored === undefined ? [] : words.split('|').map((word): Coded => [word, stored]);
  });
}

/** What people write for countries beside their names. */
const COUNTRIES_TOO: readonly Coded[] = [
  ['US', 'US'],
  ['USA', 'US'],
  ['the States', 'US'],
  ['UK', 'GB'],
  ['Britain', 'GB'],
  ['Great Britain', 'GB'],
  ['England', 'GB'],
  ['Holland', 'NL'],
  ['UAE', 'AE'],
];

let allCountries: readonly Coded[] | undefined;

/** Every code of ISO 3166-1 with its English and Chinese name; read once. */
function countries(): readonly Coded[] {
  allCountries ??= ['en', 'zh'].flatMap(countriesIn);
  return allCountries;
}

function countriesIn(language: string): Coded[] {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .flatMap((code): Coded[] => {
      const name = names.of(code);
      // DD is no code any longer.
      const isInUse = new Intl.Locale(`und-${code}`).region === code;
      return name === undefined || !isInUse ? [] : [[name, code]];
    });
}
