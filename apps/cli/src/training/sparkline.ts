const BARS = '▁▂▃▄▅▆▇█';

/** A series as one line of bars, averaged into at most `width` of them. */
export function sparkline(values: readonly number[], width = 60): string {
  const buckets = Math.min(width, values.length);
  const means = Array.from({ length: buckets }, (_, bucket) => {
    const part = values.slice(
      Math.floor((bucket * values.length) / buckets),
      Math.floor(((bucket + 1) * values.length) / buckets),
    );
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
  const [low, high] = [Math.min(...means), Math.max(...means)];
  const range = high - low || 1;
  return means.map((mean) => BARS[Math.round(((mean - low) / range) * (BARS.length - 1))]).join('');
}
