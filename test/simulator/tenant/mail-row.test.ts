import { composeMail, domainOf, guidOf } from '../../../simulator/tenant/mail-row.ts';

const sent = {
  at: new Date('2026-11-20T09:00:00Z'),
  from: 'Scan@Contoso.example',
  to: 'amy@contoso.example',
  ip: '203.0.113.10',
};

describe('a composed mail', () => {
  it('is Direct Send by default: own envelope, no connector, nothing passed', () => {
    expect(composeMail(sent)).toMatchObject({
      Timestamp: '2026-11-20T09:00:00.000Z',
      SenderMailFromDomain: 'contoso.example',
      SenderFromDomain: 'contoso.example',
      SenderIPv4: '203.0.113.10',
      SenderIPv6: '',
      EmailDirection: 'Inbound',
      Connectors: '',
    });
  });

  it('keeps envelope and header apart, and IPv6 in its own column', () => {
    const mail = composeMail({ ...sent, ip: '2001:db8::7' }, { SenderMailFromAddress: 'bounce@list.example' });
    expect(mail).toMatchObject({
      SenderMailFromDomain: 'list.example',
      SenderFromDomain: 'contoso.example',
      SenderIPv4: '',
      SenderIPv6: '2001:db8::7',
    });
  });

  it('has an id that is the same for the same mail and another for another one', () => {
    expect(composeMail(sent).NetworkMessageId).toBe(composeMail(sent).NetworkMessageId);
    expect(composeMail({ ...sent, to: 'bob@contoso.example' }).NetworkMessageId).not.toBe(
      composeMail(sent).NetworkMessageId,
    );
    expect(guidOf('x')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('knows the null sender', () => {
    expect(domainOf('')).toBe('');
    expect(domainOf('a@B.example')).toBe('b.example');
  });
});
