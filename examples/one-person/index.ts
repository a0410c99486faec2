import { HeadshotInvite } from "pulumi-headshotpro";

const ada = new HeadshotInvite("ada", { email: "ada@acme.com" });

export const status = ada.status;
export const expiresAt = ada.expiresAt;
