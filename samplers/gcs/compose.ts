import { objectOf } from './object-of.ts';
import type { Operation } from './operation.ts';

/** Makes an object of others and gives its metadata. */
export async function compose(
  { bucket, config: { contentType, ifGenerationMatch } }: Operation,
  name: string,
  sources: readonly string[],
): Promise<object> {
  const file = bucket.file(name);
  if (contentType !== undefined) file.metadata.contentType = contentType;
  const [, metadata] = await bucket.combine(
    [...sources],
    file,
    ifGenerationMatch === undefined ? {} : { ifGenerationMatch },
  );
  return objectOf(metadata);
}
