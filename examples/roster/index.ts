import { HeadshotRoster } from "pulumi-headshotpro";

const people = new HeadshotRoster("people", {
  file: "people.csv",
  // For everyone whose row does not name a team.
  defaults: { teamId: "team_xyz789" },
  // Says who is in the organization without being in the file; one request.
  unmanaged: "warn",
});

export const summary = people.summary;
