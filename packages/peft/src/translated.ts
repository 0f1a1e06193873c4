/** What people are told, in every language that they may read it in. */
import * as z from 'zod';

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

export const translated = z.strictObject({ en: z.string(), zh: z.string() }).readonly();

/** The same said in each language. */
export type Translated = z.output<typeof translated>;

/** As it may be kept: a string is English that has been said in no other language. */
export const text = z.union([z.string(), translated]);
export type Text = z.output<typeof text>;

/** The text for a reader; its English where there is nothing else. */
export function textIn(said: Text, language: Language): string {
  return typeof said === 'string' ? said : said[language];
}

/** What has been said in Chinese; undefined where it has been said in English alone. */
export function chineseIn(said: Text): string | undefined {
  return typeof said === 'string' ? undefined : said.zh;
}

/** Whether an object is a text in each language. */
export function isTranslated(value: object): value is Translated {
  return 'zh' in value && translated.safeParse(value).success;
}
