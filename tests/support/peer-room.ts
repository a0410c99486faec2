import type { CanonicalEmail } from "../../provider/src/invite/email";
import type { Organization } from "../../provider/src/invite/organization";
import type { PeerDeclaration, Peers } from "../../provider/src/provider/peers";

/** The providers of one simulated run: as `PeerFiles`, in memory. */
export class PeerRoom {
  private readonly seats: Seat[] = [];

  /** The peers as one more provider of the run sees them. */
  seat(): Peers {
    const own: Seat = { people: new Map() };
    this.seats.push(own);
    return {
      declare: (email, declared) => void own.people.set(email, declared),
      identify: (organization) => {
        const uid = organization.uid ?? own.organization?.uid;
        own.organization = { ...organization, uid };
      },
      declarationsOf: (email) =>
        this.seats.flatMap(({ organization, people }): PeerDeclaration[] => {
          const declared = people.get(email);
          return people !== own.people && organization && declared ? [{ organization, ...declared }] : [];
        }),
    };
  }
}

interface Seat {
  organization?: Organization;
  people: Map<CanonicalEmail, { forceDestroy?: boolean }>;
}
