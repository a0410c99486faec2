// The floor: the same program in the SDK's own way, with a provider that does nothing. Same inputs, same outputs.
const pulumi = require("@pulumi/pulumi");

const nothing = {
  create: async (inputs) => ({
    id: inputs.email,
    outs: {
      ...inputs,
      adopted: false,
      createdAt: "2026-11-23T12:00:00.000Z",
      expiresAt: "2026-12-23T12:00:00.000Z",
      inviteId: "6af162c5244698b2e204b3bc247f4f28",
      link: "https://www.headshotpro.com/auth/signup?invite=6af162c5244698b2e204b3bc247f4f28",
      renewals: 0,
      status: "pending",
    },
  }),
};

class Nobody extends pulumi.dynamic.Resource {
  constructor(name, args) {
    const secrets = { additionalSecretOutputs: ["link", "inviteId"] };
    super(nothing, name, args, secrets, "headshotpro", "HeadshotInvite");
  }
}

for (let n = 1; n <= Number(process.env.BENCH_PEOPLE); n++) {
  const email = `person${n}@acme.com`;
  new Nobody(email, { email });
}
