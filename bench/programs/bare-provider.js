const create = async (inputs) => ({
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
});

exports.handler = () => ({ create });
