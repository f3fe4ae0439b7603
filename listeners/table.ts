import { cutMiddle, padStart, textWidth } from './visible-text.ts';

const gap = 2;
const narrowestLabel = 12;

/** How wide the first column of text may be so that `rows` fit into `columns`; the other columns hold numbers. */
export function labelWidth(rows: readonly (readonly string[])[], columns: number): number {
  const numbers = columnWidths(rows)
    .slice(1)
    .reduce((sum, width) => sum + width + gap, 0);
  const widest = Math.max(0, ...rows.map(([label = '']) => textWidth(label)));
  return Math.min(widest, Math.max(narrowestLabel, columns - numbers));
}

/** Lines of equal width: the first column to the left and cut to `width`, numbers to the right. */
export function alignRows(rows: readonly (readonly string[])[], width: number): string[] {
  const widths = columnWidths(rows);
  return rows.map(([label = '', ...numbers]) => {
    const shown = cutMiddle(label, width);
    const cells = numbers.map((cell, i) => padStart(cell, (widths[i + 1] ?? 0) + gap));
    return shown + ' '.repeat(width - textWidth(shown)) + cells.join('');
  });
}

function columnWidths(rows: readonly (readonly string[])[]): number[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: columns }, (_, i) => Math.max(...rows.map((row) => textWidth(row[i] ?? ''))));
}

/** Milliseconds and the like in a cell: one decimal below 10, else none. */
export function shortMs(value: number): string {
  return value < 10 ? value.toFixed(1) : String(Math.round(value));
}
