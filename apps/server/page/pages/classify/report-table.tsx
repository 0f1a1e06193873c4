/** All figures of a report, each with its interval and beside what is known without a model. */
import { marked } from '../../parts/direction.ts';
import { fixed, number, percent } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { ScrollBox } from './scroll-box.tsx';
import { text } from './text.ts';
import type { Report } from './types.ts';

/** Figures of which less is better. */
const LOWER = new Set(['logLoss', 'brier', 'ece', 'rmse', 'mae']);

export function figureName(words: { readonly figures: object }, name: string): string {
  const names: Readonly<Record<string, string>> = { ...words.figures };
  return names[name] ?? name;
}

export interface ReportTableProps {
  readonly report: Report;
  readonly classes: readonly string[];
}

export function ReportTable({ report, classes }: ReportTableProps) {
  const words = useText(text);
  return (
    <div class="report">
      <ScrollBox label={words.figure} fitted>
        <table>
          <thead>
            <tr>
              <th>{words.figure}</th>
              <th class="number">{words.measured}</th>
              <th class="number">{words.interval}</th>
              <th class="number">{words.alone[report.kind]}</th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(report.figures).map(([name, { value, low, high }]) => (
              <tr key={name}>
                <td>
                  {figureName(words, name)}
                  {LOWER.has(name) && <span class="fine"> {words.lower}</span>}
                </td>
                <td class="number">{told(value)}</td>
                <td class="number">
                  {told(low)} – {told(high)}
                </td>
                <td class="number">{told(report.alone[name] ?? null)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {report.confusion !== null && <Confusion counts={report.confusion} classes={classes} />}
      {report.reliability.length > 0 && (
        <div>
          <h2 class="small">{words.honest}</h2>
          <ScrollBox label={words.honest} fitted>
            <table>
              <thead>
                <tr>
                  <th class="number">{words.honestRows}</th>
                  <th class="number">{words.honestSaid}</th>
                  <th class="number">{words.honestRight}</th>
                </tr>
              </thead>
              <tbody>
                {report.reliability.map(({ rows, confidence, accuracy }) => (
                  <tr key={confidence}>
                    <td class="number">{number(rows, 1)}</td>
                    <td class="number">{percent(confidence)}</td>
                    <td class="number">{percent(accuracy)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollBox>
        </div>
      )}
    </div>
  );
}

function Confusion({
  counts,
  classes,
}: {
  readonly counts: readonly (readonly number[])[];
  readonly classes: readonly string[];
}) {
  const words = useText(text);
  return (
    <div>
      <h2 class="small">{words.confusion}</h2>
      <ScrollBox label={words.confusion} fitted>
        <table>
          <thead>
            <tr>
              <th>
                {words.confusionRow} ↓ {words.confusionColumn} →
              </th>
              {classes.map((name) => (
                <th key={name} class="number">
                  {marked(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {counts.map((row, i) => (
              <tr key={classes[i]}>
                <th scope="row">{marked(classes[i] ?? '')}</th>
                {row.map((count, k) => (
                  <td key={classes[k]} class="number" data-right={i === k}>
                    {number(count, 1)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </div>
  );
}

function told(value: number | null): string {
  return value === null ? '–' : fixed(value, 3);
}
