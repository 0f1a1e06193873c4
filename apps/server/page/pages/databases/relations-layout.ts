/**
 * Tables and their foreign keys → places for a drawing. Layers from left to right: a table stands right
 * of all that refer to it (longest paths, cycles cut where they close); within a layer, tables are
 * ordered by the mean place of their neighbours (barycentre, a few sweeps).
 */
import type { Table } from './database-types.ts';

export interface Box {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  /** Columns that refer or are referred to, in their order. */
  readonly columns: readonly string[];
}

export interface Arrow {
  readonly id: string;
  readonly from: { readonly box: Box; readonly column: string };
  readonly to: { readonly box: Box; readonly column: string };
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
  /** Names of tables that refer to none and that none refers to. */
  readonly unrelated: readonly string[];
}

export const BOX_WIDTH = 190;
export const HEAD_HEIGHT = 30;
export const ROW_HEIGHT = 20;
const GAP_X = 90;
const GAP_Y = 22;
const SWEEPS = 6;
/** Boxes above each other, after which a layer goes on in the next column. */
const TALLEST = 1100;

interface Edge {
  readonly from: string;
  readonly column: string;
  readonly to: string;
  readonly target: string;
}

export function relationsLayout(tables: readonly Table[]): Layout {
  const names = new Map(tables.map(({ name }) => [name.toLowerCase(), name]));
  const edges = tables.flatMap(({ name, foreignKeys }) =>
    foreignKeys.flatMap(({ column, table, target }): Edge[] => {
      const to = names.get(table.toLowerCase());
      return to === undefined ? [] : [{ from: name, column, to, target }];
    }),
  );
  const related = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const boxed = tables.filter(({ name }) => related.has(name));
  const columns = new Map(boxed.map((table) => [table.name, columnsOf(table, edges)]));
  const layers = ordered(layersOf([...related], edges), edges);
  const boxes = place(layers, columns);
  const byName = new Map(boxes.map((box) => [box.name, box]));
  const arrows = edges.flatMap(({ from, column, to, target }): Arrow[] => {
    const [start, end] = [byName.get(from), byName.get(to)];
    if (start === undefined || end === undefined) return [];
    const id = `${from}.${column}>${to}.${target}`;
    return [{ id, from: { box: start, column }, to: { box: end, column: target } }];
  });
  return {
    width: Math.max(0, ...boxes.map(({ x }) => x + BOX_WIDTH)),
    height: Math.max(0, ...boxes.map(({ y, height }) => y + height)),
    boxes,
    arrows,
    unrelated: tables.filter(({ name }) => !related.has(name)).map(({ name }) => name),
  };
}

function columnsOf({ name, columns }: Table, edges: readonly Edge[]): readonly string[] {
  const wanted = new Set(
    edges.flatMap(({ from, column, to, target }) => [
      ...(from === name ? [column.toLowerCase()] : []),
      ...(to === name ? [target.toLowerCase()] : []),
    ]),
  );
  return columns.map((column) => column.name).filter((column) => wanted.has(column.toLowerCase()));
}

/**
 * Names by layer, those that refer first: each table as near as can be to what it refers to, and what
 * nothing else holds back as near to those that refer to it.
 */
function layersOf(names: readonly string[], edges: readonly Edge[]): readonly string[][] {
  const others = edges.filter(({ from, to }) => from !== to);
  const fromRight = longestPaths(names, (name) =>
    others.filter(({ from }) => from === name).map(({ to }) => to),
  );
  const deepest = Math.max(0, ...fromRight.values());
  const referring = (name: string) =>
    others.filter(({ to }) => to === name).map(({ from }) => from);
  const isFirst = (name: string) => referring(name).length === 0;
  const start = (name: string) => (isFirst(name) ? deepest - (fromRight.get(name) ?? 0) : 0);
  const places = longestPaths(names, referring, start);
  const layers: string[][] = [];
  for (const name of names) {
    const at = places.get(name) ?? 0;
    while (layers.length <= at) layers.push([]);
    layers[at]?.push(name);
  }
  return layers.filter((layer) => layer.length > 0);
}

/** One more than the longest of those before it; cycles are cut where they close. */
function longestPaths(
  names: readonly string[],
  before: (name: string) => readonly string[],
  start: (name: string) => number = () => 0,
): ReadonlyMap<string, number> {
  const length = new Map<string, number>();
  const onPath = new Set<string>();
  const lengthOf = (name: string): number => {
    const known = length.get(name);
    if (known !== undefined) return known;
    if (onPath.has(name)) return -1;
    onPath.add(name);
    const longest = Math.max(start(name), ...before(name).map((other) => lengthOf(other) + 1));
    onPath.delete(name);
    length.set(name, longest);
    return longest;
  };
  for (const name of names) lengthOf(name);
  return length;
}

function ordered(layers: readonly string[][], edges: readonly Edge[]): readonly string[][] {
  const sorted = layers.map((layer) => [...layer]);
  const rank = new Map<string, number>();
  const note = (layer: readonly string[]) => {
    // Places are shares of a layer, so that short and long ones compare.
    for (const [i, name] of layer.entries()) rank.set(name, (i + 0.5) / layer.length);
  };
  sorted.forEach(note);
  const centre = (name: string) => {
    const near = edges.flatMap(({ from, to }) =>
      from === name ? [to] : to === name ? [from] : [],
    );
    const places = near.map((other) => rank.get(other) ?? 0.5);
    return places.length === 0 ? 0.5 : places.reduce((sum, at) => sum + at, 0) / places.length;
  };
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const layer of sweep % 2 === 0 ? sorted : [...sorted].reverse()) {
      const centres = new Map(layer.map((name) => [name, centre(name)]));
      layer.sort((a, b) => (centres.get(a) ?? 0) - (centres.get(b) ?? 0));
      note(layer);
    }
  }
  return sorted;
}

function place(
  layers: readonly string[][],
  columns: ReadonlyMap<string, readonly string[]>,
): readonly Box[] {
  const heightOf = (name: string) =>
    HEAD_HEIGHT + (columns.get(name)?.length ?? 0) * ROW_HEIGHT + 6;
  const stacks = layers.flatMap((layer) => {
    const parts: string[][] = [[]];
    let height = 0;
    for (const name of layer) {
      height += heightOf(name) + GAP_Y;
      if (height > TALLEST) {
        parts.push([]);
        height = heightOf(name) + GAP_Y;
      }
      parts.at(-1)?.push(name);
    }
    return parts;
  });
  const heights = stacks.map((stack) =>
    stack.reduce((sum, name) => sum + heightOf(name) + GAP_Y, -GAP_Y),
  );
  const tallest = Math.max(0, ...heights);
  return stacks.flatMap((stack, i) => {
    let y = (tallest - (heights[i] ?? 0)) / 2;
    return stack.map((name): Box => {
      const height = heightOf(name);
      const box = { name, x: i * (BOX_WIDTH + GAP_X), y, height, columns: columns.get(name) ?? [] };
      y += height + GAP_Y;
      return box;
    });
  });
}
