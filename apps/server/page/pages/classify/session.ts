/** One table being labelled: labels show at once and are sent one after the other, and a model follows them. */
import { batch, signal } from '@preact/signals';
import { getJson, sendJson } from '../../parts/api.ts';
import { toProblem } from '../../parts/problem.ts';
import { followModel } from './model-followed.ts';
import { type RowsShown, showRows } from './rows-shown.ts';
import type { LabelledTable, RowsPiece } from './types.ts';

export type Session = ReturnType<typeof openSession>;

export function openSession(first: LabelledTable) {
  const base = `/api/labellings/${first.id}`;
  const table = signal(first);
  const problem = signal<unknown>(null);
  let sending: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  const sent = () => sending;

  const model = followModel({ base, table, shown: () => list, sent });
  const list: RowsShown = showRows({
    ...{ base, sent, problem },
    onShown: () => void model.ask(),
    onChosen: () => void model.explain(),
  });

  /** Labels the row at a place of the list; null takes the label back. */
  function label(place: number, value: string | null): void {
    const row = list.rows.value[place];
    if (row === undefined || row.given === value) return;
    list.replace({ ...row, given: value });
    waiting++;
    model.learning.value = true;
    const target = table.value.settings?.target;
    const body = { target, labels: [{ row: row.row, label: value }] };
    sending = sending
      .then(() => sendJson<LabelledTable>('POST', `${base}/labels`, body))
      .then(
        (after) => {
          waiting--;
          table.value = after;
          if (after.settings?.kind === 'quantity') void showGiven(row.row);
          // Of several labels in a row, the last one counts.
          if (waiting === 0) model.learnSoon();
        },
        (error: unknown) => {
          waiting--;
          problem.value = error;
          if (target === table.value.settings?.target) list.replace(row);
          if (waiting === 0) model.learnSoon();
          void follow(error).catch(() => {});
        },
      );
  }

  /** A quantity is kept as its column writes it. */
  async function showGiven(row: number): Promise<void> {
    try {
      const { data } = await getJson<RowsPiece>(`${base}/rows?rows=${row}`);
      for (const kept of data) list.replace(kept);
    } catch (error) {
      problem.value = error;
    }
  }

  /** Shows the table anew, and why, where another target has been chosen elsewhere. @returns whether it has */
  async function follow(refusal: unknown): Promise<boolean> {
    if (toProblem(refusal).status !== 409) return false;
    const now = await getJson<LabelledTable>(base);
    if (now.settings?.target === table.value.settings?.target) return false;
    await settle(now);
    problem.value = refusal;
    return true;
  }

  /** Shows the rows that the model is least sure of; before there is a model, the first without a label. */
  function suggest(): Promise<void> {
    return list.suggest(model.fit.value?.suggestions.map(({ row }) => row) ?? null);
  }

  function settle(next: LabelledTable): Promise<void> {
    batch(() => {
      table.value = next;
      model.forget();
    });
    model.learnSoon();
    return list.read('all');
  }

  void list.read();
  model.learnSoon();
  const { rows, total, passed, show, current, read, turn, choose, move } = list;
  const { fit, learning, opinions, why, fitProblem, canLearn, close, learnSoon: retry } = model;
  return {
    ...{ base, table, problem, label, suggest, settle, follow },
    ...{ rows, total, passed, show, current, read, turn, choose, move },
    ...{ fit, learning, opinions, why, fitProblem, canLearn, close, retry },
  };
}
