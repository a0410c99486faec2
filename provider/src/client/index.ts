export { type Clock, MACHINE_CLOCK, sleep } from "../clock";
export type { Team } from "../invite/team";
export { DEFAULT_BASE_URL, parseBaseUrl } from "./base-url";
export { type ClientOptions, HeadshotProClient } from "./client";
export {
  type Failure,
  type FailureReason,
  HeadshotProError,
  isHeadshotProError,
} from "./headshotpro-error";
export type { Invite, InviteList, ListedInvite, OrganizationInfo, SentInvite } from "./invite";
export type { RequestHooks, ResponseInfo } from "./request-hooks";
export type { Fetch, Surroundings } from "./transport";
