import * as pulumi from "@pulumi/pulumi";
import { isTeamType, PLUGIN_TEAM_TYPE, TEAM_PROVIDER_TEXT, TEAM_TYPE } from "../urn";
import { inOtherLanguages } from "./headshot-invite";
import { plainError, resourceType } from "./pulumi-internals";
import { findOrganization, organizationInRun } from "./registry";

/** What a program declares of a team. */
export interface HeadshotTeamArgs {
  /**
   * The team's name, as HeadshotPro's dashboard shows it: `Marketing`. No two teams have the same. Another name renames
   * the team: its people stay in it, and nobody is e-mailed.
   */
  name: pulumi.Input<string>;
  /**
   * What to do if HeadshotPro has a team of this name already. If it is left out, the team is adopted, with everybody
   * in it. `false`: it is not, and the preview fails.
   */
  adopt?: pulumi.Input<boolean | undefined>;
}

/**
 * A team of the organization in HeadshotPro. Deleting it leaves its people in the organization, without a team; it fails
 * while the program declares people in it.
 *
 * People whom the same program puts into it are given its name, so that they come after it.
 *
 * @example
 * const marketing = new HeadshotTeam("marketing", { name: "Marketing" });
 * new HeadshotInvite("ada", { email: "ada@acme.com", team: marketing.name });
 *
 * @example
 * // A roster comes after the teams that the program has declared by then, so its file may name them.
 * for (const name of ["Engineering", "Marketing", "Sales"]) new HeadshotTeam(name.toLowerCase(), { name });
 * new HeadshotRoster("people", { file: "people.csv" });
 */
export class HeadshotTeam extends pulumi.CustomResource {
  /** The team's id, which is also the resource's: `team_xyz789`. */
  declare readonly teamId: pulumi.Output<string>;
  /** The team's name. */
  declare readonly name: pulumi.Output<string>;
  declare readonly adopt: pulumi.Output<boolean | undefined>;

  /**
   * Looks up a team that exists, without managing it.
   *
   * @param id the team's id, or its name.
   * @example
   * const sales = HeadshotTeam.get("sales", "Sales");
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): HeadshotTeam {
    return new HeadshotTeam(name, undefined as unknown as HeadshotTeamArgs, { ...opts, id });
  }

  /** Tells a HeadshotTeam from any other value, also across two copies of this package. */
  static override isInstance(value: unknown): value is HeadshotTeam {
    return isTeamType(String(resourceType(value)));
  }

  /**
   * @param name the resource's name in the stack.
   * @param opts `provider` selects the organization; `retainOnDelete` keeps the team when the resource goes.
   * @throws RunError if another resource of this program declares a team of the same name in the same organization.
   */
  constructor(name: string, args: HeadshotTeamArgs, opts?: pulumi.CustomResourceOptions) {
    const isDeclared = opts?.id === undefined && opts?.urn === undefined;
    const team = isDeclared ? { name: declaredOnce(args?.name, name, opts) } : {};
    if (opts?.import !== undefined)
      throw plainError(
        `HeadshotTeam ${JSON.stringify(name)}: Pulumi cannot carry out the option \`import\` for a dynamic provider. ` +
          "Leave it out: `pulumi up` adopts the team of this name.",
      );
    const outputs = { teamId: undefined, name: undefined, adopt: undefined };
    // The SDK tells no dynamic provider of them.
    const __timeouts = opts?.customTimeouts;
    const own = { ...(__timeouts && { __timeouts }), __provider: TEAM_PROVIDER_TEXT };
    const properties = { ...outputs, ...args, ...team, ...own };
    const aliases = inOtherLanguages(opts?.aliases, PLUGIN_TEAM_TYPE);
    super(TEAM_TYPE, name, properties, pulumi.mergeOptions(opts, { aliases }));
    const organization = findOrganization(opts);
    // A name that comes from elsewhere may come from people of a roster, who would wait for the team for ever.
    if (isDeclared && organization && typeof args?.name === "string")
      organizationInRun(organization).teams.push(this.urn);
  }
}

/** Refuses the second of two resources that declare the same team: each would rename and delete the other's. */
function declaredOnce(
  name: pulumi.Input<string>,
  resourceName: string,
  opts: pulumi.CustomResourceOptions | undefined,
): pulumi.Input<string> {
  const organization = findOrganization(opts);
  if (!organization || opts?.ignoreChanges?.includes("name")) return name;
  const { teamNames } = organizationInRun(organization);
  const [resource, place] = [{}, JSON.stringify(resourceName)];
  const declare = (text: string) => {
    if (typeof text !== "string") return text;
    const { plainName } = require("../invite/team") as typeof import("../invite/team");
    const refusal = teamNames.declare(plainName(text), resource, place, `The team ${JSON.stringify(text)}`);
    if (refusal !== undefined) throw plainError(refusal);
    return text;
  };
  return typeof name === "string" ? declare(name) : pulumi.output(name).apply(declare);
}
