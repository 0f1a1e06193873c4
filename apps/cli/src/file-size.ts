/** A file's size for people: 19.6 MB, and 46.2 kB where a tenth of an MB would say nothing. */
export function fileSize(bytes: number): string {
  const [unit, name] = bytes < 1e5 ? [1e3, 'kB'] : [1e6, 'MB'];
  return `${(bytes / unit).toFixed(1)} ${name}`;
}
