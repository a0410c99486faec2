export {
  type GetInviteArgs,
  type GetInviteOutputArgs,
  type GetInviteResult,
  getInvite,
  getInviteOutput,
} from "./resources/get-invite";
export {
  type GetInvitesArgs,
  type GetInvitesOutputArgs,
  type GetInvitesResult,
  getInvites,
  getInvitesOutput,
  type ListedInviteResult,
} from "./resources/get-invites";
export { HeadshotInvite, type HeadshotInviteArgs } from "./resources/headshot-invite";
export { HeadshotRoster } from "./resources/headshot-roster";
export { Provider, type ProviderArgs } from "./resources/provider";
export type { HeadshotRosterArgs, RosterDefaults, RosterMemberArgs } from "./resources/roster-args";
