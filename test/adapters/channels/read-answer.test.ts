import { readAnswer } from '../../../shared/adapters/channels/read-answer.ts';

const NOW = Date.parse('2026-11-20T08:00:00Z');

function answer(status: number, headers: Record<string, string> = {}, body = '') {
  return readAnswer({ kind: 'answer', status, headers, body }, NOW, () => null);
}

describe('what an answer to an alert means', () => {
  it.each([200, 201, 202, 204])('%i is accepted', (status) => {
    expect(answer(status)).toEqual({ kind: 'accepted', workflowRun: null });
  });

  it('keeps the run id of the workflow when it is one', () => {
    const run = '08584392201948817204301122345CU08';
    expect(answer(202, { 'x-ms-workflow-run-id': run })).toEqual({ kind: 'accepted', workflowRun: run });
    expect(answer(202, { 'x-ms-workflow-run-id': '<script>' })).toEqual({ kind: 'accepted', workflowRun: null });
    expect(answer(202, { 'x-ms-workflow-run-id': 'x'.repeat(101) })).toEqual({ kind: 'accepted', workflowRun: null });
  });

  it.each([429, 503])('%i waits as long as it asks for', (status) => {
    expect(answer(status, { 'retry-after': '17' })).toMatchObject({
      kind: 'retry',
      after: 17_000,
      mayHaveArrived: false,
    });
    const date = 'Fri, 20 Nov 2026 08:02:00 GMT';
    expect(answer(status, { 'retry-after': date })).toMatchObject({ kind: 'retry', after: 120_000 });
    expect(answer(status)).toMatchObject({ kind: 'retry', after: null });
    expect(answer(status, { 'retry-after': 'soon' })).toMatchObject({ kind: 'retry', after: null });
  });

  it.each([500, 502, 504])('%i is tried again by our own table, and may have arrived', (status) => {
    const asked = { 'retry-after': '17' };
    expect(answer(status, asked)).toMatchObject({ kind: 'retry', after: null, mayHaveArrived: true });
  });

  it('408 is tried again', () => {
    expect(answer(408)).toMatchObject({ kind: 'retry', mayHaveArrived: false });
  });

  it('413 must be smaller', () => {
    expect(answer(413)).toMatchObject({ kind: 'too-large' });
  });

  it.each([
    [301, 'redirected'],
    [302, 'redirected'],
    [307, 'redirected'],
    [400, 'refused'],
    [401, 'access-denied'],
    [403, 'access-denied'],
    [404, 'not-found'],
    [405, 'refused'],
    [410, 'gone'],
  ])('%i is refused as %s', (status, cause) => {
    expect(answer(status)).toMatchObject({ kind: 'refused', cause });
  });

  it('what the channel says of itself goes before what the status says', () => {
    const outcome = { kind: 'answer', status: 404, headers: {}, body: 'x' } as const;
    expect(readAnswer(outcome, NOW, () => 'flow-deleted')).toMatchObject({ cause: 'flow-deleted' });
  });
});

describe('what is kept of an answer for people', () => {
  it('is its status and code, never its text', () => {
    const body = JSON.stringify({ error: { code: 'TooManyRequests', message: 'https://host/?sig=SECRET' } });
    expect(answer(429, {}, body)).toMatchObject({ error: 'answered 429 TooManyRequests' });
    expect(answer(500, {}, '<html>SECRET</html>')).toMatchObject({ error: 'answered 500' });
  });
});

describe('a failure of the network', () => {
  const failed = (cause: 'network' | 'too-large' | 'forbidden-address', mayHaveArrived: boolean) =>
    readAnswer({ kind: 'failed', cause, mayHaveArrived, fault: 'host: the connection\nwas cut' }, NOW, () => null);

  it('is tried again by our own table', () => {
    const error = 'host: the connection was cut';
    expect(failed('network', true)).toEqual({ kind: 'retry', after: null, mayHaveArrived: true, error });
    expect(failed('network', false)).toEqual({ kind: 'retry', after: null, mayHaveArrived: false, error });
  });

  it.each(['network', 'too-large'] as const)('after the status (%s) leaves the status to decide', (cause) => {
    const failed = { kind: 'failed', cause, mayHaveArrived: true, fault: 'the body was cut' } as const;
    const read = (status: number) => readAnswer({ ...failed, status }, NOW, () => null);
    expect(read(202)).toEqual({ kind: 'accepted', workflowRun: null });
    expect(read(500)).toMatchObject({ kind: 'retry', mayHaveArrived: true });
  });

  it('at an address that is not allowed is a wrong configuration', () => {
    expect(failed('forbidden-address', false)).toMatchObject({ kind: 'refused', cause: 'misconfigured' });
  });
});
