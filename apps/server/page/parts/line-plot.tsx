/** A curve that grows while it is looked at: own SVG, drawn anew with each point. */
import './line-plot.css';
import { useId } from 'preact/hooks';
import { niceAxis } from './axis.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Curve {
  readonly name: string;
  readonly points: readonly Point[];
  /** `pale`: behind the others, e.g. single trials behind the best so far. */
  readonly kind?: 'accent' | 'pale';
  /** Points in place of a line. */
  readonly dots?: boolean;
}

export interface LinePlotProps {
  /** What is drawn, for screen readers and as its caption. */
  readonly label: string;
  readonly curves: readonly Curve[];
  /** Where x ends, when that is known before the last point. */
  readonly end?: number | undefined;
  readonly fromZero?: boolean;
  readonly format: (value: number) => string;
}

const WIDTH = 560;
const HEIGHT = 220;
const LEFT = 58;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 26;
/** Points of a curve that are drawn; more would lie on the same pixels. */
const DRAWN = 600;

export function LinePlot({ label, curves, end, fromZero = false, format }: LinePlotProps) {
  const title = useId();
  const points = curves.flatMap((curve) => curve.points).filter(({ y }) => Number.isFinite(y));
  if (points.length === 0) return null;
  const xs = points.map(({ x }) => x);
  const ys = points.map((point) => point.y);
  const [first, last] = [Math.min(1, ...xs), Math.max(end ?? 2, 2, ...xs)];
  const x = (value: number) => LEFT + ((value - first) / (last - first)) * (WIDTH - LEFT - RIGHT);
  const axis = niceAxis(fromZero ? 0 : Math.min(...ys), Math.max(...ys), 4);
  const y = (value: number) => HEIGHT - BOTTOM - axis.place(value) * (HEIGHT - BOTTOM - TOP);
  const path = (all: readonly Point[]) =>
    all.map(
      (point, i) => `${i === 0 ? 'M' : 'L'}${x(point.x).toFixed(1)} ${y(point.y).toFixed(1)}`,
    );
  return (
    <figure class="line-plot">
      <figcaption>{label}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-labelledby={title}>
        <title id={title}>{summary(label, curves, format)}</title>
        {axis.ticks.map((tick) => (
          <g key={tick}>
            <line class="grid" x1={LEFT} x2={WIDTH - RIGHT} y1={y(tick)} y2={y(tick)} />
            <text class="tick" x={LEFT - 8} y={y(tick) + 4} text-anchor="end">
              {format(tick)}
            </text>
          </g>
        ))}
        {niceAxis(first, last, 6)
          .ticks.filter((tick) => Number.isInteger(tick) && tick >= first && tick <= last)
          .map((tick) => (
            <text key={tick} class="tick" x={x(tick)} y={HEIGHT - 8} text-anchor="middle">
              {tick}
            </text>
          ))}
        {curves.map(({ name, points: all, kind = 'accent', dots = false }) =>
          dots ? (
            <g key={name} class="curve-dots" data-kind={kind}>
              {thinned(all).map((point) => (
                <circle key={point.x} cx={x(point.x)} cy={y(point.y)} r="2.5" />
              ))}
            </g>
          ) : (
            <path key={name} class="curve" data-kind={kind} d={path(thinned(all)).join('')} />
          ),
        )}
      </svg>
    </figure>
  );
}

function thinned(points: readonly Point[]): Point[] {
  const every = Math.ceil(points.length / DRAWN);
  const finite = points.filter(({ y }) => Number.isFinite(y));
  return finite.filter((_, i) => i % every === 0 || i === finite.length - 1);
}

function summary(label: string, curves: readonly Curve[], format: (value: number) => string) {
  const parts = curves.map(({ name, points }) => {
    const [first, last] = [points[0], points.at(-1)];
    if (first === undefined || last === undefined) return name;
    return `${name}: ${format(first.y)} → ${format(last.y)} (${points.length})`;
  });
  return `${label}. ${parts.join('; ')}`;
}
