/** Rows of a table in words and a yes or no to say, scored by the area under the ROC curve. */
import { readFileSync } from 'node:fs';
import {
  engine,
  hiddenRows,
  type LanguageModel,
  logits,
  packSequences,
  seededRandom,
  type Tokenizer,
} from '@quaestor/peft';
import { areaUnderRoc } from '@quaestor/tabllm';
import { inRepository } from '../../repository.ts';
import type { MethodTask } from './task.ts';

/** Labelled rows, and rows that are scored. */
const SHOTS = 64;
const SCORED = 200;
const WORDS = {
  recency: 'months since the last donation',
  frequency: 'number of donations',
  monetary: 'c.c. of blood donated',
  time: 'months since the first donation',
};

interface Donor {
  readonly text: string;
  readonly positive: boolean;
}

/** The blood set: does a donor come again? Balanced few-shot rows, the others in their own proportion. */
export function tableTask(tokenizer: Tokenizer, seed: number): MethodTask {
  const donors = seededRandom(seed).shuffle(readDonors());
  const shots = [true, false].flatMap((label) =>
    donors.filter(({ positive }) => positive === label).slice(0, SHOTS / 2),
  );
  const others = donors.filter((donor) => !shots.includes(donor)).slice(0, SCORED);
  const [yes, no] = [' Yes', ' No'].map((word) => tokenizer.encode(word)[0] as number);
  const encode = ({ text, positive }: Donor) => {
    const before = tokenizer.encode(text);
    return { ids: [...before, (positive ? yes : no) as number], labelStart: before.length };
  };
  return {
    name: 'table',
    train: shots.map(encode),
    heldOut: others.map(encode),
    score: (model: LanguageModel) => {
      const margins: number[] = [];
      for (let start = 0; start < others.length; start += 20) {
        const prompts = others.slice(start, start + 20).map(({ text }) => tokenizer.encode(text));
        margins.push(...yesMargins(model, prompts, yes as number, no as number));
      }
      const labels = others.map(({ positive }) => positive);
      return { name: 'AUC', value: 100 * areaUnderRoc(margins, labels) };
    },
  };
}

function readDonors(): Donor[] {
  const [header = '', ...lines] = readFileSync(inRepository('data/tables/blood/rows.csv'), 'utf8')
    .trim()
    .split(/\r?\n/);
  const names = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',').map(Number);
    const said = Object.entries(WORDS).map(
      ([name, words]) => `The ${words} is ${cells[names.indexOf(name)]}.`,
    );
    return {
      text: `${said.join(' ')}\nDid this person donate blood in March 2007? Answer:`,
      positive: cells[names.indexOf('label')] === 1,
    };
  });
}

/** log p(yes) − log p(no) after each prompt. */
function yesMargins(
  model: LanguageModel,
  prompts: readonly (readonly number[])[],
  yes: number,
  no: number,
): number[] {
  const { tf } = engine();
  let end = 0;
  const last = prompts.map(({ length }) => {
    end += length;
    return end - 1;
  });
  return tf.tidy(() => {
    const scores = logits(model, hiddenRows(model, packSequences(prompts), last));
    const [plus, minus] = [yes, no].map((id) => tf.slice(scores, [0, id], [-1, 1]));
    return [...tf.sub(plus as never, minus as never).dataSync()];
  });
}
