/** A run's id: when its sweep started, so that ids sort by time, and what started it. `yyyymmddThhmmssZ-<suffix>`. */
export function nameRun(startedAt: Date, suffix: string): string {
  return `${startedAt.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z-${suffix}`;
}
