import * as pulumi from "@pulumi/pulumi";
import { HeadshotInvite } from "pulumi-headshotpro";

export interface DepartmentArgs {
  teamId: string;
  /** The head of the department, whose headshots stay whatever happens to the stack. */
  head: string;
  members: string[];
}

/** A department as this company has it: one team, and a head who is never revoked. */
export class Department extends pulumi.ComponentResource {
  readonly waiting: pulumi.Output<string[]>;

  constructor(
    name: string,
    { teamId, head, members }: DepartmentArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("acme:people:Department", name, {}, opts);
    const invite = (email: string, options: pulumi.CustomResourceOptions) =>
      new HeadshotInvite(email, { email, teamId }, { parent: this, ...options });
    const invites = [invite(head, { retainOnDelete: true }), ...members.map((email) => invite(email, {}))];
    this.waiting = pulumi
      .all(invites.map(({ email, status }) => ({ email, status })))
      .apply((people) => people.filter(({ status }) => status === "pending").map(({ email }) => email));
    this.registerOutputs({ waiting: this.waiting });
  }
}
