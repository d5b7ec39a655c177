import type { Shape } from './shape.ts';

type Report = (line: number, message: string) => void;

const WORDS: Readonly<Record<Shape['kind'], string>> = {
  any: 'anything',
  null: 'null',
  text: 'a text',
  number: 'a number',
  boolean: 'a boolean',
  array: 'an array',
  object: 'an object',
  union: 'one of several',
  published: 'a resource',
};

/** How a shape is called in a message. */
export const nameOfKind = (shape: Shape): string => WORDS[shape.kind];

/** Reports why a value may not go where `target` is declared: in a parameter, an output, a function. */
export function checkShape(value: Shape, target: Shape, where: string, line: number, report: Report): void {
  if (value.kind === 'any' || target.kind === 'any') return;
  if (value.kind === 'union') {
    for (const option of value.options) checkShape(option, target, where, line, report);
    return;
  }
  if (target.kind === 'union') {
    const fits = target.options.some((option) => option.kind === value.kind);
    if (!fits) report(line, `${where} does not take ${nameOfKind(value)}`);
    return;
  }
  if (value.kind === 'published' && target.kind === 'object') return;
  if (value.kind !== target.kind) {
    report(line, `${where} must be ${nameOfKind(target)}, not ${nameOfKind(value)}`);
    return;
  }
  if (value.kind === 'array' && target.kind === 'array')
    checkShape(value.item, target.item, `${where}[]`, line, report);
  if (value.kind === 'object' && target.kind === 'object') checkObject(value, target, where, line, report);
  if (value.kind === 'text' && target.kind === 'text')
    checkLimits(value, target, (one) => one.length, 'characters', where, line, report);
  if (value.kind === 'number' && target.kind === 'number')
    checkLimits(value, target, (one) => one, '', where, line, report);
}

interface Limited<T> {
  readonly values: readonly T[] | null;
  readonly least?: number;
  readonly most?: number;
}

function checkLimits<T>(
  value: Limited<T>,
  target: Limited<T>,
  measure: (one: T) => number,
  unit: string,
  where: string,
  line: number,
  report: Report,
): void {
  for (const one of value.values ?? []) {
    if (target.values !== null && !target.values.includes(one))
      report(line, `${where} may be ${target.values.join(', ')}, not ${one}`);
    const size = measure(one);
    if (target.least !== undefined && size < target.least)
      report(line, `${where} must be at least ${target.least} ${unit}`.trimEnd());
    if (target.most !== undefined && size > target.most)
      report(line, `${where} must be at most ${target.most} ${unit}`.trimEnd());
  }
  if (value.values === null && target.values !== null)
    report(line, `${where} may be ${target.values.join(', ')}, but here it can be anything`);
}

function checkObject(
  value: Shape & { kind: 'object' },
  target: Shape & { kind: 'object' },
  where: string,
  line: number,
  report: Report,
): void {
  for (const [name, entry] of value.properties) {
    const expected = target.properties.get(name)?.shape ?? target.open;
    if (expected === null || expected === undefined) report(entry.line || line, `${where} has no property "${name}"`);
    else checkShape(entry.shape, expected, `${where}.${name}`, entry.line || line, report);
  }
  if (value.open !== null) return;
  for (const [name, entry] of target.properties) {
    if (entry.required && !value.properties.get(name)?.required) report(line, `${where} lacks the property "${name}"`);
  }
}
