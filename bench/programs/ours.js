const { HeadshotInvite } = require("pulumi-headshotpro");

for (let n = 1; n <= Number(process.env.BENCH_PEOPLE); n++) {
  const email = `person${n}@acme.com`;
  new HeadshotInvite(email, { email, teamId: process.env.BENCH_TEAM });
}
