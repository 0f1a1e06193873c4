/** A question as its words and the mark at its end, so that something can be put between the two. */
import { hasHan } from '../retrieval/words.ts';

export interface Sentence {
  readonly body: string;
  /** `?`, `。` and the like; empty where it ends without. */
  readonly mark: string;
  /** Whether it is Chinese. */
  readonly han: boolean;
}

export function readSentence(text: string): Sentence {
  const [, body = '', mark = ''] = /^([\s\S]*?)\s*([?？.。!！;；]*)\s*$/u.exec(text.trim()) ?? [];
  return { body, mark, han: hasHan(text) };
}

/** `Which funds are open?` + `only bond funds` → `Which funds are open, only bond funds?` */
export function withClause({ body, mark, han }: Sentence, clause: string): string {
  return `${body}${han ? '，' : ', '}${clause}${mark}`;
}

/** `Which funds are open?` + `in 2023` → `Which funds are open in 2023?` */
export function withWords({ body, mark }: Sentence, words: string): string {
  return `${body} ${words}${mark}`;
}

/** Words that ask for something by themselves: what has one is no mere addition to another question. */
const ASKS =
  /^(?:list|show|give|name|count|find) |\b(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did)\b|什么|哪|谁|多少|几|列出|如何|怎么|为什么|是否/iu;

/** Whether a text asks for something by itself. */
export function asks(text: string): boolean {
  return ASKS.test(text);
}

/** A pattern's source in which runs of letters and digits may be told apart by any signs. */
export function looseSource(text: string): string {
  const runs = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  return runs.join('[^\\p{L}\\p{N}]*');
}
