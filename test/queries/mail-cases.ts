import type { RunQuery } from './run-kql.ts';
import { mailRow, tablesOf } from './sample-rows.ts';

/** An envelope sender of another domain. */
export const foreign = (address: string) => ({
  SenderMailFromAddress: address,
  SenderMailFromDomain: address.split('@')[1] ?? '',
});
/** A header From. */
export const header = (address: string) => ({
  SenderFromAddress: address,
  SenderFromDomain: address.split('@')[1] ?? '',
});
/** Results of the receiver's checks. */
export const checks = (SPF: string, DKIM: string, DMARC: string) => ({
  AuthenticationDetails: JSON.stringify({ SPF, DKIM, DMARC }),
});

/** What every engine must say of query `traffic-by-day`. */
export function testMail(run: RunQuery): void {
  const traffic = (...mails: Record<string, unknown>[]) => run('traffic-by-day', tablesOf(mails));

  test('a message is counted once, whatever its recipients and changes of verdict', () => {
    const first = mailRow({ RecipientEmailAddress: 'amy@contoso.example' });
    const other = { ...first, RecipientEmailAddress: 'ben@contoso.example' };
    const changed = {
      ...first,
      LastEventExecutionTime: '2026-10-14T09:00:00Z',
      ThreatTypes: 'Phish',
      DetectionMethods: '{"Phish":["URL detonation"]}',
      DeliveryAction: 'Blocked',
      DeliveryLocation: 'Quarantine',
    };
    expect(traffic(first, other, changed)).toMatchObject([
      { Messages: 1, Delivered: 1, Hard: 1, Class: 'direct-send', Source: '203.0.113.9' },
    ]);
  });

  test('the latest verdict counts, also when it clears', () => {
    const accused = mailRow({
      ThreatTypes: 'Phish',
      DetectionMethods: '{"Phish":["File detonation"]}',
      DeliveryAction: 'Junked',
    });
    const cleared = {
      ...accused,
      LastEventExecutionTime: '2026-10-12T18:00:00Z',
      ThreatTypes: '',
      DetectionMethods: '',
      DeliveryAction: 'Delivered',
    };
    expect(traffic(cleared, accused)).toMatchObject([{ Messages: 1, Hard: 0, Delivered: 1, Junked: 0 }]);
  });

  test('a message belongs to the day of its first row', () => {
    const mail = mailRow({ Timestamp: '2026-10-11T23:59:00Z' });
    expect(
      traffic(mail, { ...mail, Timestamp: '2026-10-12T08:00:00Z', LastEventExecutionTime: '2026-10-12T08:00:00Z' }),
    ).toEqual([]);
    expect(traffic(mailRow({ Timestamp: '2026-10-13T00:00:00Z' }))).toEqual([]);
  });

  test.each([
    ['ordinary mail from outside', { ...foreign('a@customer.example'), ...header('a@customer.example') }],
    ['mail through a connector', { Connectors: 'From office' }],
    [
      'real mail within the organisation',
      { EmailDirection: 'Intra-org', AuthenticationDetails: '{"DKIM":"none","DMARC":"none"}' },
    ],
    ['outbound mail', { EmailDirection: 'Outbound' }],
    ['a look-alike', { ...foreign('a@notcontoso.example'), ...header('a@notcontoso.example') }],
    [
      'a name that contains the own one',
      { ...foreign('a@contoso.example.evil.example'), ...header('a@contoso.example.evil.example') },
    ],
    [
      'a subdomain where subdomains are not own',
      { ...foreign('a@x.fabrikam.example'), ...header('a@x.fabrikam.example') },
    ],
  ])('%s is not listed', (_, columns) => {
    expect(traffic(mailRow(columns))).toEqual([]);
  });

  test.each([
    ['any case', { ...foreign('Scan@CONTOSO.example'), SenderMailFromDomain: 'CONTOSO.example' }, 'direct-send'],
    [
      'a subdomain of a domain that matches them',
      { ...foreign('a@deep.alerts.contoso.example'), ...header('a@deep.alerts.contoso.example') },
      'direct-send',
    ],
    [
      'an internationalised domain in ASCII',
      { ...foreign('a@xn--mnchen-3ya.example'), ...header('a@xn--mnchen-3ya.example') },
      'direct-send',
    ],
    [
      'an internationalised domain in its own script',
      { ...foreign('a@münchen.example'), ...header('a@münchen.example') },
      'direct-send',
    ],
    ['mail within the organisation that was checked', { EmailDirection: 'Intra-org' }, 'direct-send'],
    ['an own envelope with a foreign header', header('service@bank.example'), 'direct-send'],
    ['an own header with a foreign envelope', foreign('x@evil.example'), 'header-only'],
    ['an own header with an empty envelope', { SenderMailFromAddress: '', SenderMailFromDomain: '' }, 'header-only'],
  ])('%s is listed', (_, columns, kind) => {
    expect(traffic(mailRow(columns))).toMatchObject([{ Class: kind, Messages: 1 }]);
  });

  test('IPv6 is a source where IPv4 is not known', () => {
    expect(traffic(mailRow({ SenderIPv4: '', SenderIPv6: '2001:db8::7' }))).toMatchObject([{ Source: '2001:db8::7' }]);
  });

  test.each([
    ['URL detonation', 'Phish', { Hard: 1 }],
    ['File detonation reputation', 'Phish', { Hard: 1 }],
    ['Anti-malware engine', 'Malware', { Hard: 1 }],
    ['Impersonation brand', 'Phish', { Hard: 1 }],
    ['Spoof intra-org', 'Phish', { SpoofOnly: 1 }],
    ['Spoof DMARC', 'Phish', { SpoofOnly: 1 }],
    ['Advanced filter', 'Phish', { Soft: 1 }],
    ['Mailbox intelligence impersonation', 'Phish', { Soft: 1 }],
    ['', 'Phish', { Soft: 1 }],
    ['Bulk', 'Spam', {}],
  ])('%s (%s) is weighed as %j', (method, threat, expected) => {
    const methods = method === '' ? '' : JSON.stringify({ [threat]: [method] });
    const [row] = traffic(mailRow({ ThreatTypes: threat, DetectionMethods: methods }));
    expect(row).toMatchObject({ Hard: 0, Soft: 0, SpoofOnly: 0, ...expected });
  });

  test('spoofing together with a method about content is about content', () => {
    const both = mailRow({
      ThreatTypes: 'Phish',
      DetectionMethods: '{"Phish":["Spoof intra-org","URL malicious reputation"]}',
    });
    expect(traffic(both)).toMatchObject([{ Hard: 1, SpoofOnly: 0 }]);
  });

  test('a simulation is counted as such and accuses nobody', () => {
    const mail = mailRow({
      OrgLevelPolicy: 'Phishing simulation',
      ThreatTypes: 'Phish',
      DetectionMethods: '{"Phish":["URL detonation"]}',
    });
    expect(traffic(mail)).toMatchObject([{ Simulated: 1, Hard: 0 }]);
  });

  test.each([
    ['pass', 'none', 'pass', { SpfPass: 1, Signed: 0, DmarcPass: 1, AllPass: 0 }],
    ['softfail', 'pass', 'pass', { SpfPass: 0, SpfFail: 1, Signed: 1, DmarcPass: 1 }],
    ['fail', 'pass', 'fail', { DkimPass: 1, Signed: 0, DmarcFail: 1 }],
    ['pass', 'pass', 'pass', { Signed: 0, AllPass: 1 }],
  ])('SPF %s, DKIM %s, DMARC %s', (spf, dkim, dmarc, expected) => {
    expect(traffic(mailRow(checks(spf, dkim, dmarc)))).toMatchObject([expected]);
  });

  test('self-to-self means the only recipient; people are mailboxes without the name of a device or office', () => {
    const amy = { ...foreign('amy@contoso.example'), ...header('amy@contoso.example'), SenderObjectId: 'u1' };
    const self = mailRow(amy);
    const copied = mailRow(amy);
    const rows = traffic(self, copied, { ...copied, RecipientEmailAddress: 'ben@contoso.example' });
    expect(rows).toMatchObject([{ Messages: 2, ToSelf: 1, FromPerson: 2 }]);
    for (const name of ['scanner', 'mfp-2.floor', 'hp-printer', 'no-reply', 'payroll', 'HelpDesk']) {
      const sender = `${name}@contoso.example`;
      expect(traffic(mailRow({ ...header(sender), SenderObjectId: 'u2' }))).toMatchObject([{ FromPerson: 0 }]);
    }
  });
}
