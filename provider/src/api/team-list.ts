import type { Clock } from "../clock";
import type { Team } from "../invite/team";

/** The list of teams, fetched once for all the people of a run who are declared in a team by its name. */
export class TeamList {
  private latest?: { askedAt: number; teams: Promise<Team[]> };

  constructor(
    private readonly fetchAll: () => Promise<Team[]>,
    private readonly clock: Clock,
  ) {}

  /** Whether this run has asked for it already. */
  get isKnown(): boolean {
    return this.latest !== undefined;
  }

  /** As it was when this run first asked, a failure too: or each person would wait for the same failure. */
  ofRun(): Promise<Team[]> {
    return (this.latest ?? this.ask()).teams;
  }

  /** @param maxAgeMs how old the answer may be, in milliseconds. */
  noOlderThan(maxAgeMs: number): Promise<Team[]> {
    const { latest } = this;
    const usable = latest && this.clock.now() - latest.askedAt <= maxAgeMs;
    return (usable ? latest : this.ask()).teams;
  }

  /** To be called when something else may have made a team: the answer that is there is too old. */
  changedElsewhere(): void {
    this.latest = undefined;
  }

  private ask() {
    this.latest = { askedAt: this.clock.now(), teams: this.fetchAll() };
    return this.latest;
  }
}
