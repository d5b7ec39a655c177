import { createPipelineRequest } from '@azure/core-rest-pipeline';
import type { HttpLimits, SendRequest } from '../../../shared/adapters/http/send-request.ts';
import { carryIdentityRequests } from '../../../shared/adapters/microsoft365/identity-transport.ts';

const SECRET = 'app';

/** What the identity library gets to read of an answer to a request that carried the secret. */
async function carry(status: number, body: string): Promise<string | null | undefined> {
  const answer = { kind: 'answer', status, headers: {}, body } as const;
  const client = carryIdentityRequests(async () => answer, { status: null, fault: null });
  const url = 'https://login.example/contoso/oauth2/v2.0/token';
  const form = `client_id=1&client_secret=${SECRET}`;
  return (await client.sendRequest(createPipelineRequest({ url, method: 'POST', body: form }))).bodyAsText;
}

test('a secret that an error repeats does not go on', async () => {
  expect(await carry(401, `wrong secret "${SECRET}"`)).toBe('wrong secret "[secret]"');
});

test('a token stays whole, also when its characters happen to spell the secret', async () => {
  const token = `eyJ.e30.x${SECRET}y`;
  expect(await carry(200, token)).toBe(token);
});

test('one whole answer has eight seconds, because the library tries three times within the time of a tenant', async () => {
  const given: HttpLimits[] = [];
  const send: SendRequest = async (_, limits) => {
    given.push(limits);
    return { kind: 'answer', status: 200, headers: {}, body: '{}' };
  };
  const client = carryIdentityRequests(send, { status: null, fault: null });
  await client.sendRequest(createPipelineRequest({ url: 'https://login.example/token', method: 'POST' }));
  expect(given).toMatchObject([{ answerWithin: 8000, wholeWithin: 8000 }]);
});
