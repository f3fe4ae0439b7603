/** A query, or a request, that is refused: becomes an answer in Google's form. */
export class QueryError extends Error {
  readonly code: number;
  readonly reason: string;
  readonly location: string | undefined;

  constructor(message: string, reason = 'invalidQuery', code = 400, location?: string) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.location = location;
  }
}

/** 404: `what` is like `Table sandbox-project:pipeline.facts`. */
export function notFound(what: string): QueryError {
  return new QueryError(`Not found: ${what}`, 'notFound', 404);
}

export function alreadyExists(what: string): QueryError {
  return new QueryError(`Already Exists: ${what}`, 'duplicate', 409);
}

export function invalid(message: string): QueryError {
  return new QueryError(message, 'invalid');
}
