// What a generated SDK does, in short: the same names as `pulumi-headshotpro`, served by the plugin.
const pulumi = require("@pulumi/pulumi");

const INVITE = "headshotpro:index:HeadshotInvite";
const OUTPUTS = [
  ...["email", "teamId", "team", "adopt", "forceDestroy", "maxRenewals", "resend", "status", "modelId"],
  ...["teamName", "createdAt", "expiresAt", "adopted", "renewals", "link", "inviteId"],
];

const unset = (names) => Object.fromEntries(names.map((name) => [name, undefined]));
const text = (value) => value && pulumi.output(value).apply(JSON.stringify);

class HeadshotInvite extends pulumi.CustomResource {
  constructor(name, args, opts) {
    const former = { aliases: [{ type: "pulumi-nodejs:dynamic/headshotpro:HeadshotInvite" }] };
    const secrets = { additionalSecretOutputs: ["link", "inviteId"] };
    const options = pulumi.mergeOptions(pulumi.mergeOptions(former, secrets), opts);
    super(INVITE, name, { ...unset(OUTPUTS), ...args }, options);
  }

  static get(name, id, opts) {
    return new HeadshotInvite(name, undefined, { ...opts, id });
  }
}

class HeadshotTeam extends pulumi.CustomResource {
  constructor(name, args, opts) {
    const former = { aliases: [{ type: "pulumi-nodejs:dynamic/headshotpro:HeadshotTeam" }] };
    const outputs = unset(["teamId", "name", "adopt"]);
    super("headshotpro:index:HeadshotTeam", name, { ...outputs, ...args }, pulumi.mergeOptions(former, opts));
  }
}

class HeadshotRoster extends pulumi.ComponentResource {
  constructor(name, args, opts) {
    super(
      "headshotpro:index:HeadshotRoster",
      name,
      { ...unset(["summary", "invites"]), ...args },
      opts,
      true,
    );
  }
}

class Provider extends pulumi.ProviderResource {
  constructor(name, { apiKey, adopt, forceDestroy, timeoutSeconds, ...others }, opts) {
    const key = apiKey && pulumi.secret(apiKey);
    const flags = {
      adopt: text(adopt),
      forceDestroy: text(forceDestroy),
      timeoutSeconds: text(timeoutSeconds),
    };
    super("headshotpro", name, { ...others, ...flags, apiKey: key }, opts);
  }
}

const invoke = (name) => (args, opts) => pulumi.runtime.invoke(`headshotpro:index:${name}`, args ?? {}, opts);
const invokeOutput = (name) => (args, opts) =>
  pulumi.runtime.invokeOutput(`headshotpro:index:${name}`, args ?? {}, opts);

module.exports = {
  HeadshotInvite,
  HeadshotRoster,
  HeadshotTeam,
  Provider,
  getInvite: invoke("getInvite"),
  getInviteOutput: invokeOutput("getInvite"),
  getInvites: invoke("getInvites"),
  getInvitesOutput: invokeOutput("getInvites"),
  getTeamsOutput: invokeOutput("getTeams"),
};
