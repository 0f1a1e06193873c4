import { isTranslated, type Language } from '@quaestor/peft';

/** JSON whose texts may be kept in each language → the same in the language of a reader. */
export function inLanguage(value: unknown, language: Language): unknown {
  if (Array.isArray(value)) return value.map((one) => inLanguage(one, language));
  if (typeof value !== 'object' || value === null) return value;
  if (isTranslated(value)) return value[language];
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, inLanguage(inner, language)]),
  );
}
