import { isApiError } from "../client/errors";
import { type Clock, sleep } from "../clock";

/** A move waits so long for others into the same team. */
const GATHERING_MS = 5;

/** People in one request. */
const MOST_AT_ONCE = 100;

interface Group {
  emails: string[];
  moved: Promise<void>;
}

/** Moves people into teams: those who are under way to the same team at the same time share a request. */
export class TeamMoves {
  private readonly gathering = new Map<string, Group>();

  constructor(
    private readonly move: (teamId: string, emails: readonly string[]) => Promise<void>,
    private readonly clock: Clock,
  ) {}

  /**
   * If the API refuses a request, each of its people is asked for alone: one who cannot be moved must not keep the
   * others.
   *
   * @param email in the API's own spelling.
   * @throws ApiError
   */
  async into(teamId: string, email: string): Promise<void> {
    const group = this.gathering.get(teamId) ?? this.gather(teamId);
    group.emails.push(email);
    if (group.emails.length === MOST_AT_ONCE) this.gathering.delete(teamId);
    try {
      await group.moved;
    } catch (error) {
      const refused = isApiError(error) && (error.reason === "rejected" || error.reason === "not-found");
      if (!refused || group.emails.length === 1) throw error;
      await this.move(teamId, [email]);
    }
  }

  private gather(teamId: string): Group {
    const emails: string[] = [];
    const moved = sleep(this.clock, GATHERING_MS).then(() => {
      if (this.gathering.get(teamId) === group) this.gathering.delete(teamId);
      return this.move(teamId, emails);
    });
    const group = { emails, moved };
    this.gathering.set(teamId, group);
    return group;
  }
}
