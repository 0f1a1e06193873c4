import { chineseIn, type Language, type Text, type Translated, textIn } from './translated.ts';

/**
 * What the error class of each package is made of: a code that programs act on, and a message that
 * says what was wrong, what was expected, what was got and what to do, in each language.
 */
export abstract class CodedError<Code extends string> extends Error {
  readonly code: Code;
  /** Every problem, when an input has several; the message lists them, too. */
  readonly problems: readonly string[];
  /** The message in Chinese. */
  readonly chinese: string;
  /** The problems in Chinese, in their order; undefined where none has been said in it. */
  readonly chineseProblems: readonly string[] | undefined;
  /** The problems, each in every language that it has been said in. */
  readonly problemTexts: readonly Text[];

  constructor(
    code: Code,
    message: Translated,
    { problems = [], cause }: { problems?: readonly Text[]; cause?: unknown } = {},
  ) {
    const said = (language: Language) =>
      [textIn(message, language), ...problems.map((one) => `  - ${textIn(one, language)}`)].join(
        '\n',
      );
    super(said('en'), { cause });
    this.code = code;
    this.problemTexts = problems;
    this.problems = problems.map((one) => textIn(one, 'en'));
    this.chinese = said('zh');
    this.chineseProblems = problems.some(chineseIn)
      ? problems.map((one) => textIn(one, 'zh'))
      : undefined;
  }

  /** The message in each language. */
  get text(): Translated {
    return { en: this.message, zh: this.chinese };
  }
}
