export {
  type GetInviteArgs,
  type GetInviteOutputArgs,
  type GetInviteResult,
  getInvite,
  getInviteOutput,
} from "./program/get-invite";
export {
  type GetInvitesArgs,
  type GetInvitesOutputArgs,
  type GetInvitesResult,
  getInvites,
  getInvitesOutput,
  type ListedInviteResult,
} from "./program/get-invites";
export { type GetTeamsResult, getTeams, getTeamsOutput, type TeamResult } from "./program/get-teams";
export { HeadshotInvite, type HeadshotInviteArgs } from "./program/headshot-invite";
export { HeadshotRoster } from "./program/headshot-roster";
export { Provider, type ProviderArgs } from "./program/provider";
export type {
  HeadshotRosterArgs,
  RosterColumns,
  RosterDefaults,
  RosterMemberArgs,
} from "./program/roster-args";
