import * as attackers from './attackers.ts';
import * as heldOutAttackers from './attackers-held-out.ts';
import * as roles from './attackers-in-roles.ts';
import { addBackground } from './background.ts';
import type { CorpusTenant } from './corpus-tenant.ts';
import { createTenant } from './create-tenant.ts';
import type { SenderKind } from './honest-devices.ts';
import * as devices from './honest-devices.ts';
import * as headers from './honest-header-only.ts';
import * as heldOutHonest from './honest-held-out.ts';
import * as programs from './honest-programs.ts';
import * as services from './honest-services.ts';
import * as heldOutServices from './honest-services-held-out.ts';
import * as stressAttackers from './stress-attackers.ts';
import * as stress from './stress-honest.ts';
import * as unseenAttackers from './unseen-attackers.ts';
import * as unseen from './unseen-honest.ts';

/** The parts: rules may be looked at with `development` only; `held-out` has other seeds and kinds of senders of its own. */
export const CORPUS_PARTS = ['development', 'held-out', 'stress', 'unseen'] as const;

export type CorpusPart = (typeof CORPUS_PARTS)[number];

interface Casting {
  readonly honest: readonly SenderKind[];
  readonly hostile: readonly SenderKind[];
}

const DEVELOPMENT: Casting = {
  honest: [
    devices.printer,
    devices.printer,
    devices.scanToMe,
    devices.scanToMe,
    devices.powerSupply,
    programs.monitoring,
    programs.payrollRun,
    programs.officeProgram,
    programs.telephoneSystem,
    devices.sharedEgress,
    services.includedService,
    services.unlistedService,
    services.plainForwarder,
    services.simulation,
    services.unmatchedHybrid,
    headers.signedHeader,
    headers.unalignedHeader,
    headers.mailingList,
    headers.srsForwarder,
  ],
  hostile: [
    attackers.selfBlast,
    attackers.selfBlast,
    attackers.pacedSelf,
    attackers.spreadSelf,
    attackers.sharedInclude,
    attackers.wideBlock,
    roles.falseScanner,
    roles.executive,
    roles.humanResources,
    roles.foundLater,
    roles.headerSpoof,
  ],
};

const HELD_OUT: Casting = {
  honest: [
    ...DEVELOPMENT.honest,
    heldOutHonest.changingLine,
    heldOutServices.contactForm,
    heldOutHonest.cameraRecorder,
    heldOutServices.oneSurvey,
    heldOutServices.providerSmartHost,
    heldOutHonest.newBranch,
    heldOutHonest.administratorTest,
    heldOutHonest.passwordReminder,
    heldOutHonest.throughGateway,
    heldOutServices.signatureService,
    heldOutServices.automaticReplies,
  ],
  hostile: [
    ...DEVELOPMENT.hostile,
    heldOutAttackers.falseVoicemail,
    heldOutAttackers.spreadScanner,
    heldOutAttackers.nullSender,
    heldOutAttackers.headerSelf,
    heldOutAttackers.falseHelpDesk,
    heldOutAttackers.patientInvoice,
    heldOutAttackers.foreignSignature,
    heldOutAttackers.openRelay,
  ],
};

const STRESS: Casting = {
  honest: [
    stress.rareScanner,
    stress.crowdedOffice,
    stress.clerkPayroll,
    stress.aliasOnce,
    stress.newService,
    stress.announcement,
    stress.spareLine,
  ],
  hostile: [
    stressAttackers.patientScanner,
    stressAttackers.callBack,
    stressAttackers.doubled,
    stressAttackers.patientCloud,
    stressAttackers.inventedDepartments,
    stressAttackers.rentedService,
  ],
};

const UNSEEN: Casting = {
  honest: Object.values(unseen),
  hostile: Object.values(unseenAttackers),
};

const CASTINGS: Readonly<Record<CorpusPart, Casting>> = {
  development: DEVELOPMENT,
  'held-out': HELD_OUT,
  stress: STRESS,
  unseen: UNSEEN,
};

/** Generates the tenants of one part; the same arguments always give the same corpus. A fifth of the tenants are left in peace. */
export function generateCorpus(part: CorpusPart, tenants: number, seed = 'corpus-1'): CorpusTenant[] {
  const { honest, hostile } = CASTINGS[part];
  return Array.from({ length: tenants }, (_, number) => {
    const tenant = createTenant(`${seed}/${part}`, number);
    const { random } = tenant;
    addBackground(tenant);
    const cast = [
      ...random.some(honest, random.pick([0, 1, 2, 3, 4, 6])),
      ...(random.chance(0.2) ? [] : random.some(hostile, random.pick([1, 1, 2, 3]))),
    ];
    for (const play of cast) play(tenant);
    for (const rows of Object.values(tenant.tables)) rows.sort(byTime);
    return tenant;
  });
}

function byTime(a: Record<string, unknown>, b: Record<string, unknown>): number {
  return String(a.Timestamp ?? a.TimeGenerated) < String(b.Timestamp ?? b.TimeGenerated) ? -1 : 1;
}
