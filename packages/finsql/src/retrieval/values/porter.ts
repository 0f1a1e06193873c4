/**
 * English word → stem, by the algorithm of Porter (1980): `insurers`, `insurance` → `insur`.
 * SQLite has it as a tokenizer of FTS5 (https://sqlite.org/fts5.html §4.3.3); what it makes of a word
 * is read back through fts5vocab.
 */
import { Database } from '../../database/sqlite.ts';

const TABLES = `
create virtual table word using fts5(text, tokenize = 'porter unicode61', detail = full);
create virtual table stem using fts5vocab('word', 'instance');
`;

let stemmer: ((words: readonly string[]) => string[]) | undefined;

/** The stem of each word, in order. What the tokenizer splits is joined again. */
export function porterStems(words: readonly string[]): string[] {
  stemmer ??= openStemmer();
  return stemmer(words);
}

function openStemmer(): (words: readonly string[]) => string[] {
  const database = new Database(':memory:');
  database.exec(TABLES);
  const add = database.prepare<[number, string]>('insert into word (rowid, text) values (?, ?)');
  const read = database.prepare<[], { doc: number; term: string }>(
    'select doc, term from stem order by doc, "offset"',
  );
  const clear = database.prepare('delete from word');
  return database.transaction((words: readonly string[]) => {
    for (const [index, word] of words.entries()) add.run(index, word);
    const stems = words.map(() => '');
    for (const { doc, term } of read.all()) stems[doc] += term;
    clear.run();
    return stems;
  });
}
