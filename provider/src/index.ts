export { HeadshotInvite, type HeadshotInviteArgs } from "./sdk/headshot-invite";
export {
  HeadshotRoster,
  type HeadshotRosterArgs,
  type RosterColumns,
  type RosterDefaults,
  type RosterMemberArgs,
  type RosterStart,
} from "./sdk/headshot-roster";
export { HeadshotTeam, type HeadshotTeamArgs } from "./sdk/headshot-team";
export { Provider, type ProviderArgs } from "./sdk/provider";
export {
  type GetInviteArgs,
  type GetInviteOutputArgs,
  type GetInviteResult,
  type GetInvitesArgs,
  type GetInvitesOutputArgs,
  type GetInvitesResult,
  type GetTeamsResult,
  getInvite,
  getInviteOutput,
  getInvites,
  getInvitesOutput,
  getTeams,
  getTeamsOutput,
  type ListedInviteResult,
  type TeamResult,
} from "./sdk/queries";
