import { strict as assert } from "node:assert";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import type { Face } from "../support/program";
import { TestStack } from "../support/stack";

/** A declaration of a person, `zoe` being zoe@acme.eu, as a line of a program. */
export function invite(name: string, options = "{}", args = ""): string {
  return `new HeadshotInvite("${name}", { email: "${name}@acme.eu", ${args} }, ${options});\n`;
}

/** One of several. */
export function roster(name: string, members: readonly string[], options = "{}"): string {
  return `new HeadshotRoster("${name}", { members: ${JSON.stringify(members)} }, ${options});\n`;
}

/** The key of the other organization. */
export const OTHER_KEY = "hp_emea_key_1";
/** A second key of the default provider's organization. */
export const SECOND_KEY = "hp_acme_key_2";

/** A stack between two organizations. */
export class TwoOrganizations {
  private constructor(
    /** The organization of the default provider, which takes two keys. */
    readonly acme: Emulator,
    /** Another one. */
    readonly emea: Emulator,
    readonly stack: TestStack,
  ) {}

  static async start(face: Face = "dynamic"): Promise<TwoOrganizations> {
    const acme = await startEmulator({ apiKey: ["hp_emulator_key", SECOND_KEY] });
    const emea = await startEmulator({ apiKey: OTHER_KEY });
    const stack = await TestStack.create(acme, { language: "javascript", face, program: "" });
    return new TwoOrganizations(acme, emea, stack);
  }

  async close(): Promise<void> {
    await this.stack.remove();
    await Promise.all([this.acme.close(), this.emea.close()]);
  }

  /** The declaration of a provider. */
  provider(name: string, key: string, at: Emulator): string {
    return `const ${name} = new Provider("${name}", { apiKey: "${key}", baseUrl: "${at.url}" });\n`;
  }

  /** Who is invited in either organization, as `zoe@acme.eu pending`; of these people, if any are named. */
  live(people: readonly string[] = []): [acme: string[], emea: string[]] {
    const among = (email: string) => people.length === 0 || people.includes(email);
    const of = (emulator: Emulator) =>
      emulator
        .invites()
        .filter(({ email, status }) => status !== "revoked" && among(email))
        .map(({ email, status }) => `${email} ${status}`)
        .sort();
    return [of(this.acme), of(this.emea)];
  }

  /** How many e-mails either organization has sent; to these people, if any are named. */
  emails(people: readonly string[] = []): [acme: number, emea: number] {
    const of = ({ outbox }: Emulator) =>
      outbox.filter(({ to }) => people.length === 0 || people.includes(to)).length;
    return [of(this.acme), of(this.emea)];
  }

  /** Nothing is left to do, and nobody has been e-mailed since. */
  async settled(): Promise<void> {
    const before = this.emails();
    await this.stack.expectSettled();
    assert.deepEqual(this.emails(), before);
  }
}
