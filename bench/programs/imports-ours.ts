import * as pulumi from "@pulumi/pulumi";
import { HeadshotInvite } from "pulumi-headshotpro";

export const project = pulumi.getProject;
export const resource = HeadshotInvite;
