import { isSameKey, type Organization } from "../invite/organization";
import { plainName } from "../invite/team";

/** What another provider of this run declares about a person or a team. */
export interface PeerDeclaration {
  organization: Organization;
  /** As the program has it for this person. */
  forceDestroy?: boolean;
}

/**
 * The other providers of a run. The engine starts one process for each provider, and none of them knows what the others
 * do: a person who moves from one provider to another is created by one process and deleted by another.
 */
export interface Peers {
  /**
   * Tells the others that this provider's part of the program declares a person or a team.
   *
   * @param whom a canonical address, or what {@link teamSubject} makes of a team.
   * @throws UserError if it cannot
   */
  declare(whom: string, declared: { forceDestroy?: boolean }): void;
  /** Tells the others whose organization this provider manages; again when its `uid` becomes known. */
  identify(organization: Organization): void;
  /** What the others of this run declare about them. @throws UserError if that cannot be read */
  declarationsOf(whom: string): PeerDeclaration[];
}

/** A team, as peers speak of it. @example "team marketing" */
export function teamSubject(name: string): string {
  return `team ${plainName(name)}`;
}

/** The peers in a run of one provider. */
export const NO_PEERS: Peers = { declare: () => {}, identify: () => {}, declarationsOf: () => [] };

/** What the others' declarations of a person mean for a revoke or an adoption. */
export interface Ownership {
  /** Another provider declares the person in the same organization: the invite is theirs. */
  isTheirs: boolean;
  /** Another provider declares the person, and nobody knows whether in the same organization. */
  isUnclear: boolean;
  /** Another provider, of whatever organization, has `forceDestroy: false` for the person. */
  forbids: boolean;
}

/**
 * Decides whose invite it is.
 *
 * Two providers have the same organization if their keys or their uids are equal, and different ones if their uids
 * differ. Different keys alone say nothing: an organization may have several.
 *
 * @param mine the organization that the invite is in.
 */
export function ownership(mine: Organization, declarations: readonly PeerDeclaration[]): Ownership {
  const same = declarations.map(({ organization }) => isSameOrganization(mine, organization));
  const isTheirs = same.includes(true);
  return {
    isTheirs,
    isUnclear: !isTheirs && same.includes(undefined),
    forbids: declarations.some(({ forceDestroy }) => forceDestroy === false),
  };
}

/** Says why nothing was done, and what to do, where {@link Ownership.isUnclear}. */
export function unclearOwnership(
  failed: string,
  mine: Organization,
  declarations: readonly PeerDeclaration[],
): string {
  const other = declarations.find(({ organization }) => isSameOrganization(mine, organization) === undefined);
  const name = other?.organization.provider;
  return (
    `${failed}: ${name ? `the provider "${name}"` : "the default provider"} declares them too, and it is not known ` +
    "whether its key is of the same organization, where the invite would be theirs. Give both providers keys with the " +
    "scope Organization, run `pulumi refresh` so that the state says whose organization it is, and then the same " +
    "command again."
  );
}

function isSameOrganization(mine: Organization, theirs: Organization): boolean | undefined {
  if (isSameKey(mine, theirs)) return true;
  return mine.uid && theirs.uid ? mine.uid === theirs.uid : undefined;
}
