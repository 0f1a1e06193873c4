/** The few examples by which a composition of adapters is judged. */
import {
  encodeRecord,
  type LanguageModel,
  PeftError,
  seededRandom,
  type TrainExample,
} from '@quaestor/peft';
import { InputError } from '../errors.ts';
import { encodeRecords, readRecords } from '../training/read-records.ts';
import { buildExamples, readSets, type SetPaths } from '../training/read-sets.ts';

/** Questions of a file whose prompts are built, of which the few are drawn. */
const QUESTIONS_READ = 200;

export interface ExampleFiles extends SetPaths {
  /** JSON Lines of records, in place of questions. */
  readonly examples: readonly string[];
}

export interface FewShotOptions {
  /** How many. */
  readonly shots: number;
  readonly seed: number;
  readonly cwd: string;
}

/** Encodes the examples for a model. */
export type EncodeFewShot = (model: LanguageModel) => readonly TrainExample[];

/**
 * Reads the files and draws the few examples. Files are read at once, so what is wrong with them is
 * told before a model is loaded.
 *
 * @throws InputError when neither or both kinds are given, and as the readers of the files
 */
export async function fewShotExamples(
  files: ExampleFiles,
  { shots, seed, cwd }: FewShotOptions,
): Promise<EncodeFewShot> {
  const random = seededRandom(seed);
  if (files.examples.length > 0 === files.questions.length > 0) {
    throw new InputError('Give --examples with records, or --questions with --databases.');
  }
  if (files.examples.length > 0) {
    const records = random.shuffle(await readRecords(files.examples));
    return (model) => encodeRecords(records, model, longest(model)).examples.slice(0, shots);
  }
  const sets = readSets(files, undefined, cwd).map((set) => ({
    ...set,
    items: random.shuffle(set.items).slice(0, QUESTIONS_READ),
  }));
  return ({ tokenizer, name }) => {
    if (tokenizer === null) {
      throw new PeftError('unsupported', {
        en: `${name} has no tokenizer.`,
        zh: `${name} 没有分词器。`,
      });
    }
    const countTokens = (text: string): number => tokenizer.encode(text, { special: false }).length;
    const { examples } = buildExamples(sets, [], { seed, countTokens }, cwd);
    if (examples.length === 0) {
      throw new InputError({
        en: 'The SQL of no question runs on its database.',
        zh: '没有一个问题的 SQL 能在其数据库上运行。',
      });
    }
    const drawn = random.shuffle(examples).slice(0, shots);
    return drawn.map((example) => encodeRecord(example, tokenizer, { special: false }));
  };
}

const longest = ({ config }: LanguageModel): number => config.max_position_embeddings;
