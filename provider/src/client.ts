export { DEFAULT_BASE_URL, parseBaseUrl } from "./api/base-url";
export { type ClientOptions, HeadshotProClient } from "./api/client";
export {
  type Failure,
  type FailureReason,
  HeadshotProError,
  isHeadshotProError,
} from "./api/headshotpro-error";
export type { Invite, InviteList, ListedInvite, SentInvite } from "./api/invite";
export type { RequestHooks, ResponseInfo } from "./api/request-hooks";
export type { Fetch, Surroundings } from "./api/transport";
export { type Clock, MACHINE_CLOCK, sleep } from "./clock";
export type { Team } from "./invites/team";
