import { readFileSync, writeFileSync } from 'node:fs';
import { renderCost, replaceCost } from './render-cost.ts';

// Prints what deployments of several sizes cost, and writes it into the document.
const DOCUMENT = 'docs/cost.md';

console.log(renderCost());
writeFileSync(DOCUMENT, replaceCost(readFileSync(DOCUMENT, 'utf8')));
