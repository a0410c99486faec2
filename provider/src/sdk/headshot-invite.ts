import * as pulumi from "@pulumi/pulumi";
import { INVITE_TYPE, isInviteType, PLUGIN_INVITE_TYPE, PROVIDER_TEXT } from "../urn";
import { leaveStacksUnformatted, plainError, recordOnePlace, resourceType } from "./pulumi-internals";
import { declaredOnce, registeredOnce } from "./registry";
import { isLater } from "./unknowns";

/** Where a roster declares a person, for messages: `the roster "people" (people.csv:3)`. */
export const PLACE = Symbol("place");

/** What a roster gives for a person. */
export interface FromRoster extends HeadshotInviteArgs {
  [PLACE]?: string;
  /** Why the roster must not be applied: the provider's check fails with it. */
  __refusal: pulumi.Input<string | undefined>;
  /** Those of the roster who start later, for the provider to know whose team must not go: only the first carries them. */
  __later?: pulumi.Inputs[] | undefined;
}

/** What a program declares of one person. */
export interface HeadshotInviteArgs {
  /**
   * The person's e-mail address. Case, outer spaces and the spelling of an international domain make no
   * difference: `" Ada@Acme.com "` and `"ada@acme.com"` are the same person.
   *
   * Another address replaces the invite: the new one is sent before the old one is revoked.
   */
  email: pulumi.Input<string>;
  /**
   * The team to invite the person into, as HeadshotPro's dashboard and API show it: `team_xyz789`. If it is left
   * out, no team is asked for, and whichever team the person is in is no difference.
   *
   * Another team is an update that the preview announces: the invite is revoked and sent again there, with a new
   * e-mail. With headshots it fails, unless `forceDestroy` allows it.
   */
  teamId?: pulumi.Input<string | undefined>;
  /**
   * The team by its name, as HeadshotPro's dashboard shows it: `Marketing`. Give it instead of `teamId`; if both are
   * given, they must mean the same team. Letter case and the kind of white space make no difference. A team is never
   * created.
   *
   * The first run that uses a name asks HeadshotPro for the teams, once for everybody. From then on the team's id is
   * in the state, so a team that is renamed at HeadshotPro is no difference, and takes no request.
   */
  team?: pulumi.Input<string | undefined>;
  /**
   * What to do if the person is already invited. If it is left out, an unused invite (pending or accepted) is
   * adopted without an e-mail. `true`: somebody with headshots is adopted, too. `false`: nobody is, and the create
   * fails.
   */
  adopt?: pulumi.Input<boolean | undefined>;
  /**
   * Whether revoking may delete this person's headshots for good. Default `false`: destroying, moving or
   * removing somebody with headshots fails. Set it and run `pulumi up` *before* the change that needs it. A `false`
   * here wins over the configuration and the environment.
   */
  forceDestroy?: pulumi.Input<boolean | undefined>;
  /**
   * How many times an invite that expired unused (after 30 days) is sent again by `pulumi up`, from 0 (never)
   * to 100. Default 3. The preview announces each.
   */
  maxRenewals?: pulumi.Input<number | undefined>;
  /**
   * Raise it to send a pending invite again: an e-mail that was lost, say. A whole number, default 0. The preview
   * announces it; whoever has signed up gets nothing. Lowering it, or leaving it out, sends nothing either.
   */
  resend?: pulumi.Input<number | undefined>;
  /**
   * Whether the state keeps the personal sign-up link, as the secret output `link`. Default `false`: nothing secret is
   * in the state. The link of an invite that was sent before is not known: raise `resend` to get one.
   */
  keepLink?: pulumi.Input<boolean | undefined>;
}

/**
 * One person's invite to the organization in HeadshotPro. Creating it **sends an e-mail**; deleting it revokes
 * the invite, and fails rather than deleting headshots.
 *
 * @example
 * const ada = new HeadshotInvite("ada", { email: "ada@acme.com" });
 * export const status = ada.status; // "pending", until they sign up and the stack is refreshed
 *
 * @example
 * // A team from an array: the resource is named by the person, so that order does not matter.
 * for (const email of ["ada@acme.com", "grace@acme.com"]) {
 *   new HeadshotInvite(email, { email, teamId: "team_xyz789" });
 * }
 *
 * @example
 * // Somebody whose headshots exist is taken over only on request.
 * new HeadshotInvite("zoe", { email: "zoe@acme.com", adopt: true });
 */
