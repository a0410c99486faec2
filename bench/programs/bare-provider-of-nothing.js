exports.create = async (inputs) => ({
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
});
