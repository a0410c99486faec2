export {
  type GetInviteArgs,
  type GetInviteOutputArgs,
  type GetInviteResult,
  getInvite,
  getInviteOutput,
} from "./sdk/get-invite";
export {
  type GetInvitesArgs,
  type GetInvitesOutputArgs,
  type GetInvitesResult,
  getInvites,
  getInvitesOutput,
  type ListedInviteResult,
} from "./sdk/get-invites";
export { type GetTeamsResult, getTeams, getTeamsOutput, type TeamResult } from "./sdk/get-teams";
export { HeadshotInvite, type HeadshotInviteArgs } from "./sdk/headshot-invite";
export { HeadshotRoster } from "./sdk/headshot-roster";
export { Provider, type ProviderArgs } from "./sdk/provider";
export type {
  HeadshotRosterArgs,
  RosterColumns,
  RosterDefaults,
  RosterMemberArgs,
} from "./sdk/roster-args";
