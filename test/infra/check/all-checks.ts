import { checkBaseline } from './check-baseline.ts';
import { checkData, type DataNames } from './check-data.ts';
import { checkDescriptions } from './check-descriptions.ts';
import { checkFiles } from './check-files.ts';
import { checkLinter } from './check-linter.ts';
import { checkModules } from './check-modules.ts';
import { checkParameterFiles } from './check-parameter-files.ts';
import { checkResources } from './check-resources.ts';
import { checkRoles } from './check-roles.ts';
import { checkSchedules } from './check-schedules.ts';
import { checkSecrets } from './check-secrets.ts';
import { checkSettings } from './check-settings.ts';
import { checkSymbols } from './check-templates.ts';
import type { Infra } from './infra.ts';
import type { ResourceTypes } from './resource-types.ts';
import type { Problem } from './template.ts';

/** What the app's code says that the templates must agree with. */
export interface Code {
  readonly settings: readonly { readonly name: string; readonly secret: boolean }[];
  readonly data: DataNames;
}

export type Check = (infra: Infra) => Problem[];

/** The checks by name, each to be run on all of `infra/`. */
export function makeChecks(types: ResourceTypes, code: Code): Readonly<Record<string, Check>> {
  return {
    syntax: (infra) => [...infra.problems],
    symbols: (infra) => checkSymbols(infra, types),
    resources: (infra) => checkResources(infra, types),
    modules: (infra) => checkModules(infra, types),
    parameters: (infra) => checkParameterFiles(infra, types),
    roles: checkRoles,
    settings: (infra) => checkSettings(infra, types, code.settings),
    data: (infra) => checkData(infra, code.data),
    schedules: checkSchedules,
    files: checkFiles,
    descriptions: checkDescriptions,
    secrets: checkSecrets,
    linter: checkLinter,
    baseline: (infra) => checkBaseline(infra, types),
  };
}
