import fc from 'fast-check';
import { checkTeamsUrl } from '../../../../shared/adapters/channels/teams-workflow/check-teams-url.ts';

const QUERY = 'api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=SECRETSIGNATURE';
const PATH = '/powerautomate/automations/direct/workflows/0a1b/triggers/manual/paths/invoke';
const NEW = 'https://defaultabc.12.environment.api.powerplatform.com';

describe('the address of a workflow', () => {
  it.each([
    [
      'of the old form',
      `https://prod-12.westeurope.logic.azure.com:443/workflows/0a1b/triggers/manual/paths/invoke?${QUERY}`,
    ],
    ['of the new form', `${NEW}:443${PATH}?${QUERY}`],
    ['of the newest form', `${NEW}${PATH.replace('/workflows', '/cu/12/workflows')}?${QUERY}`],
    ['with a final slash', `${NEW}${PATH}/?${QUERY}`],
    ['of the US government cloud', `https://d.1.environment.api.gov.powerplatform.microsoft.us${PATH}?${QUERY}`],
  ])('%s is right', (_what, url) => {
    expect(checkTeamsUrl(url, [])).toBeNull();
  });

  it.each([
    ['a retired connector', `https://contoso.webhook.office.com/webhookb2/SECRETSIGNATURE`, /retired in 2026.*docs/],
    ['the first connectors', `https://outlook.office.com/webhook/SECRETSIGNATURE`, /retired in 2026/],
    ['copied out of a web page', `${NEW}${PATH}?${QUERY.replaceAll('&', '&amp;')}`, /"&amp;"/],
    ['without sig', `${NEW}${PATH}?api-version=1`, /no "sig".*Anyone/],
    ['with an empty sig', `${NEW}${PATH}?api-version=1&sig=`, /no "sig"/],
    ['without TLS', `${NEW.replace('https', 'http')}${PATH}?${QUERY}`, /https/],
    ['on a strange host', `https://evil.example${PATH}?${QUERY}`, /DSW_WEBHOOK_HOSTS/],
    [
      'on a host that only ends alike',
      `https://evilenvironment.api.powerplatform.com${PATH}?${QUERY}`,
      /DSW_WEBHOOK_HOSTS/,
    ],
    ['on a host that only begins alike', `${NEW}.evil.example${PATH}?${QUERY}`, /DSW_WEBHOOK_HOSTS/],
    ['on another port', `${NEW}:8443${PATH}?${QUERY}`, /DSW_WEBHOOK_HOSTS/],
    ['of something else in Power Automate', `${NEW}/powerautomate/flows/SECRETSIGNATURE?${QUERY}`, /trigger/],
    ['with a user name', `${NEW.replace('//', '//user:word@')}${PATH}?${QUERY}`, /user name/],
    ['that is no URL', 'SECRETSIGNATURE', /not a URL/],
    ['that is empty', '', /not a URL/],
  ])('%s is refused with what to do, and not repeated', (_what, url, expected) => {
    const problem = checkTeamsUrl(url, []);
    expect(problem).toMatch(expected);
    expect(problem).not.toContain('SECRETSIGNATURE');
    expect(problem).not.toContain('word');
  });

  it('on a host that was allowed needs only TLS', () => {
    const url = 'https://hooks.example.com:8443/any';
    expect(checkTeamsUrl(url, ['hooks.example.com'])).toBeNull();
    expect(checkTeamsUrl(url, ['hooks.example.com:8443'])).toBeNull();
    expect(checkTeamsUrl(url, ['hooks.example.com:443'])).toMatch('DSW_WEBHOOK_HOSTS');
    expect(checkTeamsUrl(url.replace('https', 'http'), ['hooks.example.com'])).toMatch('https');
  });

  it('is never repeated, whatever it is', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), fc.stringMatching(/^[a-z]{20}$/), (url, secret) => {
        expect(checkTeamsUrl(`${url}/${secret}?sig=${secret}`, []) ?? '').not.toContain(secret);
      }),
    );
  });
});
