import type { AlertContext } from '../../core/alerts/story.ts';
import type { NamedChannel } from '../../core/registry/tenant.ts';
import type { Channels, Outgoing } from '../../jobs/services.ts';
import type { ChannelSender } from './channel-sender.ts';

/** The senders by type of channel. */
export interface ChannelSenders {
  readonly 'teams-workflow': ChannelSender<'teams-workflow'>;
  readonly webhook: ChannelSender<'webhook'>;
  readonly email: ChannelSender<'email'>;
}

/** Makes the links of a card; only addresses of this app and of the runbooks. */
export type MakeLinks = (outgoing: Outgoing, channel: string) => AlertContext['links'];

/** Joins the senders behind the interface that jobs know. */
export function openChannels(senders: ChannelSenders, makeLinks: MakeLinks): Channels {
  return {
    groups: (channel) => senders[channel.type].groups,
    send(channel, outgoing) {
      const { alert, possibleRepeat, shrink, traffic, changedBy } = outgoing;
      const context: AlertContext = {
        language: languageOf(channel),
        timeZone: 'timeZone' in channel ? (channel.timeZone ?? 'UTC') : 'UTC',
        possibleRepeat,
        traffic,
        changedBy,
        links: makeLinks(outgoing, channel.id),
        productName: 'Direct Send Watch',
      };
      const message = { alert, context, shrink };
      switch (channel.type) {
        case 'teams-workflow':
          return senders['teams-workflow'].send(channel, message);
        case 'webhook':
          return senders.webhook.send(channel, message);
        case 'email':
          return senders.email.send(channel, message);
      }
    },
    async check(channel) {
      switch (channel.type) {
        case 'teams-workflow':
          return senders['teams-workflow'].check(channel);
        case 'webhook':
          return senders.webhook.check(channel);
        case 'email':
          return senders.email.check(channel);
      }
    },
  };
}

function languageOf(channel: NamedChannel): AlertContext['language'] {
  return 'language' in channel ? (channel.language ?? 'en') : 'en';
}
