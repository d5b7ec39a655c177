import { createPipelineRequest } from '@azure/core-rest-pipeline';
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
