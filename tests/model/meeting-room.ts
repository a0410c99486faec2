import type { Answer, Meeting } from "../../provider/src/provider/meeting";

/** Somebody of a run, as far as a meeting cares. */
export interface Member {
  /** Rejects when they die. */
  readonly death: Promise<never>;
  readonly dead: boolean;
}

/** Where the provider processes of one run meet: as `runtime/meeting-place.ts`, in memory. */
export class MeetingRoom {
  private readonly members = new Map<Member, Answer>();

  for(member: Member): Meeting {
    return {
      join: async (answer) => void this.members.set(member, answer),
      ask: async (email, askersKey) => {
        const others = [...this.members].filter(([other]) => other !== member);
        const answers = await Promise.all(
          others.map(([other, answer]) => {
            if (other.dead) throw new Error("connect ECONNREFUSED");
            return Promise.race([answer(email, askersKey), other.death]);
          }),
        );
        return answers.filter((answer) => answer !== undefined);
      },
    };
  }
}
