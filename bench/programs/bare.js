// A lower floor than the SDK's way allows: the provider that does nothing, with as many bytes of state as ours has.
const pulumi = require("@pulumi/pulumi");

const TEXT = "module.exports=require('./bare-provider')";
const OUTPUTS = ["status", "createdAt", "expiresAt", "adopted", "renewals"];
const undefinedOutputs = Object.fromEntries(OUTPUTS.map((output) => [output, undefined]));

// As in ours, the state keeps the line in the program, and not the whole stack.
const { stackTrace } = pulumi.Resource;
const place = [];
pulumi.Resource.stackTrace = (skip) => {
  place.push(stackTrace.call(pulumi.Resource, skip)[0]);
  return place;
};

for (let n = 1; n <= Number(process.env.BENCH_PEOPLE); n++) {
  const email = `person${n}@acme.com`;
  const properties = { ...undefinedOutputs, email, __provider: TEXT };
  new pulumi.CustomResource("pulumi-nodejs:dynamic/headshotpro:HeadshotInvite", email, properties);
  place.length = 0;
}
