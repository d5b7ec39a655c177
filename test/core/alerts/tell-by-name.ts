import type { AlertKind } from '../../../shared/core/alerts/alert.ts';
import type { Fact, Group, Limits, Telling, Told } from '../../../shared/core/alerts/story.ts';
import { tellAttributed } from '../../../shared/core/alerts/tell-actors.ts';
import {
  tellBlinded,
  tellFleetBlind,
  tellFleetSighted,
  tellSighted,
} from '../../../shared/core/alerts/tell-blindness.ts';
import { tellDigest, tellSpoofing } from '../../../shared/core/alerts/tell-lists.ts';
import {
  tellExceptionExpiring,
  tellOpening,
  tellRecovered,
  tellReminder,
} from '../../../shared/core/alerts/tell-permissive.ts';
import { tellChannelBroken, tellHeartbeat, tellTest } from '../../../shared/core/alerts/tell-service.ts';
import { wordsIn } from '../../../shared/core/alerts/words/words.ts';
import type { Words } from '../../../shared/core/alerts/words/words-shape.ts';
import { HOUR } from '../../../shared/core/time.ts';
import { contextOf, type Sample } from '../../support/alerts-of-every-kind.ts';

/** Words that say their own names: `say.ledger(3, abc)` for the sentence of that name. */
function nameWords(words: unknown, path: string): unknown {
  if (typeof words === 'string') return path;
  if (typeof words === 'function') return (...values: unknown[]) => `${path}(${values.join(', ')})`;
  const named = ([key, one]: [string, unknown]) => [key, nameWords(one, path === '' ? key : `${path}.${key}`)];
  return Object.fromEntries(Object.entries(words as object).map(named));
}

const NAMES = nameWords(wordsIn('en'), '') as Words;

const TELL = {
  drifted: tellOpening,
  'found-permissive': tellOpening,
  reminder: tellReminder,
  recovered: tellRecovered,
  blinded: tellBlinded,
  sighted: tellSighted,
  attributed: tellAttributed,
  'exception-expiring': tellExceptionExpiring,
  'spoofing-seen': tellSpoofing,
  'fleet-blind': tellFleetBlind,
  'fleet-sighted': tellFleetSighted,
  digest: tellDigest,
  heartbeat: tellHeartbeat,
  'channel-broken': tellChannelBroken,
  test: tellTest,
} as unknown as Readonly<Record<AlertKind, (telling: Telling, facts: Sample['alert']['facts']) => Told>>;

/**
 * What an alert tells, by the names of the phrases and in lines, so that it can be read and compared whatever the wording.
 * Times are written shortly; with a zone they come in that zone too.
 */
export function tellByName(sample: Sample, limits: Limits, zone: string | null): string {
  const utc = (instant: string) => instant.slice(5, 16);
  const show = (raw: string, max = limits.text) => [...raw].slice(0, Math.min(max, limits.text)).join('');
  const telling: Telling = {
    alert: sample.alert,
    context: contextOf(sample, 'en'),
    words: NAMES,
    times: {
      zone: zone ?? 'UTC',
      utc,
      local: (instant) => (zone === null ? null : `${utc(instant)} in ${zone}`),
      duration: (milliseconds) => `${Math.round(milliseconds / HOUR)} h`,
    },
    limits,
    show,
    showId: (raw) => raw.slice(0, 8),
  };
  return printTold(TELL[sample.alert.facts.kind](telling, sample.alert.facts));
}

function printTold({ tone, story, impact, notes, facts, groups, steps, checkedAt, proof }: Told): string {
  const fact = ({ title, value, optional }: Fact) => `  ${title}: ${value}${optional ? ' (if there is room)' : ''}`;
  const group = ({ heading, rows, more }: Group) => [
    `  list: ${heading}`,
    ...rows.map(({ title, detail }) => `    ${title} | ${detail}`),
    ...(more === null ? [] : [`    ${more}`]),
  ];
  return [
    `${tone}: ${story}`,
    impact,
    ...notes.map((note) => `note: ${note}`),
    ...facts.map(fact),
    ...groups.flatMap(group),
    ...(steps === null
      ? []
      : [...steps.before, ...(steps.command === null ? [] : [`> ${steps.command}`]), ...steps.after]),
    `checked at ${checkedAt}`,
    ...(proof === undefined ? [] : [fact(proof)]),
  ].join('\n');
}
