import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Ajv from 'ajv';
import draft06 from 'ajv/dist/refs/json-schema-draft-06.json';
import addFormats from 'ajv-formats';

// The package's own entry names its files without extensions and does not load in Node; this file does, but has no types.
const AdaptiveCards: typeof import('adaptivecards') = createRequire(__filename)('adaptivecards/dist/adaptivecards.js');

const SCHEMA = join(__dirname, '..', 'fixtures', 'schemas', 'adaptive-card-1.5.0.schema.json');
const ALLOWED = [
  'TextBlock',
  'Container',
  'FactSet',
  'ColumnSet',
  'Column',
  'ActionSet',
  'Action.OpenUrl',
  'AdaptiveCard',
];

type Node = Readonly<Record<string, unknown>>;

/** Compiles Microsoft's schema once; the function returns what a card violates. */
export function compileCardSchema(): (card: unknown) => readonly string[] {
  const { id, ...schema } = JSON.parse(readFileSync(SCHEMA, 'utf8'));
  const ajv = new Ajv({ strict: false, allErrors: false });
  addFormats(ajv);
  ajv.addMetaSchema(draft06);
  const validate = ajv.compile({ ...schema, $id: id });
  return (card) => {
    // Teams' own member; the standard schema allows no extension.
    const { msteams: _, ...standard } = card as Node;
    return validate(standard) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  };
}

/** What Microsoft's own library finds wrong: parse events, and properties that are required or malformed. */
export function findLibraryFaults(card: unknown): readonly string[] {
  const context = new AdaptiveCards.SerializationContext();
  const parsed = new AdaptiveCards.AdaptiveCard();
  parsed.parse(card, context);
  const events = Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at).message);
  const failures = parsed.validateProperties().validationEvents.map((event) => event.message);
  return [...events, ...failures];
}

/** What breaks our own rules: other elements, other versions, a text that does not wrap, a link that is not https. */
export function findRuleBreaks(message: unknown): readonly string[] {
  const found: string[] = [];
  const card = cardOf(message);
  if (card.version !== '1.4') found.push(`version ${card.version}`);
  for (const node of nodesOf(card)) {
    if (typeof node.type !== 'string') continue;
    if (!ALLOWED.includes(node.type)) found.push(`element ${node.type}`);
    if (node.type === 'TextBlock' && node.wrap !== true) found.push(`does not wrap: ${node.text}`);
    if (node.type === 'TextBlock' && node.text === '') found.push('empty text');
    if (node.type === 'Action.OpenUrl' && !String(node.url).startsWith('https://')) found.push(`url ${node.url}`);
  }
  return found;
}

/** The card inside a Teams message. */
export function cardOf(message: unknown): Node {
  return (message as { attachments: { content: Node }[] }).attachments[0]?.content ?? {};
}

/** Every text that a reader of the card sees, in reading order. */
export function textsOf(message: unknown): readonly string[] {
  return nodesOf(cardOf(message)).flatMap((node) =>
    node.type === 'TextBlock' ? [String(node.text)] : node.type === 'Action.OpenUrl' ? [String(node.title)] : [],
  );
}

function nodesOf(value: unknown): readonly Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Node, ...Object.values(value).flatMap(nodesOf)];
}
