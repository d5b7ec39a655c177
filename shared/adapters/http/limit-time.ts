/** A signal that fires after a time, or with another one; `end` sets both free. */
export interface TimeLimit {
  readonly signal: AbortSignal;
  end(): void;
}

/**
 * Limits a piece of work to so many milliseconds. Unlike `AbortSignal.timeout` joined by `AbortSignal.any`, nothing is held
 * once the work has ended: a sweep of thousands would else keep every request's remains until its time had run out.
 */
export function limitTime(milliseconds: number, outer?: AbortSignal): TimeLimit {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(new DOMException('it took too long', 'TimeoutError'));
  }, milliseconds);
  const follow = () => controller.abort(outer?.reason);
  if (outer?.aborted) follow();
  outer?.addEventListener('abort', follow, { once: true });
  return {
    signal: controller.signal,
    end() {
      clearTimeout(timer);
      outer?.removeEventListener('abort', follow);
    },
  };
}
