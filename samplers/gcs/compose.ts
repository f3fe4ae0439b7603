import { typeByName } from './content-type.ts';
import type { ReadAnswer } from './call.ts';
import { objectOf } from './object-of.ts';
import type { Operation } from './operation.ts';
import { askedJson } from './retried.ts';
import { jsonRequest, objectUrl, requestOf } from './wire.ts';

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
  return askedJson(operation, request, {
    status: 412,
    instead: () => composedThere(operation, name, sources),
  });
}

/** The object, if it is composed of as many. */
async function composedThere(
  { call, bucket }: Operation,
  name: string,
  sources: readonly string[],
): Promise<ReadAnswer | null> {
  const answer = await call.ask(requestOf('GET', objectUrl(call, bucket, name)));
  return Number(objectOf(answer.json)['componentCount']) >= sources.length ? answer : null;
}
