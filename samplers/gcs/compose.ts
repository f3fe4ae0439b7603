import { typeByName } from './content-type.ts';
import type { Operation } from './operation.ts';
import { askedJson } from './retried.ts';
import { jsonRequest, objectUrl } from './wire.ts';

/** Makes an object of others and gives its metadata. */
export function compose(
  operation: Operation,
  name: string,
  sources: readonly string[],
): Promise<Readonly<Record<string, unknown>>> {
  const { call, bucket, config } = operation;
  const { contentType = typeByName(name), ifGenerationMatch } = config;
  const object = objectUrl(call, bucket, name);
  const query = ifGenerationMatch === undefined ? '' : `?ifGenerationMatch=${ifGenerationMatch}`;
  const sourceObjects = sources.map((source) => ({ name: source }));
  const request = jsonRequest('POST', `${object}/compose${query}`, {
    destination: { contentType },
    sourceObjects,
  });
  return askedJson(operation, request);
}
