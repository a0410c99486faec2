export { type Clock, MACHINE_CLOCK, sleep } from "../clock";
export type { Team } from "../invite/team";
export { HeadshotProClient } from "./client";
export { DEFAULT_BASE_URL, parseBaseUrl } from "./endpoint";
export { ApiError, type Failure, type FailureReason, isApiError } from "./errors";
export type { Fetch, Surroundings } from "./transport";
export type {
  ClientOptions,
  Invite,
  InviteList,
  ListedInvite,
  OrganizationInfo,
  RequestHooks,
  ResponseInfo,
  SentInvite,
} from "./types";
