import * as pulumi from "@pulumi/pulumi";
import { organizationInRun } from "./registry";

/** How an explicit provider reaches one organization. Exactly one of `apiKey` and `apiKeyEnv`. */
export interface ProviderArgs {
  /** The organization's API key; stored encrypted in the state. */
  apiKey?: pulumi.Input<string | undefined>;
  /**
   * The name of the environment variable that holds the key, read whenever the key is needed: nothing is
   * stored, and a rotated key needs no `up`. It must be another one than `HEADSHOTPRO_API_KEY`.
   */
  apiKeyEnv?: string;
  /** Default: `HEADSHOTPRO_BASE_URL`, then the vendor's. https, or http on loopback; with its path. */
  baseUrl?: pulumi.Input<string | undefined>;
  /** Default of {@link HeadshotInviteArgs.adopt} for this organization. */
  adopt?: pulumi.Input<boolean | undefined>;
  /** Whether every revoke in this organization may delete headshots for good. Default `false`. */
  forceDestroy?: pulumi.Input<boolean | undefined>;
  /** Default of {@link HeadshotInviteArgs.keepLink} for this organization. Default `false`. */
  keepLink?: pulumi.Input<boolean | undefined>;
  /** Seconds for one request, from 1 to 600. Default 30. */
  timeoutSeconds?: pulumi.Input<number | undefined>;
  /**
   * The domains whose addresses may be invited to this organization: `acme.com`, or `*.acme.com` for all below it, in
   * any case. Whoever the stack has already may stay. Without it, everybody may be invited.
   */
  allowedDomains?: pulumi.Input<string[] | undefined>;
  /** How many people one run may invite to this organization: a whole number. Without it, there is no limit. */
  maxInvites?: pulumi.Input<number | undefined>;
}

/**
 * One organization of several in a stack. It uses its own key only: never `HEADSHOTPRO_API_KEY` and never the
 * stack's `headshotpro:apiKey`, which would send people to the wrong organization.
 *
 * @example
 * const emea = new Provider("emea", { apiKey: new pulumi.Config().requireSecret("emeaKey") });
 * new HeadshotInvite("zoe", { email: "zoe@acme.eu" }, { provider: emea });
 */
export class Provider extends pulumi.ProviderResource {
  /** @throws RunError if not exactly one of `apiKey` and `apiKeyEnv` is given, or it is the default provider's. */
  constructor(name: string, args: ProviderArgs, opts?: pulumi.ResourceOptions) {
    // Loaded late: most programs have the default provider only.
    const { providerKeyProblem } = require("../settings") as typeof import("../settings");
    // The types of older SDKs do not have the option.
    const { envVarMappings } = (opts ?? {}) as { envVarMappings?: Record<string, string> };
    const problem = providerKeyProblem(name, args ?? {}, envVarMappings);
    if (problem !== undefined) throw new pulumi.RunError(problem);
    const configuration: Record<string, pulumi.Input<string | undefined>> = {
      "headshotpro:provider": name,
      "headshotpro:apiKey": args.apiKey === undefined ? undefined : pulumi.secret(args.apiKey),
      "headshotpro:apiKeyEnv": args.apiKeyEnv,
      "headshotpro:baseUrl": args.baseUrl,
      "headshotpro:adopt": text(args.adopt),
      "headshotpro:forceDestroy": text(args.forceDestroy),
      "headshotpro:keepLink": text(args.keepLink),
      "headshotpro:timeoutSeconds": text(args.timeoutSeconds),
      "headshotpro:allowedDomains": text(args.allowedDomains),
      "headshotpro:maxInvites": text(args.maxInvites),
    };
    super("pulumi-nodejs", name, configuration, opts);
    // What a function reads with the key is not a secret for that; the key itself goes nowhere else.
    organizationInRun(this).configuration = pulumi.unsecret(pulumi.output(configuration));
  }
}

/** Provider configuration is text. */
function text(
  value: pulumi.Input<boolean | number | string[] | undefined>,
): pulumi.Output<string | undefined> {
  // A list becomes one in JSON; a flag and a number are the same in it.
  return pulumi.output(value).apply((known) => (known === undefined ? undefined : JSON.stringify(known)));
}
