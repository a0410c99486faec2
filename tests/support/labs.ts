import { FACES, type Face, type Lab, type LabOptions, ProcessLab } from "./process-lab";
import { VirtualLab } from "./virtual-lab";

export { assertRecordable, failureOf, KEY, MARK, partOf } from "./readable";

/** A lab, and people of each test's own. */
export interface Shared<OneLab> {
  lab: OneLab;
  person(): string;
}

/** One lab with a provider's process for all tests of the current `describe`. */
export type LabForAll = (options?: LabOptions) => Shared<ProcessLab>;

/** The same behaviours of both faces, each through its own process. */
export function throughEachFace(what: string, behaviours: (labForAll: LabForAll, face: Face) => void): void {
  for (const face of Object.keys(FACES) as Face[])
    describe(`${what}, through ${face}`, () =>
      behaviours((options = {}) => shared(() => ProcessLab.start(options, face)), face));
}

/** One lab with the provider in this process and a virtual clock; a new run of it for each test. */
export function virtualLabForAll(options: LabOptions = {}): Shared<VirtualLab> {
  const all = shared(() => VirtualLab.start(options));
  beforeEach(() => {
    all.lab.nextRun();
    all.lab.provider.printed.length = 0;
  });
  return all;
}

function shared<OneLab extends Lab>(start: () => Promise<OneLab>): Shared<OneLab> {
  const all = { lab: undefined as unknown as OneLab, person };
  before(async () => {
    all.lab = await start();
  });
  beforeEach(() => void all.lab.takeRequests());
  after(() => all.lab.stop());
  return all;
}

let people = 0;
function person(): string {
  return `person${++people}@acme.com`;
}
