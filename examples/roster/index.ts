import { HeadshotRoster } from "pulumi-headshotpro";

const people = new HeadshotRoster("people", {
  file: "people.csv",
  // For everyone whose row does not name a team.
  defaults: { teamId: "team_xyz789" },
  // Names people who are in the organization, but not in the file. One request.
  unmanaged: "warn",
});

export const summary = people.summary;
