import { CONTOSO, FABRIKAM, fullWith, problemsOf } from './sample-file.ts';

const UNDEFINED = 'names a channel that "channels" does not define';

test.each<[string, unknown, string[]]>([
  [
    'a tenant twice, in other letters',
    fullWith(({ tenants }) => void tenants.push({ id: FABRIKAM.toUpperCase(), name: 'Again' })),
    ['tenants[2].id: is the same as tenants[0].id'],
  ],
  [
    'a tenant three times',
    fullWith(({ tenants }) => void tenants.push(tenants[1]!, tenants[1]!)),
    ['tenants[2].id: is the same as tenants[1].id', 'tenants[3].id: is the same as tenants[1].id'],
  ],
  [
    'a channel twice in the list of a tenant',
    fullWith(({ tenants }) => void tenants[0]!.channels!.push('ops')),
    ['tenants[0].channels[2]: is the same as tenants[0].channels[0]'],
  ],
  [
    'a channel twice in the defaults',
    fullWith(({ defaults }) => void defaults!.escalateTo!.push('boss')),
    ['defaults.escalateTo[1]: is the same as defaults.escalateTo[0]'],
  ],
  [
    'a channel of a tenant that is not there',
    fullWith(({ tenants }) => void tenants[0]!.channels!.push('mail')),
    [`tenants[0].channels[2]: ${UNDEFINED}`],
  ],
  [
    'an escalation to nowhere',
    fullWith(({ tenants }) => void tenants[0]!.escalateTo!.push('ceo')),
    [`tenants[0].escalateTo[1]: ${UNDEFINED}`],
  ],
  [
    'defaults to nowhere',
    fullWith(({ defaults }) => void defaults!.channels!.push('mail')),
    [`defaults.channels[1]: ${UNDEFINED}`],
  ],
  [
    'defaults that escalate to nowhere',
    fullWith(({ defaults }) => void defaults!.escalateTo!.push('ceo')),
    [`defaults.escalateTo[1]: ${UNDEFINED}`],
  ],
  [
    'a fallback that is not there',
    fullWith(({ defaults }) => void Object.assign(defaults!, { fallback: 'mail' })),
    [`defaults.fallback: ${UNDEFINED}`],
  ],
  [
    'a channel when none is defined',
    { tenants: [{ id: CONTOSO, name: 'Contoso Oy', channels: ['ops'] }] },
    [`tenants[0].channels[0]: ${UNDEFINED}`],
  ],
])('%s is refused, with its place', (_, file, problems) => expect(problemsOf(file)).toEqual(problems));

test('two tenants may share a channel, and a channel may be told of alerts and of escalations', () => {
  const file = fullWith(({ tenants }) => {
    Object.assign(tenants[1]!, { channels: ['ops'], escalateTo: ['ops'] });
  });
  expect(problemsOf(file)).toEqual([]);
});
