import { checkDomains } from '../../shared/core/traffic/own-domains.ts';
import { buildQuery } from '../../shared/queries/build-query.ts';
import { answerHunting } from '../../simulator/graph/hunting-engine.ts';
import { testJoined } from './joined-cases.ts';
import { testMail } from './mail-cases.ts';
import { describeWithInterpreter, type RunQuery, startInterpreter } from './run-kql.ts';

const PERIOD = { start: '2026-10-12T00:00:00.000Z', end: '2026-10-13T00:00:00.000Z' };
const OWN = checkDomains([
  { name: 'contoso.example', matchSubdomains: true },
  { name: 'fabrikam.example', matchSubdomains: false },
  { name: 'münchen.example', matchSubdomains: false },
]);

describe('the simulator answers the queries', () => {
  const run: RunQuery = (name, tables) => {
    const result = answerHunting(buildQuery(name, OWN, PERIOD), tables);
    if ('status' in result) throw new Error(result.message);
    return [...result.results];
  };
  testMail(run);
  testJoined(run);

  test('a missing table is an error as the service words it, and so is a query of somebody else', () => {
    const query = buildQuery('traffic-by-day', OWN, PERIOD);
    expect(answerHunting(query, {})).toMatchObject({
      status: 400,
      message: expect.stringContaining("named 'EmailEvents'"),
    });
    expect(answerHunting('EmailEvents | take 1', {})).toMatchObject({ status: 501 });
  });
});

describeWithInterpreter('a KQL interpreter answers the queries', () => {
  let interpreter: ReturnType<typeof startInterpreter>;
  beforeAll(() => {
    interpreter = startInterpreter('2026-10-20T00:00:00Z');
  });
  afterAll(() => interpreter.stop());
  const run: RunQuery = (name, tables) => interpreter.run(buildQuery(name, OWN, PERIOD), tables);
  testMail(run);
  testJoined(run);
});
