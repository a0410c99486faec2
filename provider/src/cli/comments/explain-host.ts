import type { Place } from "./host";
import type { HostError } from "./host-error";

/** Whether a host refused a comment as it refuses those of a fork's run, which may only read. */
export function isReadOnlyFork({ fork }: Place, { status, reason }: HostError): boolean {
  return fork && reason === "rejected" && (status === 403 || status === 404);
}

/** What a user reads if the comment could not be written: what happened, what it means, and what to do. */
export function explainHost(error: HostError, place: Place): string {
  const { host, tokenEnv, repository, request } = place;
  const there = `${host.change} ${request} of ${repository}`;
  const said = `(${error.message})`;
  if (error.status === 401)
    return `${host.name} does not accept the token in ${tokenEnv} ${said}, so the review is no comment. Set a valid one.`;
  if (error.reason === "rate-limit") {
    const until = error.retryAt ? ` until ${error.retryAt.toISOString()}` : " for now";
    return `${host.name} accepts no more requests of the token in ${tokenEnv}${until} ${said}, so the review is no comment. Run the job again later.`;
  }
  if (error.status === 403)
    return `${host.name} does not let the token in ${tokenEnv} comment on ${there} ${said}. ${host.permission}`;
  if (error.status === 404)
    return `${host.name} has no ${there} that the token in ${tokenEnv} may see ${said}. Correct --repository and --pull-request, or the token. ${host.permission}`;
  return `The review could not be written as a comment on ${there} ${said}. Run the job again; if it stays like this, check ${place.apiUrl}.`;
}
