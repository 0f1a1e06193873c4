/** Settings in which `"$steps"` stands for the run's length: some methods schedule by it. */
export function withSteps(
  settings: Readonly<Record<string, unknown>>,
  steps: number,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [key, value === '$steps' ? steps : value]),
  );
}
