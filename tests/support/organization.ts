import { type Emulator, type EmulatorOptions, startEmulator } from "headshotpro-emulator";
import { type StackOptions, TestStack } from "./stack";

/** An emulator and a stack against it, for the tests of one `describe`. */
export interface Organization {
  emulator: Emulator;
  stack: TestStack;
}

/** Starts an emulator and a stack before each test of the current `describe`, and removes both after it. */
export function organizationForEach(options: OrganizationOptions = {}): Organization {
  const organization = {} as Organization;
  beforeEach(() => start(organization, options));
  afterEach(() => stop(organization));
  return organization;
}

/** As organizationForEach, once for all tests: those that look at what the same commands have done. */
export function organizationForAll(options: OrganizationOptions = {}): Organization {
  const organization = {} as Organization;
  before(() => start(organization, options));
  after(() => stop(organization));
  return organization;
}

type OrganizationOptions = StackOptions & EmulatorOptions;

async function start(organization: Organization, options: OrganizationOptions): Promise<void> {
  organization.emulator = await startEmulator(options);
  organization.stack = await TestStack.create(organization.emulator, { language: "javascript", ...options });
}

async function stop({ stack, emulator }: Organization): Promise<void> {
  await stack.remove();
  await emulator.close();
}
