/** Rows of a table in words and a yes or no to say, scored by the area under the ROC curve. */
import { type LanguageModel, seededRandom, type Tokenizer } from '@quaestor/peft';
import { areaUnderRoc, labelLogLikelihoods, openCsv } from '@quaestor/tabllm';
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
export async function tableTask(tokenizer: Tokenizer, seed: number): Promise<MethodTask> {
  const donors = seededRandom(seed).shuffle(await readDonors());
  const shots = [true, false].flatMap((label) =>
    donors.filter(({ positive }) => positive === label).slice(0, SHOTS / 2),
  );
  const others = donors.filter((donor) => !shots.includes(donor)).slice(0, SCORED);
  const [yes, no] = [' Yes', ' No'].map((word) => tokenizer.encode(word).slice(0, 1)) as [
    number[],
    number[],
  ];
  const encode = ({ text, positive }: Donor) => {
    const before = tokenizer.encode(text);
    return { ids: [...before, ...(positive ? yes : no)], labelStart: before.length };
  };
  return {
    name: 'table',
    train: shots.map(encode),
    heldOut: others.map(encode),
    score: (model: LanguageModel) => {
      const prompts = others.map(({ text }) => tokenizer.encode(text));
      const margins = labelLogLikelihoods(model, prompts, [yes, no]).map(
        ([plus, minus]) => (plus as number) - (minus as number),
      );
      const labels = others.map(({ positive }) => positive);
      return { name: 'AUC', value: 100 * areaUnderRoc(margins, labels) };
    },
  };
}

async function readDonors(): Promise<Donor[]> {
  const table = await openCsv(inRepository('data/tables/blood/rows.csv'));
  const donors: Donor[] = [];
  for await (const rows of table.rows()) {
    for (const { cells } of rows) {
      const cell = (name: string): number => Number(cells[table.columns.indexOf(name)]);
      const said = Object.entries(WORDS).map(([name, words]) => `The ${words} is ${cell(name)}.`);
      donors.push({
        text: `${said.join(' ')}\nDid this person donate blood in March 2007? Answer:`,
        positive: cell('label') === 1,
      });
    }
  }
  return donors;
}
