import type { ChainHead } from '../../../shared/core/evidence/history.ts';
import type { MailboxItem, Services } from '../../../shared/jobs/services.ts';

/** Turns right services into wrong ones, as a careless change of the program would. */
export type Defect = (services: Services) => Services;

/** Whoever asks for the right to send to a channel gets it. */
const noLease: Defect = (services) => ({
  ...services,
  mailbox: {
    ...services.mailbox,
    async pace(channel) {
      const found = await services.mailbox.pace(channel);
      return found === null ? null : { ...found, value: { ...found.value, leaseOwner: null, leaseUntil: null } };
    },
    async savePace(channel, pace, version) {
      for (let under = version; ; ) {
        const saved = await services.mailbox.savePace(channel, pace, under);
        if (saved !== 'conflict') return saved;
        under = (await services.mailbox.pace(channel))?.version ?? null;
      }
    },
  },
});

/** The mailbox learns of an alert after the commit, where it must before. */
const itemsAfterCommit: Defect = (services) => {
  const held = new Map<string, MailboxItem[]>();
  return {
    ...services,
    mailbox: {
      ...services.mailbox,
      async add(items) {
        for (const item of items) held.set(item.scope, [...(held.get(item.scope) ?? []), item]);
      },
    },
    ledger: {
      ...services.ledger,
      async commit(scope, ...rest) {
        const saved = await services.ledger.commit(scope, ...rest);
        const items = held.get(scope) ?? [];
        held.delete(scope);
        if (saved === 'saved' && items.length > 0) await services.mailbox.add(items);
        return saved;
      },
    },
  };
};

/** State and history are committed first, the outbox in a transaction of its own. */
const outboxApart: Defect = (services) => ({
  ...services,
  ledger: {
    ...services.ledger,
    async commit(scope, version, record, entries, outbox) {
      const saved = await services.ledger.commit(scope, version, record, entries, []);
      if (saved === 'conflict' || outbox.length === 0) return saved;
      const loaded = await services.ledger.load<{ chain: ChainHead }>(scope);
      return services.ledger.commit(scope, loaded?.version ?? null, record, [], outbox);
    },
  },
});

/** An alert is written down as accepted before it is sent. */
const acceptedBeforePost: Defect = (services) => ({
  ...services,
  mailbox: {
    ...services.mailbox,
    save(channel, items) {
      const at = services.now().toISOString();
      const accepted = { at, workflowRun: null, digestId: null };
      return services.mailbox.save(
        channel,
        items.map((item) => (item.sendingSince === null ? item : { ...item, accepted })),
      );
    },
  },
});

export const PLANTED_DEFECTS = { noLease, itemsAfterCommit, outboxApart, acceptedBeforePost };
