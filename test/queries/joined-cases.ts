import { checks, foreign, header } from './mail-cases.ts';
import type { RunQuery } from './run-kql.ts';
import { mailRow, tablesOf } from './sample-rows.ts';

/** What every engine must say of the queries that join other tables. */
export function testJoined(run: RunQuery): void {
  test('links, codes and files by what they are', () => {
    const mails = [mailRow(), mailRow(), mailRow(), mailRow(), mailRow()];
    const [id0, id1, id2, id3, id4] = mails.map((mail) => mail.NetworkMessageId);
    const at = '2026-10-12T10:00:00Z';
    const url = (NetworkMessageId: unknown, UrlDomain: string, UrlLocation = 'Body') => ({
      Timestamp: at,
      NetworkMessageId,
      UrlDomain,
      UrlLocation,
    });
    const file = (NetworkMessageId: unknown, FileName: string, FileType = '') => ({
      Timestamp: at,
      NetworkMessageId,
      FileName,
      FileType,
    });
    const rows = run(
      'payload-by-day',
      tablesOf(mails, {
        EmailUrlInfo: [
          url(id0, 'login.evil.example'),
          url(id0, 'www.contoso.example'),
          url(id1, 'portal.contoso.example'),
          url(id1, '10.0.0.5'),
          url(id1, 'nas'),
          url(id2, 'pay.example', 'QRCode'),
        ],
        EmailAttachmentInfo: [file(id3, 'Bonus.HTML'), file(id3, 'scan.pdf', 'pdf'), file(id4, 'scan.pdf', 'pdf')],
      }),
    );
    expect(rows).toMatchObject([{ Carrying: 3, OutsideLinks: 2, QrCodes: 1, RiskyAttachments: 1, ToSelf: 0 }]);
    expect([rows[0]?.LinkDomains].flat().sort()).toEqual(['login.evil.example', 'pay.example']);
  });

  test('what happened after delivery counts when it is about content, by message', () => {
    const mails = [mailRow(), mailRow(), mailRow(), mailRow()];
    const act = (at: number, ActionType: string, DetectionMethods: string, ThreatTypes = 'Phish') => ({
      Timestamp: '2026-10-14T00:00:00Z',
      NetworkMessageId: mails[at]?.NetworkMessageId,
      ActionType,
      DetectionMethods,
      ThreatTypes,
    });
    const rows = run(
      'after-delivery-by-day',
      tablesOf(mails, {
        EmailPostDeliveryEvents: [
          act(0, 'Phish ZAP', '{"Phish":["URL detonation"]}'),
          act(0, 'Phish ZAP', '{"Phish":["URL detonation"]}'),
          act(1, 'Phish ZAP', '{"Phish":["Spoof intra-org"]}'),
          act(2, 'Manual remediation', ''),
          act(3, 'Redelivery', ''),
        ],
      }),
    );
    expect(rows).toMatchObject([{ Condemned: 2, Reported: 0 }]);
  });

  test('mail that the tenant had sent out itself and that comes back', () => {
    const back = mailRow({ InternetMessageId: '<1@own>', ...header('amy@contoso.example') });
    const gone = mailRow({
      InternetMessageId: '<1@own>',
      ...header('Amy@contoso.example'),
      EmailDirection: 'Outbound',
      AuthenticationDetails: '',
    });
    const forged = mailRow({ InternetMessageId: '<1@own>', ...header('boss@contoso.example') });
    expect(run('returned-by-day', tablesOf([back, gone, forged]))).toMatchObject([{ Returned: 1 }]);
  });

  test('what else an address sends, and who signs in from it', () => {
    const other = (domain: string) =>
      mailRow({ ...foreign(`a@${domain}`), ...header(`a@${domain}`), ...checks('pass', 'pass', 'pass') });
    const elsewhere = { ...other('x.example'), SenderIPv4: '198.51.100.1' };
    const tables = tablesOf([mailRow(), other('a.example'), other('b.example'), elsewhere], {
      SigninLogs: ['u1', 'u2', 'u2'].map((UserId) => ({
        TimeGenerated: '2026-10-12T07:00:00Z',
        ResultType: '0',
        IPAddress: '203.0.113.9',
        UserId,
      })),
    });
    expect(run('neighbours', tables)).toEqual([{ Source: '203.0.113.9', Messages: 2, Domains: 2, Days: 1 }]);
    expect(run('sign-ins', tables)).toEqual([{ Source: '203.0.113.9', Users: 2, Days: 1 }]);
  });
}
