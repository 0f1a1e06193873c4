import { type Answer, type Turn, withTurn } from '@quaestor/finsql';
import type { Asking } from './open-asking.ts';

/** Questions about one database, each knowing those before. */
export class Conversation {
  readonly #asking: Asking;
  #file: string;
  #thread: readonly Turn[] = [];
  #last: Answer | null = null;

  constructor(asking: Asking, file: string) {
    this.#asking = asking;
    this.#file = file;
  }

  get file(): string {
    return this.#file;
  }

  get thread(): readonly Turn[] {
    return this.#thread;
  }

  /** The answer that was given last; null before the first. */
  get last(): Answer | null {
    return this.#last;
  }

  /** @throws what `Asking.ask` throws; the conversation is then as before */
  async ask(question: string, signal: AbortSignal): Promise<Answer> {
    const answer = await this.#asking.ask(question, this.#file, { signal, thread: this.#thread });
    const sql = answer.kind === 'answered' ? answer.sql : '';
    // A follow-up is kept as the whole question that it stands for, since those before it are dropped one day.
    const whole = answer.standalone_question ?? question;
    this.#thread = withTurn(this.#thread, { question: whole, sql });
    this.#last = answer;
    return answer;
  }

  /** Goes on about another database, from the start. */
  turnTo(file: string): void {
    this.#file = file;
    this.forget();
  }

  /** The next question is the first again. */
  forget(): void {
    this.#thread = [];
    this.#last = null;
  }
}
