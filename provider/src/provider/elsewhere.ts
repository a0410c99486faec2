import type { CanonicalEmail } from "../invite/email";
import { UserError } from "../user-error";
import type { Declared } from "./meeting";
import type { Run } from "./context";

/** What another provider of this run is told of a person whom the program declares in this one. */
export async function answerFor(
  run: Run,
  email: CanonicalEmail,
  askersKey: string,
): Promise<Declared | undefined> {
  const declared = run.notes.declared(email);
  const key = run.organization?.key;
  if (!declared || key === undefined) return undefined;
  const answer: Declared = { key, forceDestroy: declared.forceDestroy };
  // Two keys may be of one organization: then both have the same invite, sent at the same moment.
  return key === askersKey ? answer : { ...answer, ...(await run.session.invitedAt(email)) };
}

/** What the other providers of this run say of a person whom this one is about to revoke or to take over. */
export interface Elsewhere {
  /** Another provider declares the same invite: it is theirs. */
  isTheirs: boolean;
  /** In another organization, the program does not allow this person's headshots to be deleted. */
  forbids: boolean;
}

/**
 * Asks the other providers of this run about a person.
 *
 * @param failed what does not happen if this is not known, as the start of a sentence.
 * @throws UserError if it cannot be told whose the invite is: then nothing may be done about it.
 */
export async function elsewhere(run: Run, email: CanonicalEmail, failed: string): Promise<Elsewhere> {
  const key = run.organization?.key ?? "";
  let answers: Declared[];
  try {
    answers = await run.surroundings.meeting.ask(email, key);
  } catch (error) {
    throw new UserError(
      `${failed}: another provider of this run can no longer be asked whether the program declares them there ` +
        `(${(error as Error).message}). Run \`pulumi up\` again.`,
    );
  }
  const forbids = answers.some(({ forceDestroy }) => forceDestroy === false);
  if (answers.some((answer) => answer.key === key)) return { isTheirs: true, forbids };
  if (answers.length === 0) return { isTheirs: false, forbids };
  const mine = await run.explained(failed, () => run.session.invitedAt(email));
  const isTheirs = answers.some((theirs) => isSameInvite(mine, theirs));
  if (!isTheirs && answers.some((theirs) => mayBeSameInvite(mine, theirs)))
    throw new UserError(
      `${failed}: the program declares them in another provider, too, and HeadshotPro's list does not say clearly ` +
        "enough when they were invited to know whether that is the same invite. Run `pulumi up` again.",
    );
  return { isTheirs, forbids };
}

type Dated = Pick<Declared, "createdAt" | "unclear">;

const isSameInvite = (mine: Dated, theirs: Dated) =>
  mine.createdAt !== undefined && mine.createdAt === theirs.createdAt;

/** One of the two is unclear, and the other is not surely without an invite. */
const mayBeSameInvite = (mine: Dated, theirs: Dated) =>
  [mine, theirs].some(({ unclear }) => unclear) &&
  [mine, theirs].every(({ createdAt, unclear }) => unclear || createdAt !== undefined);
