import type { Emulator } from "headshotpro-emulator";
import type { Member } from "./plan";

/** The default provider's organization, and the other one. */
interface Organizations {
  acme: Emulator;
  emea: Emulator;
}

/** A trial's program: people who are free to change, and those who have headshots. */
type Program = (
  members: readonly Member[],
  guarded: readonly string[],
  organizations: Organizations,
) => string;

/** Explicit providers: one of the default provider's own organization. */
const providersOf = ({ acme, emea }: Organizations) =>
  Object.entries({ same: acme, emea }).map(([name, { apiKey, url }]) => ({ name, apiKey, baseUrl: url }));

export const PROGRAMS: Record<"javascript" | "yaml", Program> = {
  javascript(members, guarded, organizations) {
    const providers = providersOf(organizations).map(
      ({ name, ...args }) => `const ${name} = new Provider("${name}", ${JSON.stringify(args)});`,
    );
    const guardedOnes = guarded.map(
      (email) => `new HeadshotInvite("${email}", { email: "${email}", adopt: true });`,
    );
    const others = members.map(({ slot, provider, ...args }) => {
      const options = provider ? `, { provider: ${provider} }` : "";
      return `new HeadshotInvite("${slot}", ${JSON.stringify(args)}${options});`;
    });
    return [...providers, ...guardedOnes, ...others].join("\n");
  },

  yaml(members, guarded, organizations) {
    const providers = providersOf(organizations).map(({ name, ...properties }) => [
      name,
      { type: "pulumi:providers:headshotpro", properties },
    ]);
    const type = "headshotpro:HeadshotInvite";
    const guardedOnes = guarded.map((email, index) => [
      `guarded${index}`,
      { type, properties: { email, adopt: true } },
    ]);
    const others = members.map(({ slot, provider, ...properties }) => [
      slot,
      { type, properties, ...(provider && { options: { provider: `\${${provider}}` } }) },
    ]);
    const resources = Object.fromEntries([...providers, ...guardedOnes, ...others]);
    return `resources: ${JSON.stringify(resources)}\n`;
  },
};
