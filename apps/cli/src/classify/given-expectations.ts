/** What a language model said of the columns another time, in place of a language model. */
import type { Translated } from '@quaestor/peft';
import { type AskedTable, answeredColumns, askedBefore, type LearnOptions } from '@quaestor/tabllm';
import { InputError } from '../errors.ts';
import { readJsonAs } from '../read-json-as.ts';

/**
 * @param path JSON file, see `answeredColumns`
 * @returns an expert that refuses a table with another target, columns or classes
 * @throws PeftError 'not-found' or 'bad-file', InputError for a file that holds something else
 */
export function givenExpectations(path: string): NonNullable<LearnOptions['expert']> {
  const said = readJsonAs(path, answeredColumns, 'record of what a language model said of columns');
  const refuse = (what: Translated, expected: readonly string[], got: readonly string[]) =>
    new InputError({
      en: `${path} is about another table: expected ${what.en} ${expected.join(', ')}, got ${got.join(', ')}. Leave out --expectations and the language model is asked.`,
      zh: `${path} 针对的是另一张表格：${what.zh}应为 ${expected.join('、')}，实际为 ${got.join('、')}。去掉 --expectations 即可询问语言模型。`,
    });
  return async ({ schema, target, classes }: AskedTable) => {
    if (said.target !== target)
      throw refuse({ en: 'target', zh: '目标列' }, [target], [said.target]);
    const known = schema.columns.map(({ name }) => name);
    const others = said.columns.map(({ column }) => column).filter((name) => !known.includes(name));
    if (others.length > 0) throw refuse({ en: 'columns among', zh: '各列' }, known, others);
    const expert = askedBefore(said, classes);
    if (expert) return expert;
    throw refuse({ en: 'classes', zh: '类别' }, classes, said.classes);
  };
}
