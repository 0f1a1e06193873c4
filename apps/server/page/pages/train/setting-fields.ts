/** The JSON schema of a method's settings → fields of a form, and what was typed → settings. */

export interface SettingField {
  readonly name: string;
  readonly help: string;
  /** `json`: lists, objects and what may be of several types. */
  readonly kind: 'boolean' | 'number' | 'choice' | 'text' | 'json';
  readonly choices: readonly string[];
  readonly integer: boolean;
  readonly minimum: number | null;
  readonly maximum: number | null;
  /** As it would be typed; empty: none. */
  readonly usual: string;
}

type Schema = Readonly<Record<string, unknown>>;

/** Fields that say where an adapter comes from; not for people to set. */
const SET_BY_TRAINING: ReadonlySet<string> = new Set([
  ...['peft_type', 'task_type', 'base_model_name_or_path', 'inference_mode'],
  ...['auto_mapping', 'revision', 'peft_version'],
]);

/**
 * @param defaults what is used in place of the schema's own defaults
 */
export function settingFields(
  { properties }: Schema,
  defaults: Readonly<Record<string, unknown>>,
): readonly SettingField[] {
  return Object.entries((properties ?? {}) as Readonly<Record<string, Schema>>)
    .filter(([name, field]) => !SET_BY_TRAINING.has(name) && field.const === undefined)
    .map(([name, field]) => fieldOf(name, field, defaults[name] ?? field.default));
}

function fieldOf(name: string, field: Schema, usual: unknown): SettingField {
  const types = [field.type ?? []].flat().filter((type) => type !== 'null');
  const choices = Array.isArray(field.enum) ? field.enum.map(String) : [];
  const kind = choices.length > 0 ? 'choice' : kindOf(types);
  return {
    name,
    help: typeof field.description === 'string' ? field.description : '',
    kind,
    choices,
    integer: types.includes('integer'),
    minimum: bound(field.minimum, field.exclusiveMinimum, types.includes('integer') ? 1 : 0),
    maximum: bound(field.maximum, undefined, 0),
    usual: typed(usual, kind),
  };
}

function kindOf(types: readonly unknown[]): SettingField['kind'] {
  if (types.length !== 1) return 'json';
  const [type] = types;
  if (type === 'boolean') return 'boolean';
  if (type === 'integer' || type === 'number') return 'number';
  return type === 'string' ? 'text' : 'json';
}

/** Bounds that only say what a double holds are none. */
function bound(closed: unknown, open: unknown, step: number): number | null {
  const value = typeof closed === 'number' ? closed : typeof open === 'number' ? open + step : null;
  return value === null || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? null : value;
}

function typed(value: unknown, kind: SettingField['kind']): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  return kind === 'number' || kind === 'boolean' ? String(value) : JSON.stringify(value);
}

/**
 * What was typed as settings; what was left empty or as it is usual is left out.
 *
 * @returns the settings, and the names of fields that are no JSON
 */
export function readSettings(
  fields: readonly SettingField[],
  values: Readonly<Record<string, string>>,
): { readonly settings: Readonly<Record<string, unknown>>; readonly faulty: readonly string[] } {
  const settings: Record<string, unknown> = {};
  const faulty: string[] = [];
  for (const { name, kind, usual } of fields) {
    const value = (values[name] ?? '').trim();
    if (value === '' || value === usual) continue;
    if (kind === 'number') settings[name] = Number(value);
    else if (kind === 'boolean') settings[name] = value === 'true';
    else if (kind === 'json') {
      const parsed = jsonOrWord(value);
      if (parsed === undefined) faulty.push(name);
      else settings[name] = parsed;
    } else settings[name] = value;
  }
  return { settings, faulty };
}

/** JSON, or a plain word, which needs no quotes; undefined for what is meant as JSON and is none. */
function jsonOrWord(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return /^[[{"]/.test(value) ? undefined : value;
  }
}
