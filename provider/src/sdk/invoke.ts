import * as pulumi from "@pulumi/pulumi";
import type { Session } from "../api/session";
import { UserError } from "../user-error";
import {
  endingInRun,
  isMocked,
  nameOf,
  plainError,
  settled,
  toRunError,
  valueIfKnown,
} from "./pulumi-internals";
import { explicitProviderOf, type OrganizationOptions, organizationInRun, organizationOf } from "./registry";
import { isLater, whenKnown } from "./unknowns";

/** A question of one of the package's functions, and the organization that it is about. */
interface Question<T> {
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

/**
 * Asks from the program itself: the SDK's dynamic providers have no functions. Mocks are asked as they would be by
 * any other package's function.
 *
 * @throws RunError
 */
export function answerTo<T>(question: Question<T>): Promise<T> {
  return endingInRun(isMocked() ? answerOfMocks(question) : answerOfApi(question));
}

/**
 * The Output form of a function: it is asked once everything is known that it needs.
 *
 * @param ask its plain form.
 */
export function answerWhenKnown<A, T>(
  args: A,
  opts: pulumi.InvokeOutputOptions | undefined,
  ask: (known: pulumi.Unwrap<A>) => Promise<T>,
): pulumi.Output<T> {
  const answer = whenKnown(args, opts).apply(ask) as pulumi.Output<T>;
  endingInRun(settled(answer)).catch(() => {});
  return answer;
}

/** @throws RunError if a plain form is given what only its Output form can wait for. */
export function refuseLater(name: string, args: object): void {
  for (const [key, value] of Object.entries(args))
    if (isLater(value)) throw plainError(`${name}: ${key} is known only later. Use ${name}Output.`);
}

async function answerOfApi<T>(question: Question<T>): Promise<T> {
  const { ask, failed } = question;
  const session = await openSession(question);
  try {
    return await ask(session);
  } catch (error) {
    throw toRunError(error, failed, session.settings.baseUrl);
  }
}

/** Asks the `call()` of a unit test's mocks, which stands for every function of every package. */
async function answerOfMocks<T>({ name, args, opts, mocked, toMock }: Question<T>): Promise<T> {
  const token = `headshotpro:index:${name}`;
  const provider = explicitProviderOf(opts);
  // Of what mocks throw, or return beside an object, the SDK leaves an error without a message.
  const returned = await pulumi.runtime.invoke(token, args, { provider }).catch((error: Error) => {
    if (error.message) throw error;
  });
  const told = returned && mocked(returned);
  if (told) return told.answer;
  throw plainError(
    `The mocks of this unit test do not answer ${token}. Have their call() return ${toMock}: ` +
      "see docs/unit-tests.md.",
  );
}

/** Reads a configuration value by its key without namespace. */
type Read = (key: string) => string | undefined;

/**
 * One session for an organization in each run of a program, so that its people are listed once.
 *
 * @throws RunError without a stack, and if the organization's configuration is not known, or of no use.
 */
async function openSession(question: Question<unknown>): Promise<Session> {
  const stack = pulumi.runtime.getStackResource();
  const organization = organizationOf(question.opts);
  if (!stack || !organization)
    throw plainError(
      `${question.name} needs a Pulumi stack, and none is being run. In a unit test, set mocks ` +
        "(docs/unit-tests.md); in a program without Pulumi, use HeadshotProClient from " +
        '"pulumi-headshotpro/client".',
    );
  const read = organization === stack ? ofStack : await ofProvider(organization, question);
  const kept = organizationInRun(organization);
  kept.session ??= newSession(read);
  return kept.session;
}

const ofStack: Read = (key) => pulumi.runtime.getConfig(`headshotpro:${key}`);

async function ofProvider(provider: pulumi.Resource, { name, failed }: Question<unknown>): Promise<Read> {
  const { configuration } = organizationInRun(provider);
  if (!configuration)
    throw plainError(
      "The organization's key cannot be read from a provider that is not this package's own: " +
        'create it with `new Provider(...)` from "pulumi-headshotpro".',
    );
  const known = await valueIfKnown(configuration);
  // Not left open until it is known, which in a preview is never.
  if (!known)
    throw plainError(
      `${failed}: the configuration of provider ${JSON.stringify(nameOf(provider))} is not known before \`pulumi up\`. ` +
        `Use ${name}Output: its answer is known then.`,
    );
  return (key) => known[`headshotpro:${key}`];
}

function newSession(read: Read): Session {
  // Loaded late: most programs ask nothing.
  const { Session } = require("../api/session") as typeof import("../api/session");
  const { resolveSettings } = require("../settings") as typeof import("../settings");
  try {
    return new Session(resolveSettings(read, process.env), (line) => void pulumi.log.info(line));
  } catch (error) {
    throw error instanceof UserError ? plainError(error.message) : error;
  }
}