export class HeadshotInvite extends pulumi.CustomResource {
  /** The canonical address: trimmed, lower case, the domain in ASCII form. Also the resource's id. */
  declare readonly email: pulumi.Output<string>;
  /** The team that the person is in. */
  declare readonly teamId: pulumi.Output<string | undefined>;
  /** The team's name, as the program gives it. */
  declare readonly team: pulumi.Output<string | undefined>;
  declare readonly adopt: pulumi.Output<boolean | undefined>;
  declare readonly forceDestroy: pulumi.Output<boolean | undefined>;
  declare readonly maxRenewals: pulumi.Output<number | undefined>;
  declare readonly resend: pulumi.Output<number | undefined>;
  declare readonly keepLink: pulumi.Output<boolean | undefined>;
  /**
   * Where the person stands, as last seen: `pending`, `accepted`, `uploading`, `generating`, `completed`, or
   * whatever else the API says. `pulumi refresh` looks again.
   */
  declare readonly status: pulumi.Output<string>;
  /** The person's model, once photos are being uploaded. */
  declare readonly modelId: pulumi.Output<string | undefined>;
  /** The team's name, if the API has said it. */
  declare readonly teamName: pulumi.Output<string | undefined>;
  /** When the invite was sent, by the API's clock: ISO 8601. */
  declare readonly createdAt: pulumi.Output<string | undefined>;
  /** When the link stops working, 30 days later: ISO 8601. Only while the invite is pending. */
  declare readonly expiresAt: pulumi.Output<string | undefined>;
  /** True if the invite was found at the API; false if this stack saw it being sent. */
  declare readonly adopted: pulumi.Output<boolean>;
  /** How many times the invite has been sent again after it expired. */
  declare readonly renewals: pulumi.Output<number>;
  /** The personal sign-up link: a secret. Only with {@link keepLink}, and if this stack saw the invite being sent. */
  declare readonly link: pulumi.Output<string | undefined>;

  /**
   * Looks up somebody who is invited already, without managing the invite: nothing is sent or revoked.
   *
   * @param id the e-mail address.
   * @example
   * const ada = HeadshotInvite.get("ada", "ada@acme.com");
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): HeadshotInvite {
    return new HeadshotInvite(name, undefined as unknown as HeadshotInviteArgs, { ...opts, id });
  }

  /** Tells a HeadshotInvite from any other value, also across two copies of this package. */
  static override isInstance(value: unknown): value is HeadshotInvite {
    return isInviteType(String(resourceType(value)));
  }

  /**
   * @param name the resource's name in the stack. Name it by the person: a renamed resource is another one.
   * @param opts `provider` selects the organization; `retainOnDelete` keeps the person when the resource goes.
   * @throws RunError if another resource of this program declares the same person in the same organization.
   */
  constructor(name: string, args: HeadshotInviteArgs, opts?: pulumi.CustomResourceOptions) {
    const outputs = {
      email: undefined,
      teamId: undefined,
      team: undefined,
      adopt: undefined,
      forceDestroy: undefined,
      maxRenewals: undefined,
      resend: undefined,
      keepLink: undefined,
      status: undefined,
      modelId: undefined,
      teamName: undefined,
      createdAt: undefined,
      expiresAt: undefined,
      adopted: undefined,
      renewals: undefined,
      link: undefined,
    };
    const declaration = { name, opts, place: (args as FromRoster | undefined)?.[PLACE] };
    // What exists already (`get`, a reference from elsewhere) is looked at, not declared.
    const declared = opts?.id === undefined && opts?.urn === undefined;
    const email = declared ? { email: declaredOnce(args?.email, declaration) } : {};
    if (opts?.import !== undefined) throw plainError(importProblem(name));
    // The SDK tells no dynamic provider of them.
    const __timeouts = opts?.customTimeouts;
    const own = { ...(__timeouts && { __timeouts }), __provider: PROVIDER_TEXT };
    const properties = { ...outputs, ...args, ...email, ...own };
    const options = pulumi.mergeOptions(opts, { aliases: inOtherLanguages(opts?.aliases) });
    const formatStacks = leaveStacksUnformatted();
    const placeRecorded = recordOnePlace();
    try {
      super(INVITE_TYPE, name, properties, options);
    } finally {
      placeRecorded();
      formatStacks();
    }
    if (declared) registeredOnce(this, args.email, declaration);
  }
}

/** Why the option cannot work: the engine's request to read somebody does not name our module (pulumi/pulumi#3550). */
function importProblem(name: string): string {
  return (
    `HeadshotInvite ${JSON.stringify(name)}: Pulumi cannot carry out the option \`import\` for a dynamic provider. ` +
    `Leave it out: \`pulumi up\` adopts an unused invite without an e-mail, and with \`adopt: true\` also that of ` +
    `somebody with headshots. To bring people into the state without an \`up\`: \`npx pulumi-headshotpro import\`.`
  );
}

/**
 * The aliases of a person, or a team, by which a stack stays whole whose program was in another language: there the same resource
 * has the plugin's type, under this name and under the names that it had before.
 *
 * @param own those that the program gives.
 * @param type the plugin's.
 * @example
 * inOtherLanguages([{ name: "a" }]); // [{ type: "headshotpro:…" }, { name: "a", type: "headshotpro:…" }]
 */
export function inOtherLanguages(
  own: pulumi.CustomResourceOptions["aliases"],
  type = PLUGIN_INVITE_TYPE,
): pulumi.Alias[] {
  const aliases = Array.isArray(own) ? own : [];
  const named = aliases.filter(
    (alias): alias is pulumi.Alias =>
      typeof alias === "object" && !isLater(alias) && alias.type === undefined,
  );
  return [{}, ...named].map((alias) => ({ ...alias, type }));
}
