/** What to predict, and from which columns. */

import { useState } from 'preact/hooks';
import { sendJson } from '../../parts/api.ts';
import { isolated } from '../../parts/direction.ts';
import { number } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { ProblemNotice } from '../../parts/notice.tsx';
import { FeatureChoice } from './feature-choice.tsx';
import { text } from './text.ts';
import type { Column, LabelledTable, TableSettings } from './types.ts';

export interface TargetFormProps {
  readonly table: LabelledTable;
  readonly onSettled: (table: LabelledTable) => void;
}

const NEW = '\u0000new';
/** The column of rows that belong together is looked for. */
const FOUND = '\u0000found';
/** Values of a column that are shown as labels. */
const SHOWN = 6;

export function TargetForm({ table, onSettled }: TargetFormProps) {
  const words = useText(text);
  const { columns, settings } = table;
  const likely =
    settings === null ? (likelyTarget(columns, table.rows)?.name ?? NEW) : settings.target;
  const [choice, setChoice] = useState(settings?.is_new === true ? NEW : likely);
  const [name, setName] = useState(settings?.is_new === true ? settings.target : 'label');
  const [classes, setClasses] = useState(
    settings?.is_new === true ? settings.classes.join(', ') : '',
  );
  const [features, setFeatures] = useState<ReadonlySet<string>>(
    new Set(
      settings?.features ??
        columns.filter(({ role }) => role === 'feature').map((column) => column.name),
    ),
  );
  const [group, setGroup] = useState(settings?.group ?? FOUND);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const isNew = choice === NEW;
  const needsClasses = isNew || (columns.find((one) => one.name === choice)?.distinct ?? 0) < 2;
  const target = isNew ? name.trim() : choice;
  const column = columns.find((one) => one.name === choice);

  const settle = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    const named = classes.split(/[,，、]/).flatMap((part) => part.trim() || []);
    try {
      const path = `/api/labellings/${table.id}/settings`;
      const settled = await sendJson<LabelledTable>('POST', path, {
        target,
        ...(named.length > 0 && { classes: named }),
        features: columns
          .map((one) => one.name)
          .filter((one) => features.has(one) && one !== target),
        group: group === FOUND || group === target ? null : group,
        threshold: sameClasses(settings, target, named) ? settings.threshold : null,
      });
      onSettled(settled);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form class="card target-form" onSubmit={settle}>
      <h2>{words.chooseTarget}</h2>
      <p class="fine">{words.targetLead}</p>
      <div class="fields">
        <label>
          <span class="eyebrow">{words.target}</span>
          <span class="select">
            <select value={choice} onChange={(event) => setChoice(event.currentTarget.value)}>
              {columns.map((one) => (
                <option key={one.name} value={one.name}>
                  {isolated(one.name)}
                </option>
              ))}
              <option value={NEW}>{words.newColumn}</option>
            </select>
          </span>
        </label>
        {isNew && (
          <label>
            <span class="eyebrow">{words.newName}</span>
            <input
              class="field"
              value={name}
              required
              onInput={(event) => setName(event.currentTarget.value)}
            />
          </label>
        )}
        <label>
          <span class="eyebrow">{needsClasses ? words.classNames : words.moreClasses}</span>
          <input
            class="field"
            value={classes}
            placeholder={words.classExample}
            required={needsClasses}
            onInput={(event) => setClasses(event.currentTarget.value)}
          />
        </label>
      </div>
      {column !== undefined && (
        <p class="target-facts">
          {words.filled(number(table.rows - column.missing), number(table.rows))}
          {' · '}
          {column.distinct > SHOWN
            ? words.different(number(column.distinct))
            : column.values
                .map(({ value, count }) => `${isolated(value)} ${number(count)}`)
                .join(' · ')}
        </p>
      )}
      <FeatureChoice columns={columns} target={target} chosen={features} onChoose={setFeatures} />
      <label class="group">
        <span class="eyebrow">{words.group}</span>
        <span class="select">
          <select value={group} onChange={(event) => setGroup(event.currentTarget.value)}>
            <option value={FOUND}>{words.groupFound}</option>
            {columns
              .filter((one) => one.name !== target)
              .map((one) => (
                <option key={one.name} value={one.name}>
                  {isolated(one.name)}
                </option>
              ))}
          </select>
        </span>
      </label>
      <p class="fine">{words.groupLead}</p>
      {problem !== null && <ProblemNotice problem={problem} />}
      <button class="primary" type="submit" disabled={busy}>
        {settings === null ? words.begin : words.keep}
      </button>
    </form>
  );
}

/** Whether a threshold between the classes still means the same. */
function sameClasses(
  settings: TableSettings | null,
  target: string,
  named: readonly string[],
): settings is TableSettings {
  if (settings === null || settings.target !== target) return false;
  return named.every((name) => settings.classes.includes(name));
}

/** A column with gaps that waits to be filled, or one that is called so; else the last with a few values. */
function likelyTarget(columns: readonly Column[], rows: number): Column | undefined {
  const few = columns.filter(({ distinct }) => distinct <= 50);
  const named = /^(label|class|target|y|outcome|标签|类别)$/i;
  return (
    few.findLast(({ missing }) => missing > rows / 5) ??
    few.find(({ name }) => named.test(name)) ??
    few.findLast(({ distinct }) => distinct >= 2)
  );
}
