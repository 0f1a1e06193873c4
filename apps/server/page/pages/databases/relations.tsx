/** How the tables of a database are related: drawn, or listed where there are too many to draw. */

import { useState } from 'preact/hooks';
import { DataText } from '../../parts/data-text.tsx';
import { isolated, marked } from '../../parts/direction.ts';
import { useText } from '../../parts/language.ts';
import { Empty } from '../../parts/notice.tsx';
import { ScrollArea } from '../../parts/scroll-area.tsx';
import type { Table } from './database-types.ts';
import {
  type Arrow,
  BOX_WIDTH,
  type Box,
  HEAD_HEIGHT,
  ROW_HEIGHT,
  relationsLayout,
} from './relations-layout.ts';
import { text } from './text.ts';

/** Related tables that a drawing can hold and still be read. */
const DRAWN = 60;
const MARGIN = 14;
/** Letters that fit into a box. */
const LETTERS = 24;

export interface RelationsProps {
  readonly tables: readonly Table[];
  readonly onChoose: (table: string) => void;
}

export function Relations({ tables, onChoose }: RelationsProps) {
  const words = useText(text);
  const layout = relationsLayout(tables);
  const { boxes, arrows, unrelated } = layout;
  if (arrows.length === 0) return <Empty title={words.noRelations} />;
  return (
    <div class="relations">
      <p class="fine">{boxes.length <= DRAWN ? words.relationsLede : words.manyRelations}</p>
      {boxes.length <= DRAWN && (
        <Diagram {...layout} label={words.diagram(boxes.length)} onChoose={onChoose} />
      )}
      <details open={boxes.length > DRAWN}>
        <summary>
          {words.relations} ({arrows.length})
        </summary>
        <ul class="relation-list">
          {arrows.map(({ id, from, to }) => (
            <li key={id}>
              <button class="quiet" type="button" onClick={() => onChoose(from.box.name)}>
                <DataText>{from.box.name}</DataText>.<DataText>{from.column}</DataText>
              </button>
              <span aria-hidden="true">→</span>
              <button class="quiet" type="button" onClick={() => onChoose(to.box.name)}>
                <DataText>{to.box.name}</DataText>.<DataText>{to.column}</DataText>
              </button>
            </li>
          ))}
        </ul>
      </details>
      {unrelated.length > 0 && <p class="fine">{words.unrelated(unrelated.map(isolated))}</p>}
    </div>
  );
}

interface DiagramProps {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
  readonly label: string;
  readonly onChoose: (table: string) => void;
}

function Diagram({ width, height, boxes, arrows, label, onChoose }: DiagramProps) {
  const [near, setNear] = useState<string | null>(null);
  const touches = ({ from, to }: Arrow) => from.box.name === near || to.box.name === near;
  const [whole, tall] = [width + 2 * MARGIN, height + 2 * MARGIN];
  return (
    <ScrollArea class="diagram" label={label}>
      <svg
        viewBox={`${-MARGIN} ${-MARGIN} ${whole} ${tall}`}
        width={whole}
        height={tall}
        role="img"
        aria-label={label}
      >
        <defs>
          <marker
            id="arrow-head"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto-start-reverse"
          >
            <path d="M0 0.5L7.5 4L0 7.5z" />
          </marker>
        </defs>
        {arrows.map((arrow) => (
          <path
            key={arrow.id}
            class="arrow"
            data-near={near === null ? undefined : touches(arrow)}
            d={curve(arrow)}
            marker-end="url(#arrow-head)"
          />
        ))}
        {boxes.map((box) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: the list below has buttons for the same
          <g
            key={box.name}
            class="box"
            transform={`translate(${box.x} ${box.y})`}
            onPointerEnter={() => setNear(box.name)}
            onPointerLeave={() => setNear(null)}
            onClick={() => onChoose(box.name)}
          >
            <title>{marked(box.name)}</title>
            <rect class="frame" width={BOX_WIDTH} height={box.height} rx="9" />
            <text class="box-name" x="12" y="20">
              {cut(box.name)}
            </text>
            {box.columns.map((column, i) => (
              <text key={column} class="box-column" x="12" y={HEAD_HEIGHT + i * ROW_HEIGHT + 13}>
                {cut(column)}
              </text>
            ))}
          </g>
        ))}
      </svg>
    </ScrollArea>
  );
}

/** From the right side of a column to the left side of its target; backwards, around the right. */
function curve({ from, to }: Arrow): string {
  const [x1, y1] = [from.box.x + BOX_WIDTH, heightOf(from)];
  const y2 = heightOf(to);
  if (to.box.x > from.box.x) {
    const x2 = to.box.x - 1;
    const bend = Math.min(70, Math.max(36, (x2 - x1) / 2));
    return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
  }
  const x2 = to.box.x + BOX_WIDTH + 1;
  return `M${x1} ${y1}C${x1 + 50} ${y1} ${x2 + 50} ${y2} ${x2} ${y2}`;
}

function heightOf({ box, column }: Arrow['from']): number {
  const at = box.columns.findIndex((name) => name.toLowerCase() === column.toLowerCase());
  return box.y + HEAD_HEIGHT + Math.max(0, at) * ROW_HEIGHT + 9;
}

const cut = (name: string) =>
  marked(name.length > LETTERS ? `${name.slice(0, LETTERS - 1)}…` : name);
