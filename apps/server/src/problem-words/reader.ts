import { LANGUAGES, type Language } from '@quaestor/finsql';
import type { Request } from 'express';

/** The language that a client would like problems in, by Accept-Language; English unless told. */
export function languageOfReader(request: Request): Language {
  const wanted = request.acceptsLanguages([...LANGUAGES]);
  return LANGUAGES.find((language) => language === wanted) ?? 'en';
}
