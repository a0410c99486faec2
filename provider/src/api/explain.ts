import type { HeadshotProError } from "../client/headshotpro-error";

/**
 * What a failed request means to the person at the terminal: what happened, what it means, what to do.
 *
 * @param doing what was being done, as the start of a sentence: `ada@acme.com was not invited`.
 * @param teamId the team that was asked for, if any.
 */
export function explain(error: HeadshotProError, doing: string, baseUrl: string, teamId?: string): string {
  return `${doing}: ${meaning(error, baseUrl, teamId)}`;
}

function meaning(error: HeadshotProError, baseUrl: string, teamId: string | undefined): string {
  const said = `${[error.status, error.code].filter(Boolean).join(" ")}: ${error.text}`.replace(/^: /, "");
  switch (error.reason) {
    case "unauthorized":
      return (
        `HeadshotPro does not accept the API key (${said}). Set a valid one with ` +
        "`pulumi config set --secret headshotpro:apiKey`, or in the environment as HEADSHOTPRO_API_KEY."
      );
    case "forbidden":
      return `the API key is not an organization admin's (${said}). Use the key of an admin.`;
    case "insufficient-credits":
      return `the organization has no credits left (${said}). Buy credits, then run \`pulumi up\` again.`;
    case "invite-limit":
      return (
        `too many invites are pending, the cap is twice the credits (${said}). Waiting does not help: ` +
        "let people sign up, remove invites that are not needed, or buy credits; then run `pulumi up` again."
      );
    case "not-found":
      return teamId
        ? `HeadshotPro knows no team "${teamId}" (${said}). Check teamId, or leave it out to invite without a team.`
        : `HeadshotPro does not find what it was asked about (${said}).`;
    case "rate-limit":
      return `HeadshotPro's rate limit is still reached after waiting (${said}). Run the same command again in a few minutes.`;
    case "wrong-address":
      return (
        `${baseUrl} does not answer as HeadshotPro's API (${said}). ` +
        "Check headshotpro:baseUrl or HEADSHOTPRO_BASE_URL, and any proxy in between."
      );
    case "unreachable":
      return `${baseUrl} cannot be reached (${said}). Check the network; nothing was sent. Then run the same command again.`;
    case "proxy-refused":
      return (
        `${baseUrl} was not asked, because ${said}. Nothing was sent. ` +
        "Check the user name and password in that variable, and which hosts the proxy allows; " +
        "NO_PROXY names the hosts that need no proxy. Then run the same command again."
      );
    case "rejected":
      return `HeadshotPro refused it (${said}).`;
    default:
      return (
        `HeadshotPro gave no usable answer (${said}). ` +
        "Run the same command again: people are looked up before anything is sent twice."
      );
  }
}
