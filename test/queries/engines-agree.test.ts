import fc from 'fast-check';
import { checkDomains } from '../../shared/core/traffic/own-domains.ts';
import { buildQuery, QUERY_NAMES } from '../../shared/queries/build-query.ts';
import { answerHunting } from '../../simulator/graph/hunting-engine.ts';
import { describeWithInterpreter, startInterpreter } from './run-kql.ts';
import { comparable, tablesOf } from './sample-rows.ts';

const OWN = checkDomains([
  { name: 'contoso.example', matchSubdomains: true },
  { name: 'fabrikam.example', matchSubdomains: false },
]);
const PERIOD = { start: '2026-10-10T00:00:00.000Z', end: '2026-10-14T00:00:00.000Z' };

const address = fc.constantFrom(
  'amy@contoso.example',
  'Ben@Contoso.example',
  'scanner-2@contoso.example',
  'x@alerts.contoso.example',
  'a@fabrikam.example',
  'a@x.fabrikam.example',
  'news@customer.example',
  'srs0=ab=cd=contoso.example=amy@fwd.example',
  'list-bounces@lists.example',
  '',
  '<>',
);
const moment = fc
  .integer({ min: 0, max: 8 * 24 * 60 })
  .map((minutes) => new Date(Date.UTC(2026, 9, 8) + minutes * 60_000).toISOString());
const check = fc.constantFrom('pass', 'fail', 'softfail', 'none', 'PASS');
const text = <T extends string>(...values: T[]) => fc.constantFrom(...values);

/** Any mail, with few enough ids, addresses and places that rows meet. */
const anyMail = fc
  .record({
    id: fc.integer({ min: 1, max: 8 }),
    Timestamp: moment,
    LastEventExecutionTime: fc.option(moment, { nil: null }),
    envelope: address,
    from: address,
    RecipientEmailAddress: address,
    ip: text('203.0.113.9', '203.0.113.10', '', '2001:db8::1'),
    SenderObjectId: text('', 'u1'),
    EmailDirection: text('Inbound', 'Intra-org', 'Outbound', 'inbound'),
    Connectors: text('', '', '', 'Office'),
    spf: fc.option(check, { nil: undefined }),
    dkim: fc.option(check, { nil: undefined }),
    dmarc: fc.option(text('pass', 'fail', 'none', 'bestguesspass'), { nil: undefined }),
    Subject: text('Scan', 'New voicemail (0:12)', 'Your password expires', 'Minutes'),
    UrlCount: fc.nat(2),
    AttachmentCount: fc.nat(1),
    DeliveryAction: text('Delivered', 'Junked', 'Blocked', 'Replaced'),
    DeliveryLocation: text('Inbox/folder', 'Quarantine', 'Junk folder'),
    ThreatTypes: text('', 'Phish', 'Malware', 'Spam', 'Phish, Spam'),
    DetectionMethods: text(
      '',
      '{"Phish":["Spoof intra-org"]}',
      '{"Phish":["URL detonation"]}',
      '{"Phish":["Advanced filter","Spoof DMARC"]}',
    ),
    OrgLevelPolicy: text('', '', '', 'Phishing simulation'),
  })
  .map(({ id, envelope, from, ip, spf, dkim, dmarc, ...row }) => ({
    ...row,
    // One message has one sender, place and moment of verdict per change, as in the service.
    NetworkMessageId: `m${id}-${envelope}-${from}-${ip}-${spf}-${dkim}-${dmarc}-${row.Subject}-${row.EmailDirection}`,
    InternetMessageId: `<${id}@mail>`,
    SenderMailFromAddress: envelope,
    SenderMailFromDomain: envelope.split('@')[1] ?? '',
    SenderFromAddress: from,
    SenderFromDomain: from.split('@')[1] ?? '',
    SenderIPv4: ip.includes(':') ? '' : ip,
    SenderIPv6: ip.includes(':') ? ip : '',
    AuthenticationDetails: JSON.stringify({ SPF: spf, DKIM: dkim, DMARC: dmarc }),
  }));

const anyTables = fc.array(anyMail, { minLength: 1, maxLength: 25 }).chain((mails) => {
  const id = fc.constantFrom(...mails.map(({ NetworkMessageId }) => NetworkMessageId));
  const several = <T>(row: fc.Arbitrary<T>) => fc.array(row, { maxLength: 12 });
  return fc.record({
    EmailEvents: fc.constant(mails),
    EmailUrlInfo: several(
      fc.record({
        Timestamp: moment,
        NetworkMessageId: id,
        UrlDomain: text('evil.example', 'www.contoso.example', '10.1.1.1', 'nas', ''),
        UrlLocation: text('Body', 'QRCode'),
      }),
    ),
    EmailAttachmentInfo: several(
      fc.record({
        Timestamp: moment,
        NetworkMessageId: id,
        FileName: text('scan.pdf', 'a.HTML', 'noextension', ''),
        FileType: text('', 'pdf', 'svg'),
      }),
    ),
    EmailPostDeliveryEvents: several(
      fc.record({
        Timestamp: moment,
        NetworkMessageId: id,
        ActionType: text('Phish ZAP', 'Malware ZAP', 'Spam ZAP', 'Manual remediation', 'Redelivery', 'User reported'),
        ThreatTypes: text('', 'Phish', 'Spam'),
        DetectionMethods: text('', '{"Phish":["Spoof intra-org"]}', '{"Phish":["File detonation"]}'),
      }),
    ),
    SigninLogs: several(
      fc.record({
        TimeGenerated: moment,
        ResultType: text('0', '50126'),
        IPAddress: text('203.0.113.9', '2001:db8::1', '192.0.2.1'),
        UserId: text('u1', 'u2', ''),
      }),
    ),
  });
});

describeWithInterpreter('the simulator and a KQL interpreter agree on any rows', () => {
  let interpreter: ReturnType<typeof startInterpreter>;
  beforeAll(() => {
    interpreter = startInterpreter('2026-10-20T00:00:00Z');
  });
  afterAll(() => interpreter.stop());

  test.each(QUERY_NAMES)('%s', (name) => {
    const query = buildQuery(name, OWN, PERIOD);
    fc.assert(
      fc.property(anyTables, (rows) => {
        const tables = tablesOf(rows.EmailEvents, rows);
        const answer = answerHunting(query, tables);
        if ('status' in answer) throw new Error(answer.message);
        expect(comparable(answer.results)).toEqual(comparable(interpreter.run(query, tables)));
      }),
      { seed: 51, numRuns: 150 },
    );
  });
});
