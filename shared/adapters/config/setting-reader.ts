import { Cron } from 'croner';
import { parseDuration } from '../../core/schemas.ts';
import { SETTINGS, type SettingName } from './setting-names.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Thrown for wrong settings, files and arguments. The message is for people and repeats no secret. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

function isSchedule(text: string): boolean {
  try {
    return new Cron(text, { timezone: 'UTC', paused: true }).nextRun() !== null;
  } catch {
    return false;
  }
}

/** Whether the port at the end of `host:port` is one, when there is one. */
function hasPort(entry: string): boolean {
  const port = /^[^:]*:(\d+)$|\]:(\d+)$/.exec(entry);
  return port === null || (Number(port[1] ?? port[2]) > 0 && Number(port[1] ?? port[2]) < 65_536);
}

/** Reads single settings and collects what is wrong, so that one message names everything. */
export class SettingReader {
  readonly #env: Environment;
  readonly #problems: string[] = [];

  constructor(env: Environment) {
    this.#env = env;
  }

  text(name: string): string | null {
    const value = this.#env[name]?.trim() ?? '';
    return value === '' ? null : value;
  }

  guid(name: SettingName): string | null {
    return this.#matching(name, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'is not a GUID')?.toLowerCase() ?? null;
  }

  /** An https origin without path, without a final slash. */
  url(name: SettingName): string | null {
    const value = this.page(name);
    if (value === null) return null;
    const { origin, pathname, search, hash } = new URL(value);
    if (pathname !== '/' || search !== '' || hash !== '') this.wrong(name, 'must be a host only, without a path');
    return origin;
  }

  /** An https URL, without a final slash. */
  page(name: SettingName): string | null {
    const value = this.text(name);
    if (value === null) return null;
    const url = URL.canParse(value) ? new URL(value) : null;
    if (url?.protocol === 'https:' && url.username === '') return value.replace(/\/+$/, '');
    this.wrong(name, url === null ? 'is not a URL' : 'must begin with https:// and carry no user name');
    return null;
  }

  list(name: SettingName, form: RegExp): string[] {
    const items = (this.text(name) ?? '').split(',').map((one) => one.trim().toLowerCase());
    const given = items.filter((one) => one !== '');
    if (given.some((one) => !form.test(one) || !hasPort(one))) this.wrong(name, 'has an entry of the wrong form');
    return given;
  }

  /** Milliseconds. */
  duration(name: SettingName, standard: string, least = 1): number {
    const value = this.text(name) ?? standard;
    const milliseconds = parseDuration(value);
    if (milliseconds === null || milliseconds < least) {
      this.wrong(name, 'is not a duration (a whole number and s, m, h or d)');
    }
    return milliseconds ?? 0;
  }

  /** A six-field NCRONTAB expression, seconds first, as the Functions host reads it. */
  schedule(name: SettingName, standard: string): string {
    const value = this.text(name) ?? standard;
    if (value.split(/\s+/).length !== 6 || !isSchedule(value)) {
      this.wrong(name, 'is not a schedule of six fields (second minute hour day month weekday)');
    }
    return value;
  }

  whole(name: SettingName, standard: number, least: number, most: number): number {
    const value = this.text(name);
    if (value === null) return standard;
    const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= least && number <= most)) this.wrong(name, `must be a whole number from ${least} to ${most}`);
    return number;
  }

  choice<const T extends string>(name: SettingName, choices: readonly T[], standard: T): T {
    const value = this.text(name);
    if (value === null) return standard;
    const found = choices.find((one) => one === value);
    if (found === undefined) this.wrong(name, `must be one of ${choices.join(', ')}`);
    return found ?? standard;
  }

  secret(name: SettingName, least: number): string | null {
    const value = this.text(name);
    if (value?.startsWith('@Microsoft.KeyVault(')) this.wrong(name, 'is a Key Vault reference that was not resolved');
    else if (value !== null && value.length < least) this.wrong(name, `must have at least ${least} characters`);
    return value;
  }

  wrong(name: SettingName, what: string): void {
    const example = SETTINGS.find((one) => one.name === name)?.example ?? '';
    this.#problems.push(`${name} ${what}. Example: ${name}=${example}`);
  }

  finish(): void {
    if (this.#problems.length > 0) throw new ConfigurationError(this.#problems.join('\n'));
  }

  #matching(name: SettingName, form: RegExp, what: string): string | null {
    const value = this.text(name);
    if (value !== null && !form.test(value)) this.wrong(name, what);
    return value;
  }
}
