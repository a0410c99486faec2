import type { Session } from "../api/session";
import type { OrganizationOptions } from "./organization";

/** What one of the package's functions asks, and of whom. */
export interface Question<T> {
  /** `getInvite`, `getInvites` or `getTeams`; its Output form's name ends in `Output`. */
  name: string;
  args: Record<string, string | undefined>;
  /** `provider` selects the organization. */
  opts: OrganizationOptions | undefined;
  /** What has not happened without an answer, as the start of a sentence: `ada@acme.com could not be looked up`. */
  failed: string;
  ask(session: Session): Promise<T>;
  /** The answer of a unit test's mocks; undefined if they give none. */
  mocked(answer: Record<string, unknown>): { answer: T } | undefined;
  /** What mocks have to answer, for a message. */
  toMock: string;
}
