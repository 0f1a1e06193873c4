const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Bytes for people, in powers of 1000 with three digits: `300 B`, `1.25 GB`. */
export function byteSize(bytes: number): string {
  const amounts = UNITS.map((_, power) => Number((bytes / 1000 ** power).toPrecision(3)));
  const fitting = amounts.findIndex((amount) => amount < 1000);
  const unit = fitting < 0 ? UNITS.length - 1 : fitting;
  return `${amounts[unit]} ${UNITS[unit]}`;
}
