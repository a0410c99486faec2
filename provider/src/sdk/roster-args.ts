import type * as pulumi from "@pulumi/pulumi";
import type { HeadshotInviteArgs } from "./headshot-invite";

/** The inputs of one person, or the defaults of everyone whose row does not have them. */
export type RosterDefaults = Omit<HeadshotInviteArgs, "email">;

/** A row in code. The address names the resource: text, not a value that is known only later. */
export type RosterMemberArgs = RosterDefaults & { email: string };

/** By input, the header of the column that holds it. Letter case and outer spaces make no difference. */
export type RosterColumns = { [Input in keyof HeadshotInviteArgs]?: string };

/** The people of a roster, and how to invite them. Exactly one of `file` and `members`. */
export interface HeadshotRosterArgs {
  /**
   * A CSV or YAML file (`.csv`, `.tsv`, `.yaml`, `.yml`, `.json`), in UTF-8; its path is relative to the
   * program's folder: that of Pulumi.yaml, or of its `main`.
   *
   * CSV has a header row with `email` and, if wanted, `teamId`, `team`, `adopt`, `forceDestroy`, `maxRenewals`, `resend` and
   * `keepLink`, in any order, case and spacing, or with the names that spreadsheets and identity providers use in many languages
   * (`E-mail Address`, `Correo electrónico`, `mail`, `userPrincipalName`, `login`, `Team ID`). Other columns are
   * ignored, unless `columns` asks for them, and the run says which.
   *
   * YAML is a list of addresses or of maps with these keys, or has such a list under `members`.
   */
  file?: string;
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
