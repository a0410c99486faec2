import { HeadshotRoster, HeadshotTeam } from "pulumi-headshotpro";

// Made, or adopted if there is one of this name. A new name here renames it, and nobody moves.
new HeadshotTeam("design", { name: "Design" });

const people = new HeadshotRoster("people", {
  // A file for each team, with an owner of its own: a person in two of them is an error.
  files: "people/*.csv",
  // For everyone whose row does not name a team.
  defaults: { teamId: "team_xyz789" },
  // Names people who are in the organization, but in none of the files. One request.
  unmanaged: "warn",
});

export const summary = people.summary;
