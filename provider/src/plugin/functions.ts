import { type InvokeRequest, InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { outputsOf } from "../provider/outputs";
import type { InviteProvider } from "../provider/provider";
import { UserError } from "../user-error";
import { type Properties, structOf, valuesOf } from "./values";

const FUNCTIONS: Record<string, (provider: InviteProvider, args: Properties) => Promise<object>> = {
  // Of somebody whom nobody has invited there is nothing to tell.
  "headshotpro:index:getInvite": async (provider, { email }) => (await provider.getInvite(email)) ?? {},
  "headshotpro:index:getInvites": (provider, which) => provider.getInvites(which),
  "headshotpro:index:getTeams": (provider) => provider.getTeams(),
};

/** Answers `getInvite`, `getInvites` or `getTeams`. @throws UserError */
export async function invoke(provider: InviteProvider, request: InvokeRequest): Promise<InvokeResponse> {
  const token = request.getTok();
  const answer = FUNCTIONS[token];
  if (!answer) throw new UserError(`There is no function ${token}.`);
  const given = Object.entries(valuesOf(request.getArgs()).plain).filter(([, value]) => value !== null);
  return new InvokeResponse().setReturn(
    structOf(outputsOf(await answer(provider, Object.fromEntries(given)))),
  );
}
