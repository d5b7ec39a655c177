import { createServer, type Socket } from 'node:net';
import { openStorage } from '../../../shared/adapters/storage/open-storage.ts';

const noIdentity = () => {
  throw new Error('the connection string has a key');
};

it('an account that takes connections and never answers is given up, in words', async () => {
  const sockets = new Set<Socket>();
  const silent = createServer((socket) => sockets.add(socket));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const address = silent.address();
  const base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/devstoreaccount1`;
  const key = Buffer.from('key').toString('base64');
  const connectionString = `DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=${key};TableEndpoint=${base};QueueEndpoint=${base};`;
  const storage = openStorage({ kind: 'connection-string', connectionString }, noIdentity, 50);
  await expect(storage.table('fleet').getEntity('fleet', 'one')).rejects.toThrow('no answer came within 0.05 s');
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => silent.close(resolve));
});
