import type { OpenPart, SampleContext } from '../../engine/model/sampler.ts';
import type { Call } from './call.ts';
import type { Operation } from './operation.ts';
import { partOutcome } from './outcome.ts';

/** Why a part of an operation failed, in the words of the part. */
export class BranchError extends Error {
  override readonly name = 'BranchError';
  readonly call: Call;

  constructor(call: Call, cause: unknown) {
    super('a part failed', { cause });
    this.call = call;
  }
}

/** What a part is about. */
interface Part {
  /** Ends its label. */
  readonly title: string;
  readonly where: string;
  /** Its answer is that of the whole. */
  readonly answers?: boolean;
}

/** Performs a part of an operation beside others: on a call and a client of its own, as a sub-sample. */
export async function branch<T>(
  operation: Operation,
  { title, where, answers = false }: Part,
  perform: (operation: Operation) => Promise<T>,
): Promise<T> {
  const part = operation.call.options.context.begin(title);
  const call = operation.call.branch(contextOf(operation.call.options.context, part));
  let thrown: unknown = null;
  try {
    return await perform({ ...operation, call });
  } catch (error) {
    thrown = error;
    throw new BranchError(call, error);
  } finally {
    operation.call.join(call, answers);
    part.end(partOutcome(call, { thrown, where }));
  }
}

/** A part has no parts of its own. */
function contextOf(whole: SampleContext, part: OpenPart): SampleContext {
  return {
    ...whole,
    connected: () => {
      part.connected();
      whole.connected();
    },
    firstByte: () => {
      part.firstByte();
      whole.firstByte();
    },
    ready: () => undefined,
    done: () => undefined,
    part: () => undefined,
    begin: () => ({ connected: () => undefined, firstByte: () => undefined, end: () => undefined }),
  };
}
