import * as pulumi from "@pulumi/pulumi";
import { personOf } from "../invite/email";
import { countByStatus } from "../invite/people";
import type { RosterArguments, RosterEntry } from "../roster/load";
import type { RosterProblem } from "../roster/validate";
import { ROSTER_TYPE } from "../urn";
import { UserError } from "../user-error";
import { type FromRoster, HeadshotInvite, type HeadshotInviteArgs, PLACE } from "./headshot-invite";
import { isMocked, plainError } from "./pulumi-internals";
import { invitedAlready, refuseRun, rosterRefusal, watchUnmanaged } from "./roster-preflight";
import { knownNow } from "./unknowns";

/** The inputs of one person, or the defaults of everyone whose row does not have them. */
export type RosterDefaults = Omit<HeadshotInviteArgs, "email">;

/** When somebody of a roster starts. */
export interface RosterStart {
  /**
   * The first day on which the person is declared: `2026-12-01`. Until then their row is checked like every other, and
   * nobody is invited. Somebody who is invited already stays so.
   */
  startsOn?: string;
}

/** A row in code. The address names the resource: text, not a value that is known only later. */
export type RosterMemberArgs = RosterDefaults & RosterStart & { email: string };

/** By input, the header of the column that holds it. Letter case and outer spaces make no difference. */
export type RosterColumns = { [Input in keyof (HeadshotInviteArgs & RosterStart)]?: string };

/** The people of a roster, and how to invite them. Exactly one of `file`, `files` and `members`. */
export interface HeadshotRosterArgs {
  /**
   * A CSV or YAML file (`.csv`, `.tsv`, `.yaml`, `.yml`, `.json`), in UTF-8; its path is relative to the
   * program's folder: that of Pulumi.yaml, or of its `main`.
   *
   * CSV has a header row with `email` and, if wanted, `teamId`, `team`, `adopt`, `forceDestroy`, `maxRenewals`, `resend`,
   * `keepLink` and `startsOn`, in any order, case and spacing, or with the names that spreadsheets and identity providers use in many languages
   * (`E-mail Address`, `Correo electrónico`, `mail`, `userPrincipalName`, `login`, `Team ID`). A work or SMTP address
   * comes before a plain one, and that before a name to sign in with; two columns that may both be meant and differ are
   * an error. Other columns are ignored, unless `columns` asks for them, and the run says which.
   *
   * YAML is a list of addresses or of maps with these keys, or has such a list under `members`.
   */
  file?: string;
  /**
   * Several such files of one folder, whose names `*` stands for: `people/*.csv`. They are read in the order of their
   * names, as one roster: a person who stands in two of them is an error, and those of a file that is gone leave.
   */
  files?: string;
  /** Rows in code: addresses, or objects. */
  members?: (string | RosterMemberArgs)[];
  /** The format of `file`. If it is left out, the file's name decides. */
  format?: "csv" | "yaml";
  /**
   * Columns of the CSV file by their headers, where a header does not say which input it holds: `{ team: "Department" }`
   * reads each person's team from the column `Department`. A column that is given here is the only one that
   * is read for its input. A header that the file does not have is an error.
   */
  columns?: RosterColumns;
  /** The inputs for everyone whose row does not have them. */
  defaults?: RosterDefaults;
  /**
   * Whether the roster may be empty. Default `false`: an empty file is an error, so that a truncated
   * spreadsheet takes nobody's invite away.
   */
  allowEmpty?: boolean;
  /**
   * The time zone of the days in `startsOn`: `Europe/Berlin`. If it is left out, UTC. `HEADSHOTPRO_TODAY=2026-12-01` says
   * for one run which day it is.
   */
  timeZone?: string;
  /**
   * How many people may leave the roster in one run, a whole number. More than that fails the preview and `up`, before
   * anybody is touched. Whoever the program declares elsewhere does not leave. Without it, a quarter of
   * the people whom the roster had, and at least 3. `HEADSHOTPRO_MAX_REMOVALS` says otherwise for one run.
   */
  maxRemovals?: number;
  /**
   * What to do about people who are invited to the organization, but neither declared by this program nor known to
   * this stack: `ignore` (the default; no request), `warn`, or `fail` with an error in the preview and in `up`. One
   * request for each run.
   */
  unmanaged?: "ignore" | "warn" | "fail";
  /**
   * The resource that a person was before, by address, so that their state is kept: the name of a stand-alone
   * `HeadshotInvite`, a URN (for somebody of another roster), or any Pulumi alias. It may be removed after an `up`,
   * and does nothing for people who are not in the roster.
   */
  aliases?: Record<string, string | pulumi.Alias>;
}

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
  /** How many people stand at each status, as last seen; `startsLater` counts those who are not declared yet. */
  readonly summary: pulumi.Output<Record<string, number>>;

  /**
   * @param name the roster's name in the stack, and the first part of its people's names.
   * @param opts `provider` selects the organization.
   * @throws RunError that names everything wrong in the roster, with file and line; then nobody in it is touched.
   */
  constructor(name: string, args: HeadshotRosterArgs, opts?: pulumi.ComponentResourceOptions) {
    const { entries, problems, notes } = rosterEntries(name, args);
    super(ROSTER_TYPE, name, {}, opts);
    if (notes.length) void pulumi.log.info(`${args.file ? `${args.file}: ` : ""}${notes.join("; ")}`, this);
    const former = formerResources(args.aliases ?? {});
    const roster = { name, args, opts: opts ?? {} };
    const refusal = rosterRefusal(this, { ...roster, entries, problems });
    const refused = refusal.then((one) => one?.message);
    const invites: Record<string, HeadshotInvite> = {};
    const later = entries.filter(({ isLater }) => isLater);
    const members = entries.filter(({ isLater }) => !isLater);
    const { toLaterPerson } = require("../roster/starts-on") as typeof import("../roster/starts-on");
    const starters = later.length > 0 && !isMocked() ? later.map(toLaterPerson) : undefined;
    const declare = ({ email, options, where }: Entry) => {
      const place = `the roster ${JSON.stringify(name)} (${where})`;
      const __later = email === members[0]?.email ? starters : undefined;
      const person: FromRoster = { ...options, email, [PLACE]: place, __refusal: refused, __later };
      const resourceOptions = { parent: this, aliases: former.get(email) };
      invites[email] = new HeadshotInvite(`${name}/${email}`, person, resourceOptions);
      return invites[email].status;
    };
    const statuses = members.map(declare);
    const invitedBefore = invitedAlready(this, { ...roster, later });
    const staying = pulumi.output(invitedBefore).apply((stay) => pulumi.all(stay.map(declare)));
    this.invites = invites;
    this.summary = pulumi
      .all([pulumi.all(statuses), staying])
      .apply(([others, stay]): Record<string, number> => {
        const waiting = later.length - stay.length;
        return { ...countByStatus([...others, ...stay]), ...(waiting > 0 && { startsLater: waiting }) };
      });
    const leaving = pulumi.output(Promise.all([refusal, invitedBefore])).apply(([one, stay]): undefined => {
      if (one === undefined) return;
      const isEmpty = statuses.length + stay.length + one.leaving.length === 0;
      // People who would leave a refused roster are declared once more, so that their check fails as well.
      refuseRun(this, one.message, isEmpty ? undefined : one.leaving);
    });
    const unmanaged = watchUnmanaged(this, args.unmanaged ?? "ignore");
    this.registerOutputs({ summary: this.summary, leaving, unmanaged });
  }
}

