import * as pulumi from "@pulumi/pulumi";
import { HeadshotInvite } from "pulumi-headshotpro";

const people = new pulumi.Config().requireObject<string[]>("people");

export const status: Record<string, pulumi.Output<string>> = {};
for (const person of people) {
  // Named by the person: order, case and spaces in the configuration make no difference.
  const email = person.trim().toLowerCase();
  status[email] = new HeadshotInvite(email, { email }).status;
}
