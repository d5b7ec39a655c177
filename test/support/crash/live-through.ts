import type { CheckedTenant } from '../../../shared/core/schemas.ts';
import { checkTenant } from '../../../shared/jobs/check-tenant.ts';
import { deliverAll } from '../../../shared/jobs/deliver-all.ts';
import { listManaged } from '../../../shared/jobs/list-tenants.ts';
import { nameRun } from '../../../shared/jobs/name-run.ts';
import type { Services } from '../../../shared/jobs/services.ts';
import { tend } from '../../../shared/jobs/tend.ts';
import type { Behaviour } from '../../../simulator/behaviour/behaviour.ts';
import { nameChannels, openWorld, tenantId, type World } from '../open-world.ts';
import { type Finding, findViolations } from './find-violations.ts';
import { type Death, type Mortal, openMortal } from './open-mortal.ts';
import type { Defect } from './planted-defects.ts';

/** One life of a fleet: what it is, and when its processes die. */
export interface Life {
  readonly tenants: number;
  readonly channels: readonly string[];
  /** The setting of all tenants, sweep by sweep, after one that found them enforced. */
  readonly story: readonly boolean[];
  /** After how many calls each process dies, in the order in which they start; later ones live. */
  readonly deaths: readonly (number | null)[];
  /** What happens to the hints that a channel has something waiting. */
  readonly hints: 'kept' | 'lost' | 'doubled';
  /** Processes that deliver at the same time. */
  readonly deliverers: 1 | 2;
  /** Whether a dead process is known to be dead, as on one machine, or its lease must end. */
  readonly deathIsKnown: boolean;
  /** What each channel's receiver does at first, request by request; it takes everything after that. */
  readonly receiver: readonly Behaviour[];
  readonly defect?: Defect;
}

export interface Lived extends Finding {
  readonly deaths: readonly Death[];
  /** Calls that each mortal process made. */
  readonly calls: readonly number[];
}

const MINUTE = 60_000;

/** Lives one life on an empty storage account, and looks what came of it. */
export async function liveThrough(connectionString: string, life: Life): Promise<Lived> {
  const world = await openWorld(connectionString);
  try {
    const tenants = Array.from({ length: life.tenants }, (_, nth) => ({
      id: tenantId(nth + 1),
      name: `Tenant ${nth + 1}`,
    }));
    await world.register({ channels: nameChannels(world), defaults: { channels: life.channels }, tenants });
    await world.sweep();
    for (const receiver of [world.simulator.flow('ops'), world.simulator.webhook('siem')]) {
      if (life.receiver.length > 0) receiver.behave(...life.receiver, 'healthy');
    }
    const { deaths, calls } = await liveStory(world, life);
    await comeToRest(world, life);
    const expectation = {
      tenants: tenants.map(({ id }) => id),
      channels: life.channels,
      kinds: kindsOf(life.story),
      repeatable: deaths.flatMap(({ unmarked }) => unmarked),
    };
    return { ...(await findViolations(world.services, world.simulator, expectation)), deaths, calls };
  } finally {
    await world.close();
  }
}

/** Lives the story sweep by sweep; a sweep is over once one process after another has come to its end alive. */
async function liveStory(world: World, life: Life): Promise<{ deaths: Death[]; calls: number[] }> {
  const deaths: Death[] = [];
  const mortals: Mortal[] = [];
  const live = async (work: (services: Services) => Promise<void>): Promise<boolean> => {
    const name = `process ${mortals.length}`;
    const mortal = openMortal(varyHints(world.openProcess(name), life.hints), life.deaths[mortals.length] ?? null);
    mortals.push(mortal);
    const death = await mortal.live((services) => work(life.defect?.(services) ?? services));
    if (death === null) return true;
    deaths.push(death);
    if (life.deathIsKnown) world.dead.add(name);
    return false;
  };
  for (const setting of life.story) {
    world.clock.advance(15 * MINUTE);
    const messages = await planChecks(world, setting);
    const runId = nameRun(world.clock.now(), 'timer');
    while (!(await sweepOnce(world, life, live, runId, messages))) world.clock.advance(MINUTE);
  }
  return { deaths, calls: mortals.map((mortal) => mortal.calls()) };
}

async function planChecks(world: World, setting: boolean): Promise<CheckedTenant[]> {
  const { tenants } = await listManaged(world.services);
  for (const { id } of tenants) world.simulator.tenant(id).setting = setting;
  return [...tenants];
}

/** Checks what is left to check, and delivers; false when a process died over it. */
async function sweepOnce(
  world: World,
  life: Life,
  live: (work: (services: Services) => Promise<void>) => Promise<boolean>,
  runId: string,
  messages: CheckedTenant[],
): Promise<boolean> {
  const alone = life.deliverers === 1;
  const checked = await live(async (services) => {
    // A message is gone only once its handler has ended; after a crash it comes again.
    for (let next = messages[0]; next !== undefined; next = messages[0]) {
      await checkTenant(services, next, { runId });
      messages.shift();
    }
    if (alone) await deliverHinted(world, services);
  });
  if (!checked || alone) return checked;
  const both = await Promise.all([1, 2].map(() => live((services) => deliverHinted(world, services))));
  return both.every((alive) => alive);
}

/** What the queue trigger and the minute's timer do. */
async function deliverHinted(world: World, services: Services): Promise<void> {
  const queue = world.storage.queues.getQueueClient('alert-deliveries');
  for (;;) {
    // A hint that a dead process had taken does not come again within this life: it is lost.
    const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 8, visibilityTimeout: 300 });
    if (receivedMessageItems.length === 0) break;
    for (const { messageId, popReceipt, messageText } of receivedMessageItems) {
      const { channel } = JSON.parse(Buffer.from(messageText, 'base64').toString()) as { channel: string };
      const managed = await listManaged(services);
      const named = managed.channels.filter(({ id }) => id === channel);
      await deliverAll(services, named, managed, { patience: 10_000, random: () => 0 });
      await queue.deleteMessage(messageId, popReceipt);
    }
  }
  await tend(services, () => 0);
}

/** A process that lives looks after everything each minute until nothing waits any more. */
async function comeToRest(world: World, life: Life): Promise<void> {
  const heir = world.openProcess('heir');
  const services = life.defect?.(heir) ?? heir;
  for (let minute = 0; minute < 120; minute += 1) {
    await tend(services, () => 0);
    const waiting = await Promise.all(life.channels.map((channel) => services.mailbox.items(channel)));
    if (waiting.every((items) => items.length === 0)) return;
    world.clock.advance(MINUTE);
  }
}

function varyHints(services: Services, hints: Life['hints']): Services {
  const send = (channel: string) => services.queues.sendDelivery(channel, 0);
  const hintDelivery = {
    kept: send,
    lost: async () => {},
    doubled: async (channel: string) => {
      await send(channel);
      await send(channel);
    },
  }[hints];
  return { ...services, hintDelivery };
}

/** What the state machine must have said of a story that began enforced. */
function kindsOf(story: readonly boolean[]): string[] {
  const kinds: string[] = [];
  let open = false;
  for (const [at, setting] of story.entries()) {
    if (!open && !setting) kinds.push('drifted');
    if (open && setting && story[at - 1] === true) kinds.push('recovered');
    if (!setting) open = true;
    else if (story[at - 1] === true) open = false;
  }
  return kinds;
}
