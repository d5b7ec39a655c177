import { writeFileSync } from 'node:fs';
import * as z from 'zod';
import { tenantsFile } from '../shared/core/schemas.ts';

// Editors read it to help with a tenants file; the program itself uses the zod schema.
const { $schema, ...schema } = z.toJSONSchema(tenantsFile);
const titled = { $schema, title: 'Tenants file of Direct Send Watch', ...schema };
writeFileSync('docs/tenants.schema.json', `${JSON.stringify(titled, null, 2)}\n`);
