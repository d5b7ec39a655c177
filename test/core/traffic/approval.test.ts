import type { Approval } from '../../../shared/core/traffic/approval.ts';
import { assessOne, buildContext, buildDay, type DayInput, NOW } from './build-source.ts';

const PEOPLE = Array.from({ length: 12 }, (_, at) => `person${at}@contoso.example`);

/** Everybody gets mail from himself with a link, within one day. */
const SELF_BLAST: DayInput = {
  messages: 12,
  people: PEOPLE,
  from: [],
  to: PEOPLE,
  senders: { toSelf: 12, fromPerson: 12 },
  content: { withLinks: 12 },
  payload: { carrying: 12, outsideLinks: 12, toSelf: 12, linkDomains: ['login.evil.example'] },
};

const APPROVAL: Approval = {
  id: 'a1',
  block: '203.0.113.0/28',
  sender: null,
  reason: 'scanner on the third floor',
  by: 'kim',
  at: '2026-09-01T00:00:00.000Z',
  until: '2027-01-01T00:00:00.000Z',
};

describe('approvals', () => {
  test('an approved source is approved while the approval is in force', () => {
    const days = [buildDay()];
    expect(assessOne(days, buildContext(), [APPROVAL]).assessment).toBe('approved');
    expect(assessOne(days, buildContext(), [{ ...APPROVAL, until: NOW }]).assessment).toBe('needs-review');
    expect(assessOne(days, buildContext(), [{ ...APPROVAL, block: '198.51.100.0/24' }]).assessment).toBe(
      'needs-review',
    );
  });

  test('what was found to be phishing overrides it', () => {
    const source = assessOne([buildDay({ ...SELF_BLAST, verdicts: { content: 4 } })], buildContext(), [APPROVAL]);
    expect(source.assessment).toBe('likely-spoof');
    expect(source.reasons).toContain('approval-overridden');
  });

  test('an approval of one sender does not cover others', () => {
    const forScanner = { ...APPROVAL, sender: 'scanner@contoso.example' };
    expect(assessOne([buildDay()], buildContext(), [forScanner]).assessment).toBe('approved');
    const mixed = assessOne([buildDay({ from: ['scanner@contoso.example', 'boss@contoso.example'] })], buildContext(), [
      forScanner,
    ]);
    expect(mixed.assessment).toBe('needs-review');
    expect(mixed.reasons).toContain('approval-covers-less');
  });
});
