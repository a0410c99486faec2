// The floor: the same program in the SDK's own way, with a provider that does nothing. Same inputs, same outputs.
const pulumi = require("@pulumi/pulumi");

const nothing = {
  create: async (inputs) => ({
    id: inputs.email,
    outs: {
      ...inputs,
      __organization: ":0123abcd",
      adopted: false,
      createdAt: "2026-11-23T12:00:00Z",
      expiresAt: "2026-12-23T12:00:00Z",
      renewals: 0,
      status: "pending",
    },
  }),
};

class Nobody extends pulumi.dynamic.Resource {
  constructor(name, args) {
    super(nothing, name, args, {}, "headshotpro", "HeadshotInvite");
  }
}

for (let n = 1; n <= Number(process.env.BENCH_PEOPLE); n++) {
  const email = `person${n}@acme.com`;
  new Nobody(email, { email });
}
