import { RestError } from '@azure/data-tables';

/** The HTTP status of a storage error; its `code` is often undefined (sheet, section 3), so nothing else is compared. */
export function statusOf(error: unknown): number | null {
  return error instanceof RestError || (error instanceof Error && 'statusCode' in error)
    ? ((error as { statusCode?: number }).statusCode ?? null)
    : null;
}

/** 412: the row changed since it was read; 409: it exists already; 404: it is gone. All mean: read again. */
export function isConflict(error: unknown): boolean {
  const status = statusOf(error);
  if (status === 404) return !isMissingTable(error);
  return status === 412 || status === 409;
}

function isMissingTable(error: unknown): boolean {
  return error instanceof Error && /TableNotFound/.test(JSON.stringify({ ...error, message: error.message }));
}

/** The entity, or null when there is none. */
export async function orNull<T>(promise: Promise<T>): Promise<T | null> {
  try {
    return await promise;
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}
