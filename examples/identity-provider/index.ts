import { HeadshotRoster } from "pulumi-headshotpro";

// Entra: Groups > a group > Members > Download members. The addresses are in userPrincipalName.
const engineering = new HeadshotRoster("engineering", {
  file: "entra-group-members.csv",
  defaults: { teamId: "team_abc123" },
});

// Okta: Reports, or a group's people, exported. The addresses are in email; login is what people sign in with.
const marketing = new HeadshotRoster("marketing", {
  file: "okta-users.csv",
  defaults: { teamId: "team_xyz789" },
});

export const summary = { engineering: engineering.summary, marketing: marketing.summary };
