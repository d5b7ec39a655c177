import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openServices } from '../shared/adapters/open-services.ts';
import { openLog } from '../shared/adapters/telemetry/write-log.ts';
import { checkTenant } from '../shared/jobs/check-tenant.ts';
import { listManaged } from '../shared/jobs/list-tenants.ts';
import { type BenchStage, tenantId } from './bench-stage.ts';
import { fillFleet } from './measure-sweep.ts';

/** Requests to the table service that one unchanged check makes, counted on the wire between the SDK and the emulator. */
export async function countTransactions(stage: BenchStage, account: string): Promise<number> {
  const connectionString = stage.azurite.connectionString(account);
  const endpoint = new URL(/TableEndpoint=([^;]+)/.exec(connectionString)?.[1] ?? '');
  let count = 0;
  const counter = createServer((incoming, outgoing) => {
    count += 1;
    const { method, headers, url } = incoming;
    const onward = forward({ host: endpoint.hostname, port: endpoint.port, method, headers, path: url }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => counter.listen(0, '127.0.0.1', resolve));
  const { port } = counter.address() as AddressInfo;
  const counted = connectionString.replace(
    `TableEndpoint=${endpoint.origin}`,
    `TableEndpoint=http://127.0.0.1:${port}`,
  );
  const storage = { kind: 'connection-string', connectionString: counted } as const;
  const opened = openServices({ ...stage.settings, storage }, { env: {}, log: openLog(() => {}), hints: false });
  await fillFleet(stage, opened, 1);
  const [tenant] = (await listManaged(opened.services)).tenants;
  if (tenant === undefined) throw new Error(`tenant ${tenantId(0)} was not registered`);
  await checkTenant(opened.services, tenant, { runId: '20260101T000000Z-first' });
  const before = count;
  await checkTenant(opened.services, tenant, { runId: '20260101T001500Z-second' });
  await opened.close();
  counter.closeAllConnections();
  counter.close();
  return count - before;
}
