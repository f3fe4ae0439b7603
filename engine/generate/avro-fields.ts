/** What a field holds. In lines of JSON times are ISO 8601 in UTC, and `binary` is Base64. */
export type AvroKind = 'integer' | 'number' | 'text' | 'boolean' | 'timestamp' | 'date' | 'binary';

export interface AvroField {
  readonly name: string;
  readonly kind: AvroKind;
  /** Of one of its values what JSON can hold. */
  readonly shown: (value: unknown) => unknown;
}

/** The fields of a schema: one record of simple types, each of which may be null. */
export function avroFields(schema: string): readonly AvroField[] {
  const parsed: unknown = JSON.parse(schema);
  const { type, fields } = partsOf(parsed);
  if (type !== 'record' || !Array.isArray(fields)) throw new Error('its schema is no record');
  return fields.map((field: unknown) => {
    const { name, type: written } = partsOf(field);
    const kind = kindOf(written);
    if (typeof name !== 'string' || kind === undefined)
      throw new Error(
        `its field ${String(name)} is ${JSON.stringify(written)}: only simple types are known here`,
      );
    return { name, ...kind };
  });
}

/** A row as one line of JSON. */
export function lineOf(row: unknown, fields: readonly AvroField[]): string {
  const values = partsOf(row);
  const shown = fields.map(({ name, shown }) => {
    const value = values[name];
    return [name, value === null || value === undefined ? null : shown(value)];
  });
  return JSON.stringify(Object.fromEntries(shown));
}

type Parts = Readonly<Record<string, unknown>>;

/** What stands under the keys of a value; nothing where it has none. */
export function partsOf(value: unknown): Parts {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

type Kind = Omit<AvroField, 'name'>;

function kindOf(written: unknown): Kind | undefined {
  if (typeof written === 'string') return plain[written];
  if (Array.isArray(written)) {
    const types = written.filter((one: unknown) => one !== 'null');
    return types.length === 1 && !Array.isArray(types[0]) ? kindOf(types[0]) : undefined;
  }
  const { type, logicalType } = partsOf(written);
  if (typeof logicalType === 'string' && logical[logicalType]) return logical[logicalType];
  return typeof type === 'string' ? plain[type] : undefined;
}

const same = (value: unknown) => value;
const base64 = (value: unknown) => (Buffer.isBuffer(value) ? value.toString('base64') : null);
/** Also NaN and the infinities, as texts that a reader takes as numbers. */
const finite = (value: unknown) => (Number.isFinite(value) ? value : String(value));

const plain: Readonly<Record<string, Kind>> = {
  int: { kind: 'integer', shown: same },
  long: { kind: 'integer', shown: same },
  float: { kind: 'number', shown: finite },
  double: { kind: 'number', shown: finite },
  string: { kind: 'text', shown: same },
  enum: { kind: 'text', shown: same },
  boolean: { kind: 'boolean', shown: same },
  bytes: { kind: 'binary', shown: base64 },
  fixed: { kind: 'binary', shown: base64 },
};

const dayMs = 86_400_000;
const logical: Readonly<Record<string, Kind>> = {
  'timestamp-millis': { kind: 'timestamp', shown: (value) => instant(Number(value) * 1000) },
  'timestamp-micros': { kind: 'timestamp', shown: (value) => instant(Number(value)) },
  date: { kind: 'date', shown: (value) => new Date(Number(value) * dayMs).toISOString().slice(0, 10) },
};

/** `2026-01-02T03:04:05.678901Z` of microseconds since 1970. */
function instant(micros: number): string {
  const ms = Math.floor(micros / 1000);
  const rest = String(micros - ms * 1000).padStart(3, '0');
  return new Date(ms).toISOString().replace('Z', `${rest}Z`);
}
