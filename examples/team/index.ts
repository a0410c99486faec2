import * as pulumi from "@pulumi/pulumi";
import { HeadshotInvite } from "pulumi-headshotpro";

// The team's id, as HeadshotPro's dashboard shows it.
const teamId = new pulumi.Config().require("teamId");

const people = ["ada@acme.com", "grace@acme.com", "linus@acme.com"];

export const status: Record<string, pulumi.Output<string>> = {};
for (const email of people) {
  // Named by the person, not by a number: whoever joins, leaves or moves up in the list, nobody else changes.
  const invite = new HeadshotInvite(email, { email, teamId });
  status[email] = invite.status;
}
