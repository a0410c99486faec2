import * as pulumi from "@pulumi/pulumi";
import { HeadshotInvite } from "pulumi-headshotpro";

const people = new pulumi.Config().requireObject<string[]>("people");

// Named by the person: order and case in the configuration make no difference.
const invites = people.map((email) => new HeadshotInvite(email.trim().toLowerCase(), { email }));

export const status = pulumi
  .all(invites.map((invite) => pulumi.all([invite.email, invite.status])))
  .apply((entries) => Object.fromEntries(entries));
