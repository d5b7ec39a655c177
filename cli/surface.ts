import type { Environment } from '../shared/adapters/config/settings.ts';
import type { Terminal } from './terminal/terminal.ts';

/** Everything that a command touches outside its services: given by `main.ts`, replaced in tests. */
export interface Surface {
  readonly env: Environment;
  readonly terminal: Terminal;
  readonly now: () => Date;
  readonly random: () => number;
  /** Resolves after so many milliseconds of `now`; those of the real clock when left out. */
  readonly wait?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/** Exit codes (design, section 7). */
export const EXIT = { fine: 0, permissive: 1, unknown: 2, wrongUse: 3 } as const;
