/** A chart of rows, with its kind and axes to choose, and files of it. */

import { useEffect, useRef, useState } from 'preact/hooks';
import type { Rows } from './cells.ts';
import { type ChartChoice, chartAxes, chartChoices, MOST_BARS } from './chart-choice.ts';
import { chartPng, chartSvg } from './chart-export.ts';
import { isolated } from './direction.ts';
import { download, fileName } from './download.ts';
import { number } from './format.ts';
import { useText } from './language.ts';
import { Empty, ProblemNotice } from './notice.tsx';

const text = {
  en: {
    kinds: { bar: 'Bars', line: 'Line', scatter: 'Points', histogram: 'Histogram' },
    names: { bar: 'Bar', line: 'Line', scatter: 'Point', histogram: 'Histogram' },
    kind: 'Chart',
    x: { bar: 'Labels', line: 'Dates', scatter: 'Across', histogram: 'Amounts' },
    y: 'Amounts',
    none: 'These rows cannot be drawn',
    hint: 'A chart needs at least two rows and a column of amounts.',
    title: (kind: string, what: string) => `${kind} chart of ${what}`,
    by: (y: string, x: string) => `${y} by ${x}`,
    of: (x: string) => `How often ${x} occurs`,
    first: (shown: string, all: string) => `, the first ${shown} of ${all} rows`,
  },
  zh: {
    kinds: { bar: '柱状图', line: '折线图', scatter: '散点图', histogram: '直方图' },
    names: { bar: '柱状', line: '折线', scatter: '散点', histogram: '直方' },
    kind: '图表',
    x: { bar: '标签', line: '日期', scatter: '横轴', histogram: '数值' },
    y: '数值',
    none: '这些数据无法画成图表',
    hint: '图表至少需要两行数据和一个数值列。',
    title: (kind: string, what: string) => `${kind}图：${what}`,
    by: (y: string, x: string) => `${y}（按 ${x}）`,
    of: (x: string) => `${x} 的分布`,
    first: (shown: string, all: string) => `，前 ${shown} 行（共 ${all} 行）`,
  },
};

export interface ChartProps {
  readonly columns: readonly string[];
  readonly rows: Rows;
  /** What the rows answer; names the files. */
  readonly about: string;
}

export function Chart({ columns, rows, about }: ChartProps) {
  const words = useText(text);
  const choices = chartChoices(columns, rows);
  const [chosen, setChoice] = useState<ChartChoice | undefined>();
  const choice = chosen ?? choices[0];
  const drawing = useRef<HTMLDivElement>(null);
  if (choice === undefined) {
    return (
      <Empty title={words.none}>
        <p>{words.hint}</p>
      </Empty>
    );
  }
  const axes = chartAxes(choice.kind, columns, rows);
  const nameOf = (column: number | null) =>
    isolated(column === null ? '' : (columns[column] ?? ''));
  const what =
    choice.y === null ? words.of(nameOf(choice.x)) : words.by(nameOf(choice.y), nameOf(choice.x));
  const cut =
    choice.kind === 'bar' && rows.length > MOST_BARS
      ? words.first(number(MOST_BARS), number(rows.length))
      : '';
  const chart = () => drawing.current?.querySelector('svg') ?? null;
  const saveSvg = () => {
    const svg = chart();
    if (svg !== null) download(`${fileName(about)}.svg`, chartSvg(svg), 'image/svg+xml');
  };
  const savePng = async () => {
    const svg = chart();
    if (svg !== null) download(`${fileName(about)}.png`, await chartPng(svg), 'image/png');
  };
  const kinds = choices.map(({ kind }) => kind);
  return (
    <div class="chart-part">
      <div class="chart-choices">
        <AxisSelect
          label={words.kind}
          value={choice.kind}
          options={kinds.map((kind) => [kind, words.kinds[kind]])}
          onChoose={(kind) => setChoice(choices.find((one) => one.kind === kind))}
        />
        <AxisSelect
          label={words.x[choice.kind]}
          value={String(choice.x)}
          options={axes.x.map((column) => [String(column), nameOf(column)])}
          onChoose={(x) => setChoice({ ...choice, x: Number(x) })}
        />
        {choice.y !== null && (
          <AxisSelect
            label={words.y}
            value={String(choice.y)}
            options={axes.y.map((column) => [String(column), nameOf(column)])}
            onChoose={(y) => setChoice({ ...choice, y: Number(y) })}
          />
        )}
        <span class="actions chart-files">
          <button class="quiet" type="button" onClick={saveSvg}>
            SVG
          </button>
          <button class="quiet" type="button" onClick={() => void savePng()}>
            PNG
          </button>
        </span>
      </div>
      <figure class="plot">
        <figcaption>
          {what}
          {cut}
        </figcaption>
        <div ref={drawing}>
          <Drawing
            choice={choice}
            columns={columns}
            rows={rows}
            label={words.title(words.names[choice.kind], what)}
          />
        </div>
      </figure>
    </div>
  );
}

interface DrawingProps {
  readonly choice: ChartChoice;
  readonly columns: readonly string[];
  readonly rows: Rows;
  readonly label: string;
}

/** The SVG, as wide as there is room; drawn again when that changes. */
function Drawing({ choice, columns, rows, label }: DrawingProps) {
  const place = useRef<HTMLDivElement>(null);
  const [problem, setProblem] = useState<unknown>();
  const { kind, x, y } = choice;
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    let drawnAt = 0;
    let wanted = true;
    const observer = new ResizeObserver(async ([entry]) => {
      const width = Math.floor(entry?.contentRect.width ?? 0);
      if (width === 0 || Math.abs(width - drawnAt) < 8) return;
      drawnAt = width;
      try {
        const { drawChart } = await import('./chart-plot.ts');
        if (wanted)
          element.replaceChildren(drawChart({ kind, x, y }, columns, rows, { width, label }));
      } catch (error) {
        setProblem(error);
      }
    });
    observer.observe(element);
    return () => {
      wanted = false;
      observer.disconnect();
    };
  }, [kind, x, y, columns, rows, label]);
  return problem === undefined ? <div ref={place} /> : <ProblemNotice problem={problem} />;
}

interface AxisSelectProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChoose: (value: string) => void;
}

function AxisSelect({ label, value, options, onChoose }: AxisSelectProps) {
  return (
    <label class="axis">
      <span class="fine">{label}</span>
      <span class="select">
        <select value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
          {options.map(([name, shown]) => (
            <option key={name} value={name}>
              {shown}
            </option>
          ))}
        </select>
      </span>
    </label>
  );
}
