import {
  encodeRecord,
  type LanguageModel,
  PeftError,
  readTrainingRecords,
  type TrainExample,
  type TrainingRecord,
} from '@quaestor/peft';

/**
 * The records of files of JSON Lines, each line `{instruction, input, output}` or
 * `{prompt, completion}`.
 * @throws PeftError 'not-found' | 'bad-file', the latter also for files without a record
 */
export async function readRecords(files: readonly string[]): Promise<readonly TrainingRecord[]> {
  const records: TrainingRecord[] = [];
  for (const file of files) {
    for await (const record of readTrainingRecords(file)) records.push(record);
  }
  if (records.length > 0) return records;
  throw new PeftError('bad-file', {
    en: `${files.join(', ')}: expected records, there is none.`,
    zh: `${files.join('、')}：应有记录，但一条也没有。`,
  });
}

/**
 * Records as a model reads them.
 *
 * @param maxLength tokens that an example may have; longer ones are left out and counted
 * @throws PeftError 'unsupported' for a model without tokenizer or chat template, 'bad-file' when
 *   every record is too long
 */
export function encodeRecords(
  records: readonly TrainingRecord[],
  { tokenizer, name }: LanguageModel,
  maxLength: number,
): { readonly examples: readonly TrainExample[]; readonly skipped: number } {
  if (tokenizer === null) {
    throw new PeftError('unsupported', {
      en: `${name} has no tokenizer.`,
      zh: `${name} 没有分词器。`,
    });
  }
  const encoded = records.map((record) => encodeRecord(record, tokenizer));
  const examples = encoded.filter(({ ids }) => ids.length <= maxLength);
  if (examples.length === 0) {
    throw new PeftError('bad-file', {
      en: `all ${records.length} records have over ${maxLength} tokens.`,
      zh: `${records.length} 条记录都超过了 ${maxLength} 个词元。`,
    });
  }
  return { examples, skipped: records.length - examples.length };
}
