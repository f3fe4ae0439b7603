/** What the user asked for: a file, and the settings that override what stands in it. */
export interface LoadRequest {
  readonly file: string;
  /** `-e`: the environment of the plan to run in. */
  readonly environment?: string;
  /** `-J`, in order: the later wins. */
  readonly properties: readonly (readonly [name: string, value: string])[];
  /** `-q`: files of `name=value` lines, in order: the later wins. */
  readonly propertyFiles: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}
