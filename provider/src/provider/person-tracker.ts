import type { CanonicalEmail } from "../invite/email";
import { INPUTS } from "../invite/inputs";
import type { InviteInputs, InviteState } from "../invite/invite";
import { isNamed, type Team } from "../invite/team";

/** What this run knows of one person so far. */
interface PersonInRun {
  /** What the program declares of them, once `check` has seen it. */
  declared?: Partial<InviteInputs>;
  /** Their team is only what the state has: the program names none. */
  carriesTeam?: boolean;
  /** The engine's own comparison of the inputs finds something, and shows it. */
  inputsDiffer?: boolean;
  /** The resource that declares them had them before. */
  isKept?: boolean;
  /** Declarations of theirs that `check` has seen in a resource that exists, and whose `diff` is still to come. */
  awaitedDiffs?: number;
  /** What the state has of them, if the same resource declares them still. */
  recorded?: InviteState;
  /** A delete that is under way. */
  deleting?: Promise<void>;
  /** A delete of this run has revoked their invite, and no other was sent since. */
  revoked?: boolean;
}

/**
 * Somebody in a roster who is not declared yet. Nobody's resource: the first one of the roster carries them all, as
 * `__later`.
 */
export interface LaterPerson {
  email: string;
  team?: string | undefined;
  teamId?: string | undefined;
  /** `2026-12-01` */
  startsOn?: string | undefined;
}

/**
 * What the operations of one run tell each other, by person: the SDK gives an operation neither the resource's name nor
 * the old inputs.
 *
 * A team that `check` has carried over from the state is what was, not what is declared: {@link asDeclared} takes it out
 * again wherever a declaration is compared with a state.
 */
export class PersonTracker {
  private readonly people = new Map<CanonicalEmail, PersonInRun>();
  private readonly later = new Map<string, LaterPerson>();

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
    // The engine checks a resource that it replaces once more, as if it were new.
    person.isKept ||= previous.email === email;
    if (previous.email !== undefined) person.awaitedDiffs = (person.awaitedDiffs ?? 0) + 1;
  }

  /**
   * `diff` has been asked about a declaration.
   *
   * @returns whether it is the program's. Else a refresh shows what an `up` would change: then nothing is refused or
   * announced.
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

  /** The resource that declares a person had somebody else, or had them in another organization. */
  move(email: CanonicalEmail): void {
    this.of(email).isKept = false;
  }

  /**
   * A resource gives a person up: whoever declares them waits until the delete has ended. With `deleteBeforeReplace` it
   * may go before the program has come to the resource that declares them.
   *
   * @returns ends the delete, and says whether there is no invite any more.
   */
  startDelete(email: CanonicalEmail): (revoked: boolean) => void {
    const person = this.of(email);
    let ended = () => {};
    person.deleting = new Promise((resolve) => {
      ended = resolve;
    });
    return (revoked) => {
      person.revoked = revoked || person.revoked;
      ended();
    };
  }

  /** Resolves once no delete of the person is under way. */
  async afterDelete(email: CanonicalEmail): Promise<void> {
    await this.people.get(email)?.deleting;
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

  /** Checked inputs as the program names them: without a team that only `check` has put there. */
  asDeclared(inputs: InviteInputs): InviteInputs {
    return this.people.get(inputs.email)?.carriesTeam ? { ...inputs, teamId: undefined } : inputs;
  }

  /** @param people those of a roster who start later, as a resource's inputs have them; anything else is nobody. */
  noteLater(people: unknown): void {
    if (!Array.isArray(people)) return;
    for (const person of people as LaterPerson[]) this.later.set(person.email, person);
  }

  /**
   * Whom the program declares in a team, by its id or its name, now or later.
   *
   * @returns addresses, with the day for whoever starts later: `zoe@acme.com (from 2026-12-01)`.
   */
  declaredIn(team: Team): string[] {
    const isIn = (one: Partial<InviteInputs> | LaterPerson) =>
      one.teamId === team.id || (one.team !== undefined && isNamed(one.team, team));
    const now = [...this.people].flatMap(([email, { declared, carriesTeam }]) =>
      declared !== undefined && !carriesTeam && isIn(declared) ? [email] : [],
    );
    const later = [...this.later.values()].filter(
      (one) => isIn(one) && this.people.get(one.email as CanonicalEmail)?.declared === undefined,
    );
    return [...now, ...later.map(({ email, startsOn }) => `${email} (from ${startsOn})`)];
  }

  inputsDiffer(email: CanonicalEmail): boolean {
    return this.people.get(email)?.inputsDiffer ?? false;
  }

  /** Whether the resource that declares a person had them before: if it is created, the engine replaces it. */
  isKept(email: CanonicalEmail): boolean {
    return this.people.get(email)?.isKept ?? false;
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
