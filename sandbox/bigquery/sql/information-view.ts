/** A view of INFORMATION_SCHEMA: the types of its columns in DuckDB's words, and its rows. */
export interface InformationView {
  readonly columns: Readonly<Record<string, string>>;
  readonly rows: readonly InformationRow[];
}

/** Texts, which are cast to the columns' types. */
export interface InformationRow {
  /** The dataset that it belongs to, or the region of a job, in small letters. */
  readonly place: string;
  readonly values: readonly (string | null)[];
}

/** What a query may ask of INFORMATION_SCHEMA, by the names of the views. */
export type Information = Readonly<Record<string, InformationView>>;
