import { rmSync } from 'node:fs';

export default async function stop(): Promise<void> {
  await globalThis.azurite?.stop();
  if (process.env.TEST_CLAIMS) rmSync(process.env.TEST_CLAIMS, { recursive: true, force: true });
}
