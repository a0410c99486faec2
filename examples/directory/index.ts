import { getGroup, getUsers } from "@pulumi/azuread";
import { Config } from "@pulumi/pulumi";
import { HeadshotRoster } from "pulumi-headshotpro";

export = async () => {
  // Nothing is caught here: if Entra does not answer, the run fails, and everybody stays as they are.
  const group = await getGroup({ displayName: new Config().require("group") });
  const { users } = await getUsers({ objectIds: group.members });

  // A roster, and not a loop of invites: a group that comes back empty, or without most of its people, is an error.
  const people = new HeadshotRoster("people", {
    members: users.map(({ mail }) => ({ email: mail })),
  });
  return { summary: people.summary };
};
