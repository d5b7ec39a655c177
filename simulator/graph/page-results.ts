import type { HttpRequest } from '../wire/read-request.ts';
import { type Answer, json } from '../wire/reply.ts';

/** One page of a collection; `@odata.nextLink` repeats the query with an opaque `$skiptoken` while there is more. */
export function pageResults(request: HttpRequest, results: readonly object[], size: number): Answer {
  const start = readSkipToken(request.query);
  const value = results.slice(start, start + size);
  const next = new URL(`${request.origin}${request.path}${request.search}`);
  next.searchParams.set('$skiptoken', Buffer.from(`offset ${start + size}`).toString('base64url'));
  const more = start + size < results.length ? { '@odata.nextLink': next.href } : {};
  return json(200, { '@odata.context': `${request.origin}${request.path}`, ...more, value });
}

/** False when the request carries a `$skiptoken` that was not handed out. */
export function hasReadableSkipToken({ query }: HttpRequest): boolean {
  return Number.isInteger(readSkipToken(query));
}

function readSkipToken(query: URLSearchParams): number {
  const token = query.get('$skiptoken');
  if (token === null) return 0;
  return Number(/^offset (\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1] ?? Number.NaN);
}