/** By canonical address. A name alone is that of a resource that stood in no component. */
function formerResources(aliases: Record<string, string | pulumi.Alias>) {
  const resources = new Map<string, (pulumi.URN | pulumi.Alias)[]>();
  for (const [address, former] of Object.entries(aliases)) {
    const isName = typeof former === "string" && !former.startsWith("urn:");
    const alias = isName ? { name: former, parent: pulumi.rootStackResource } : former;
    resources.set(personOf(address), [alias]);
  }
  return resources;
}

type Entry = RosterEntry<RosterDefaults>;

/** How deep the values of an argument are: a list or an object, its rows, their properties. */
const LEVELS = 3;

/** The people of a roster, with the defaults. @throws RunError that says what is wrong with the roster, a line each. */
export function rosterEntries(
  name: string,
  args: HeadshotRosterArgs = {},
): { entries: Entry[]; problems: RosterProblem[]; notes: string[] } {
  // Loaded late: a program without a roster needs neither zod nor the readers of CSV and YAML.
  const { loadRoster } = require("../roster/load") as typeof import("../roster/load");
  const { UNKNOWN } = require("../invite/inputs") as typeof import("../invite/inputs");
  try {
    const known = knownNow(args, UNKNOWN, LEVELS) as RosterArguments;
    const { members, problems, notes } = loadRoster(name, known, isMocked());
    const entries = members.map((member, index) => {
      const options: Record<string, unknown> = { ...member.options };
      for (const [input, value] of Object.entries(options))
        if (value === UNKNOWN) options[input] = laterValue(input, args.members?.[index], args.defaults);
      return { ...member, options };
    });
    return { entries, problems, notes };
  } catch (error) {
    throw error instanceof UserError ? plainError(error.message) : error;
  }
}

/** A value that is known only later. If there is none then, the default holds, as in the other languages. */
function laterValue(input: string, row: unknown, defaults: unknown): unknown {
  const [own, common] = [row, defaults].map((one) => (one as Record<string, unknown> | undefined)?.[input]);
  if (own === undefined || own === null) return common;
  return common === undefined ? own : pulumi.output(own).apply((value) => value ?? common);
}
