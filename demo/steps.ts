import type { Emulator } from "headshotpro-emulator";
import type { Expected } from "./expectation";

/** One thing that happens in a person's first hour. */
export interface Step {
  title: string;
  story: string;
  /** The list in the stack's configuration from here on. */
  people?: string[];
  /** What people do meanwhile, outside Pulumi. */
  byHand?(emulator: Emulator): void;
  command?: string[];
  env?: Record<string, string>;
  expected: Expected;
}

const ADA = "ada@acme.com";
const GRACE = "grace@acme.com";
const LINUS = "linus@acme.com";
const ZOE = "zoe@acme.com";

const nothing = { changes: [], maxRequests: 0, emails: [] };

export const STEPS: Step[] = [
  {
    title: "Three people are invited",
    story:
      "The people are a list in the stack's configuration. Each person gets one request and one e-mail, and one request asks whose API key it is. (Pulumi counts the stack itself as a fourth resource.)",
    people: [ADA, GRACE, "Linus@Acme.com"],
    command: ["up"],
    expected: {
      changes: [`create ${ADA}`, `create ${GRACE}`, `create ${LINUS}`],
      maxRequests: 4,
      emails: [ADA, GRACE, LINUS],
      people: { [ADA]: "pending", [GRACE]: "pending", [LINUS]: "pending" },
      state: { [ADA]: "pending", [GRACE]: "pending", [LINUS]: "pending" },
    },
  },
  {
    title: "Ada accepts",
    story: "Ada follows the link in the e-mail and signs up. Pulumi has no part in it.",
    byHand: (emulator) => emulator.accept(ADA),
    expected: { ...nothing, people: { [ADA]: "accepted", [GRACE]: "pending", [LINUS]: "pending" } },
  },
  {
    title: "An up without changes",
    story: "The list is the same, so there is nothing to do and nothing to ask.",
    command: ["up", "--expect-no-changes"],
    expected: { ...nothing, people: { [ADA]: "accepted", [GRACE]: "pending", [LINUS]: "pending" } },
  },
  {
    title: "A preview: Zoe joins, Linus leaves",
    story: "What a reviewer sees before anybody is e-mailed. A preview makes no request either.",
    people: [ADA, GRACE, ZOE],
    command: ["preview"],
    expected: {
      ...nothing,
      people: { [ADA]: "accepted", [GRACE]: "pending", [LINUS]: "pending" },
      printed: /\+ 1 to create\n\s+- 1 to delete/,
    },
  },
  {
    title: "The same for real",
    story: "Zoe is e-mailed. Linus is looked at once more and, with no headshots, revoked.",
    command: ["up"],
    expected: {
      changes: [`create ${ZOE}`, `revoke ${LINUS}`],
      // One more asks whose API key it is, if the engine comes to Zoe before anybody whose state says so.
      maxRequests: 4,
      emails: [ZOE],
      people: { [ADA]: "accepted", [GRACE]: "pending", [LINUS]: "revoked", [ZOE]: "pending" },
    },
  },
  {
    title: "A refresh after a change by hand",
    story:
      "An admin has revoked Grace's invite in the dashboard. The refresh finds Grace gone, and Ada's new status. Grace is still on the list, so the next up would send a new invite.",
    byHand: (emulator) => emulator.revokeByHand(GRACE),
    command: ["refresh"],
    expected: {
      ...nothing,
      maxRequests: 4,
      people: { [ADA]: "accepted", [GRACE]: "revoked", [LINUS]: "revoked", [ZOE]: "pending" },
      state: { [ADA]: "accepted", [ZOE]: "pending" },
    },
  },
  {
    title: "A destroy that would delete headshots is refused",
    story: "Ada has uploaded photos, and the headshots are ready. Revoking the invite would delete them.",
    byHand(emulator) {
      emulator.startUpload(ADA);
      emulator.generate(ADA);
      emulator.complete(ADA);
    },
    command: ["destroy", "--target", `**::${ADA}`],
    expected: {
      ...nothing,
      refused: true,
      maxRequests: 2,
      people: { [ADA]: "completed", [GRACE]: "revoked", [LINUS]: "revoked", [ZOE]: "pending" },
      printed: /ada@acme\.com has headshots \(completed\); revoking would delete them/,
    },
  },
  {
    title: "The destroy, as a deliberate choice",
    story:
      "HEADSHOTPRO_FORCE_DESTROY=true says: delete Ada's headshots, too. This provider deletes headshots only if its user says so.",
    env: { HEADSHOTPRO_FORCE_DESTROY: "true" },
    command: ["destroy"],
    expected: {
      changes: [`revoke ${ADA}`, `revoke ${ZOE}`],
      maxRequests: 5,
      emails: [],
      people: { [ADA]: "revoked", [GRACE]: "revoked", [LINUS]: "revoked", [ZOE]: "revoked" },
      state: {},
    },
  },
];

/** Everybody who is ever on the list, once each, by the address that the provider makes of what is written. */
export function everybodyInvited(steps: Step[]): string[] {
  return [...new Set(steps.flatMap(({ people = [] }) => people.map((email) => email.toLowerCase())))];
}
