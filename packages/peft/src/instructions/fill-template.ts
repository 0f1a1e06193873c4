/** Templates are texts with `{field}` marks; a brace that is meant is written twice, `{{` or `}}`. */
const MARK = /\{\{|\}\}|\{([\p{L}_][\p{L}\p{N}_]*)\}/gu;

/** The names in a template, each once, in order. */
export function templateFields(template: string): readonly string[] {
  const names = [...template.matchAll(MARK)].flatMap(([, name]) =>
    name === undefined ? [] : [name],
  );
  return [...new Set(names)];
}

/** Fills a template in one pass: marks inside the values stay as they are, as do unknown ones. */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(MARK, (mark, name: string | undefined) => {
    if (name === undefined) return mark.charAt(0);
    return Object.hasOwn(values, name) ? (values[name] as string) : mark;
  });
}
