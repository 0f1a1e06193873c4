import { type Language, type Text, textIn } from './translated.ts';

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

  constructor(
    code: Code,
    message: Message,
    { problems = [], cause }: { problems?: readonly Text[]; cause?: unknown } = {},
  ) {
    const said = (language: Language) =>
      [textIn(message, language), ...problems.map((one) => `  - ${textIn(one, language)}`)].join(
        '\n',
      );
    const isTranslated = (text: Text) => typeof text !== 'string';
    super(said('en'), { cause });
    this.code = code;
    this.problems = problems.map((one) => textIn(one, 'en'));
    this.chinese = isTranslated(message) ? said('zh') : undefined;
    this.chineseProblems = problems.some(isTranslated)
      ? problems.map((one) => textIn(one, 'zh'))
      : undefined;
  }

  /** The message in each language that it has been said in. */
  get text(): Text {
    const { message, chinese } = this;
    return chinese === undefined ? message : { en: message, zh: chinese };
  }
}
