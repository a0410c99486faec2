export { DEFAULT_BASE_URL, parseBaseUrl } from "./base-url";
export { type ClientOptions, HeadshotProClient, type InviteList, type SentInvite } from "./client";
export { type Failure, type FailureReason, HeadshotProError, isHeadshotProError } from "./headshotpro-error";
export type { Done, Pass, ReplyNews } from "./pass";
export type { Invite, ListedInvite } from "./schemas";
