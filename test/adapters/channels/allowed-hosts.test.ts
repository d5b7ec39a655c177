import { isAllowedHost } from '../../../shared/adapters/channels/allowed-hosts.ts';

it.each([
  ['https://hooks.example', ['hooks.example'], true],
  ['https://hooks.example:8443', ['hooks.example'], true],
  ['https://hooks.example:8443', ['hooks.example:8443'], true],
  ['https://hooks.example:8444', ['hooks.example:8443'], false],
  ['https://hooks.example', ['hooks.example:443'], true],
  ['https://HOOKS.example', ['hooks.example'], true],
  ['https://a.hooks.example', ['hooks.example'], false],
  ['https://hooks.example.evil.example', ['hooks.example'], false],
  ['https://hooks.example@evil.example', ['hooks.example'], false],
  ['https://127.0.0.1:4433', ['127.0.0.1:4433'], true],
  ['https://[::1]:4433', ['[::1]:4433'], true],
  ['https://hooks.example', [], false],
])('%s with %j is allowed: %s', (url, hosts, allowed) => {
  expect(isAllowedHost(new URL(url), hosts)).toBe(allowed);
});
