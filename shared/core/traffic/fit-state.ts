import type { Readiness } from '../posture/judge-readiness.ts';
import type { SourceNetwork } from './network-context.ts';
import type { OwnDomains } from './own-domains.ts';
import { keepMost, type StoredContext, storedLength, type TrafficState, takeWhatFits } from './traffic-state.ts';

/** A table entity holds 1 MiB, its texts two bytes a character; the rest is for names and keys. */
export const MOST_CHARACTERS = 480_000;

/** Characters of each part; what they leave belongs to the assessed sources. */
const ROOM = {
  domains: 60_000,
  roots: 20_000,
  rejected: 10_000,
  exchangers: 60_000,
  connectors: 60_000,
  locations: 10_000,
  breaking: 70_000,
  sources: 90_000,
} as const;
const LONGEST_TEXT = 600;
const MOST_SENTENCES = 8;

/**
 * Makes a state fit into one row whatever a tenant's traffic, names and connectors are: lists are shortened from their
 * less important end and say so; what must be whole to be true (connectors, mail exchangers) becomes unknown.
 */
export function fitState(state: TrafficState): TrafficState {
  const fitted: TrafficState = {
    ...state,
    detail: state.detail?.slice(0, LONGEST_TEXT) ?? null,
    readiness: state.readiness && fitReadiness(state.readiness),
    context: state.context && fitContext(state.context),
    assessed: [],
  };
  const { assessed, more } = keepMost(state.assessed, MOST_CHARACTERS - storedLength(fitted));
  return { ...fitted, assessed, more: state.more + more };
}

function fitReadiness({ verdict, why, wouldBreak }: Readiness): Readiness {
  const named = takeWhatFits(wouldBreak, ROOM.breaking);
  const dropped = wouldBreak.length - named.length;
  const sentences = why.slice(0, MOST_SENTENCES).map((sentence) => sentence.slice(0, LONGEST_TEXT));
  const said = dropped === 0 ? [] : [`${dropped} more, with less mail, are not listed one by one.`];
  return { verdict, why: [...sentences, ...said], wouldBreak: named };
}

function fitContext(context: StoredContext): StoredContext {
  const { own, mailExchangers, connectors, sources } = context;
  return {
    ...context,
    own: fitNames(own),
    // A list without its end could call a way in closed that is open.
    mailExchangers: storedLength(mailExchangers) > ROOM.exchangers ? null : mailExchangers,
    connectors: storedLength(connectors) > ROOM.connectors ? null : connectors,
    namedLocations: storedLength(context.namedLocations) > ROOM.locations ? null : context.namedLocations,
    sources: takeWhatFits(
      [...sources].sort((one, other) => rank(one) - rank(other)),
      ROOM.sources,
    ),
  };
}

function fitNames({ exact, roots, rejected }: OwnDomains): OwnDomains {
  return {
    exact: takeWhatFits(exact, ROOM.domains),
    roots: takeWhatFits(roots, ROOM.roots),
    rejected: takeWhatFits(rejected, ROOM.rejected),
  };
}

/** What speaks for a source is kept first: a stranger stays a stranger without it. */
function rank([, { spf, signIns, neighbours, pointer }]: readonly [string, SourceNetwork]): number {
  const speaks = spf?.result === 'pass' || (signIns?.users ?? 0) > 0 || (neighbours?.domains ?? 0) > 0;
  return speaks ? 0 : pointer?.kind === 'confirmed' ? 1 : 2;
}
