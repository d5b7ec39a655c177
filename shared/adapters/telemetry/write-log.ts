import { clean } from '../../core/setting/interpret-answer.ts';
import type { Log } from '../../jobs/services.ts';

type Write = (level: 'info' | 'warn' | 'error', line: string) => void;

/** A log of one line per event: the message, then its details as JSON. Texts are cleaned; secrets never get here. */
export function openLog(write: Write): Log {
  const at = (level: 'info' | 'warn' | 'error'): Log['info'] => {
    return (message, details) => {
      const tail =
        details === undefined
          ? ''
          : ` ${JSON.stringify(details, (_key, value) => (typeof value === 'string' ? clean(value) : value))}`;
      write(level, `${clean(message)}${tail}`);
    };
  };
  return { info: at('info'), warn: at('warn'), error: at('error') };
}
