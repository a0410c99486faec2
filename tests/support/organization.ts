import { type Emulator, type EmulatorOptions, startEmulator } from "headshotpro-emulator";
import { type StackOptions, TestStack } from "./stack";

/** An emulator and a stack against it, for the tests of one `describe`. */
export interface Organization {
  emulator: Emulator;
  stack: TestStack;
}

/** Starts an emulator and a stack before each test of the current `describe`, and removes both after it. */
export function organizationForEach(options: StackOptions & EmulatorOptions = {}): Organization {
  const organization = {} as Organization;
  beforeEach(async () => {
    organization.emulator = await startEmulator(options);
    organization.stack = await TestStack.create(organization.emulator, {
      language: "javascript",
      ...options,
    });
  });
  afterEach(async () => {
    await organization.stack.remove();
    await organization.emulator.close();
  });
  return organization;
}
