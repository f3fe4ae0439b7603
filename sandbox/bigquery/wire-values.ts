import type { DuckDBValue } from '@duckdb/node-api';
import type { Json } from '../json.ts';
import type { ColumnType } from '../warehouse/session.ts';

/** How times are written: microseconds, or seconds with a fraction, which is REST's default. */
export interface WireFormat {
  readonly int64Timestamps: boolean;
}

/** A value as REST writes it, which is text, a list or a row; null stays null. */
export function wireValue(value: DuckDBValue, type: ColumnType, format: WireFormat): Json {
  if ('valueType' in type && !('keyType' in type)) {
    const items = value !== null && typeof value === 'object' && 'items' in value ? value.items : [];
    return items.map((item) => ({ v: wireValue(item, type.valueType, format) }));
  }
  if (value === null) return null;
  if (typeof value === 'object') return wireObject(value, type, format);
  if (typeof value === 'number')
    return type.toString() === 'DOUBLE' || type.toString() === 'FLOAT' ? float(value) : String(value);
  return String(value);
}

function wireObject(value: Extract<DuckDBValue, object>, type: ColumnType, format: WireFormat): Json {
  if ('entries' in value && 'entryNames' in type && !Array.isArray(value.entries)) {
    const entries = value.entries;
    const f = type.entryNames.map((name, index) => {
      const entry = entries[name];
      const entryType = type.entryTypes[index];
      return { v: entry === undefined || !entryType ? null : wireValue(entry, entryType, format) };
    });
    return { f };
  }
  if ('scale' in value) return shortened(value.toString());
  if ('bytes' in value) return Buffer.from(value.bytes).toString('base64');
  if ('micros' in value && type.toString() === 'TIMESTAMP WITH TIME ZONE')
    return timestamp(value.micros, format);
  return type.toString() === 'TIMESTAMP' ? value.toString().replace(' ', 'T') : value.toString();
}

/** A NUMERIC without zeros that say nothing: `1.5`. */
function shortened(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function timestamp(micros: bigint, { int64Timestamps }: WireFormat): string {
  if (int64Timestamps) return String(micros);
  const whole = micros / 1_000_000n;
  const rest = micros % 1_000_000n;
  return rest === 0n ? `${whole}.0` : String(Number(micros) / 1_000_000);
}

/** `1.0`, `0.1`, `NaN`, `Infinity`. */
function float(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? `${value}.0` : String(value);
}
