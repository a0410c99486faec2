import type { CanonicalEmail } from "../invite/email";
import { INPUTS } from "../invite/inputs";
import type { InviteInputs, InviteState } from "../invite/invite";

/** What this run knows of one person so far. */
interface PersonInRun {
  /** What the program declares of them, once `check` has seen it. */
  declared?: Partial<InviteInputs>;
  /** Their team is only what the state has: the program names none. */
  carriesTeam?: boolean;
  /** The engine's own comparison of the inputs finds something, and shows it. */
  inputsDiffer?: boolean;
  /** Declarations of theirs that `check` has seen in a resource that exists, and whose `diff` is still to come. */
  awaitedDiffs?: number;
  /** What the state has of them, if the same resource declares them still. */
  recorded?: InviteState;
  /** A delete that is under way. */
  leaving?: Promise<unknown>;
  /** A delete of this run has revoked their invite, and no other was sent since. */
  revoked?: boolean;
}

/**
 * What the verbs of one run tell each other, by person: the SDK gives a verb neither the resource's name nor
 * the old inputs.
 */
export class RunNotes {
  private readonly people = new Map<CanonicalEmail, PersonInRun>();
  private readonly reported = new Set<string>();

  /**
   * Whether something that concerns nobody in particular is still to be said: what is wrong with the configuration,
   * or that links go from the state.
   */
  report(subject: "configuration" | "links"): boolean {
    if (this.reported.has(subject)) return false;
    this.reported.add(subject);
    return true;
  }

  /** `check` has seen a declaration. @param previous the old inputs, empty for a new resource */
  checked(
    declared: Partial<InviteInputs>,
    previous: Record<string, unknown>,
    { carriesTeam }: { carriesTeam: boolean },
  ): void {
    const { email } = declared;
    if (email === undefined) return;
    const person = this.of(email);
    person.declared = declared;
    person.carriesTeam = carriesTeam;
    person.inputsDiffer = INPUTS.some((name) => declared[name] !== previous[name]);
    if (previous.email !== undefined) person.awaitedDiffs = (person.awaitedDiffs ?? 0) + 1;
  }

  /**
   * `diff` has been asked about a declaration.
   *
   * @returns whether it is the program's; else a refresh shows what an `up` would change, by which nothing is refused
   * or announced.
   */
  diffed(email: CanonicalEmail): boolean {
    const person = this.of(email);
    if (!person.awaitedDiffs) return false;
    person.awaitedDiffs--;
    return true;
  }

  /** The state has a person, and the resource that has them declares them still, in the same organization. */
  keep(recorded: InviteState): void {
    this.of(recorded.email).recorded = recorded;
  }

  /**
   * A resource gives a person up: whoever declares them waits until that has ended. With `deleteBeforeReplace` it
   * may go before the program has come to the resource that declares them.
   *
   * @param revoke returns whether there is no invite any more.
   */
  async leave(email: CanonicalEmail, revoke: () => Promise<boolean>): Promise<void> {
    const person = this.of(email);
    const leaving = revoke();
    person.leaving = leaving.catch(() => {});
    person.revoked = (await leaving) || person.revoked;
  }

  /** Resolves once no delete of the person is under way. */
  async left(email: CanonicalEmail): Promise<void> {
    await this.people.get(email)?.leaving;
  }

  /** An invite of the person was sent, or found. */
  invited(email: CanonicalEmail): void {
    this.of(email).revoked = false;
  }

  /** What the state has of a person, as it is by now: another resource may have taken the invite away in this run. */
  asLeft(recorded: InviteState): InviteState {
    return this.people.get(recorded.email)?.revoked ? { ...recorded, status: "revoked" } : recorded;
  }

  /** What the program declares of a person in this provider's organization. */
  declared(email: CanonicalEmail): Partial<InviteInputs> | undefined {
    return this.people.get(email)?.declared;
  }

  /** Then no team is a difference, not even one that was declared earlier and never came true. */
  carriesTeam(email: CanonicalEmail): boolean {
    return this.people.get(email)?.carriesTeam ?? false;
  }

  /** Checked inputs as the program names them: without a team that only `check` has put there. */
  asDeclared(inputs: InviteInputs): InviteInputs {
    return this.carriesTeam(inputs.email) ? { ...inputs, teamId: undefined } : inputs;
  }

  inputsDiffer(email: CanonicalEmail): boolean {
    return this.people.get(email)?.inputsDiffer ?? false;
  }

  /** What the state had of a person whom the same resource declares still; undefined for anybody new to it. */
  recorded(email: CanonicalEmail): InviteState | undefined {
    return this.people.get(email)?.recorded;
  }

  private of(email: CanonicalEmail): PersonInRun {
    const person = this.people.get(email) ?? {};
    this.people.set(email, person);
    return person;
  }
}
