// A lower floor than the SDK's way allows: the provider that does nothing, found by as short a text as ours is.
const pulumi = require("@pulumi/pulumi");

const TEXT = 'exports.handler=()=>require("./bare-provider-of-nothing")';
const OUTPUTS = ["status", "createdAt", "expiresAt", "adopted", "renewals", "link", "inviteId"];
const undefinedOutputs = Object.fromEntries(OUTPUTS.map((output) => [output, undefined]));

for (let n = 1; n <= Number(process.env.BENCH_PEOPLE); n++) {
  const email = `person${n}@acme.com`;
  new pulumi.CustomResource(
    "pulumi-nodejs:dynamic/headshotpro:HeadshotInvite",
    email,
    { ...undefinedOutputs, email, __provider: TEXT },
    { additionalSecretOutputs: ["link", "inviteId"] },
  );
}
