/** RFC 4180, with a byte order mark so that spreadsheets read Chinese text as UTF-8. */
export function toCsv(columns, rows) {
  const lines = [columns, ...rows].map((row) => row.map(field).join(','));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

/** Text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP ASVS 1.2.10). */
function field(value) {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Hands the rows to the browser as a download. */
export function downloadCsv(name, columns, rows) {
  const url = URL.createObjectURL(
    new Blob([toCsv(columns, rows)], { type: 'text/csv;charset=utf-8' }),
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}
