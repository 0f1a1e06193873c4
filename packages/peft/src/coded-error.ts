import { chineseIn, type Language, type Text, textIn } from './translated.ts';

/**
 * What the error class of each package is made of: a code that programs act on, and a message that
 * says what was wrong, what was expected, what was got and what to do.
 */
export abstract class CodedError<Code extends string, Message extends Text = Text> extends Error {
  readonly code: Code;
  /** Every problem, when an input has several; the message lists them, too. */
  readonly problems: readonly string[];
  /** The message in Chinese; undefined where it has been said in English alone. */
  readonly chinese: string | undefined;
  /** The problems in Chinese, in their order; undefined where none has been said in it. */
  readonly chineseProblems: readonly string[] | undefined;
  /** The problems, each in every language that it has been said in. */
  readonly problemTexts: readonly Text[];

  constructor(
    code: Code,
    message: Message,
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
    this.chinese = chineseIn(message) === undefined ? undefined : said('zh');
    this.chineseProblems = problems.some(chineseIn)
      ? problems.map((one) => textIn(one, 'zh'))
      : undefined;
  }

  /** The message in each language that it has been said in. */
  get text(): Text {
    const { message, chinese } = this;
    return chinese === undefined ? message : { en: message, zh: chinese };
  }
}
