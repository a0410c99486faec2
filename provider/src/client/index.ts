export { DEFAULT_BASE_URL, parseBaseUrl } from "./base-url";
export { type ClientOptions, HeadshotProClient } from "./client";
export { type Clock, MACHINE_CLOCK, sleep } from "./clock";
export { type Failure, type FailureReason, HeadshotProError, isHeadshotProError } from "./headshotpro-error";
export type { Invite, InviteList, ListedInvite, SentInvite } from "./invite";
export type { Done, Pass, ReplyNews } from "./pass";
export type { Fetch, Surroundings } from "./transport";
