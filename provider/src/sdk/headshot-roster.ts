import * as pulumi from "@pulumi/pulumi";
import { readEmail } from "../invite/email";
import { countByStatus } from "../invite/listed-people";
import { notePlace } from "./duplicate-declarations";
import { HeadshotInvite } from "./headshot-invite";
import { admission } from "./roster-admission";
import type { HeadshotRosterArgs } from "./roster-args";
import { rosterRows } from "./roster-rows";
import { watchUnmanaged } from "./unmanaged";

/**
 * Invites to the organization for everyone in a table: a spreadsheet, a YAML file or rows in code. Each person is a
 * {@link HeadshotInvite} of their own, named `ROSTER/E-MAIL`: order, case and a moved row change nothing.
 *
 * A renamed roster is another one, unless `aliases: [{ name: "the old name" }]` in its options says that it is not.
 *
 * @example
 * const people = new HeadshotRoster("people", { file: "people.csv", defaults: { teamId: "team_xyz789" } });
 * export const summary = people.summary; // { pending: 17, completed: 3 }
 *
 * @example
 * new HeadshotRoster("people", { members: ["ada@acme.com", { email: "zoe@acme.com", adopt: true }] });
 *
 * @example
 * // Ada was `new HeadshotInvite("ada", ...)` until now.
 * new HeadshotRoster("people", { file: "people.csv", aliases: { "ada@acme.com": "ada" } });
 */
export class HeadshotRoster extends pulumi.ComponentResource {
  /** Everyone's invite, by canonical address. */
  readonly invites: Readonly<Record<string, HeadshotInvite>>;
  /** How many people stand at each status, as last seen. */
  readonly summary: pulumi.Output<Record<string, number>>;

  /**
   * @param name the roster's name in the stack, and the first part of its people's names.
   * @param opts `provider` selects the organization.
   * @throws RunError that names everything wrong in the roster, with file and line; then nobody in it is touched.
   */
  constructor(name: string, args: HeadshotRosterArgs, opts?: pulumi.ComponentResourceOptions) {
    const { entries, notes } = rosterRows(name, args);
    super("headshotpro:index:HeadshotRoster", name, {}, opts);
    if (notes.length) void pulumi.log.info(`${args.file}: ${notes.join("; ")}`, this);
    const former = formerNames(args.aliases ?? {});
    const dependsOn = admission({ roster: this, name, args, opts, entries });
    const invites: Record<string, HeadshotInvite> = {};
    for (const { email, options, where } of entries) {
      const child = `${name}/${email}`;
      notePlace(this, child, `the roster ${JSON.stringify(name)} (${where})`);
      const aliases = former.get(email);
      invites[email] = new HeadshotInvite(child, { ...options, email }, { parent: this, aliases, dependsOn });
    }
    this.invites = invites;
    this.summary = pulumi.all(Object.values(invites).map(({ status }) => status)).apply(countByStatus);
    const unmanaged = watchUnmanaged(this, args.unmanaged ?? "ignore");
    this.registerOutputs({ summary: this.summary, unmanaged });
  }
}

/** By canonical address. A name alone is that of a resource that stood in no component. */
function formerNames(
  aliases: Record<string, string | pulumi.Alias>,
): Map<string, (pulumi.URN | pulumi.Alias)[]> {
  return new Map(
    Object.entries(aliases).map(([address, former]) => [
      readEmail(address).email ?? address,
      [
        typeof former === "string" && !former.startsWith("urn:")
          ? { name: former, parent: pulumi.rootStackResource }
          : former,
      ],
    ]),
  );
}
