import { decodeRefusal } from '../../../../shared/adapters/channels/teams-workflow/decode-refusal.ts';
import { nameReply } from '../../../../simulator/behaviour/record-request.ts';
import { teamsBehaviours } from '../../../../simulator/teams/teams-behaviours.ts';
import type { Answer } from '../../../../simulator/wire/reply.ts';

describe('the cause of a refusal, from the answer of the workflow', () => {
  it.each([
    ['disabled', 'flow-disabled'],
    ['deleted', 'flow-deleted'],
    ['suspended', 'flow-suspended'],
    ['schemaMismatch', 'schema-mismatch'],
    ['signatureLost', 'signature-lost'],
    ['signatureForbidden', 'signature-lost'],
    ['wrongCaller', 'access-denied'],
    ['workflowMissing', 'not-found'],
    ['routeMissing', null],
    ['gone', null],
  ] as const)('%s: %s', (name, cause) => {
    const { status, body } = teamsBehaviours[name] as Answer;
    expect(nameReply(teamsBehaviours[name] as Answer)).toBe(String(status));
    expect(decodeRefusal(status, body)).toBe(cause);
  });

  it('a lost query is told from a lost signature', () => {
    expect(decodeRefusal(400, '{"error":{"code":"MissingApiVersionParameter"}}')).toBe('query-lost');
  });

  it('a 401 that says nothing is a lost signature; any other says nothing', () => {
    expect(decodeRefusal(401, '')).toBe('signature-lost');
    expect(decodeRefusal(403, '<html>')).toBeNull();
    expect(decodeRefusal(400, '{"error":{"code":"constructor"}}')).toBeNull();
  });

  it('a state that nobody knows is taken for turned off', () => {
    const body = '{"error":{"code":"WorkflowTriggerIsNotEnabled","message":"… with state \'Resting\': …"}}';
    expect(decodeRefusal(400, body)).toBe('flow-disabled');
  });
});
