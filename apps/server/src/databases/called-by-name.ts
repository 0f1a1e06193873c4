import { FinSqlError } from '@quaestor/finsql';

/** An error about a database's file that speaks of it by its name, as its path is the server's business. */
export function calledByName(error: unknown, path: string, name: string): unknown {
  if (!(error instanceof FinSqlError) || !error.text.en.includes(path)) return error;
  const { en, zh } = error.text;
  const named = { en: en.replaceAll(path, name), zh: zh.replaceAll(path, name) };
  return new FinSqlError(error.code, named, { cause: error });
}
