import * as pulumi from "@pulumi/pulumi";
import type { Session } from "../api/session";
import type { Read } from "../settings";
import { UserError } from "../user-error";
import { endingInRun, isMocked, plainError, resourceName, settled } from "./pulumi-internals";
import {
  configurationReader,
  findOrganization,
  findProvider,
  type OrganizationOptions,
  organizationInRun,
} from "./registry";
import { isLater, whenKnown } from "./unknowns";

/** A call of one of the package's functions, and the organization that it is about. */
interface Invocation<T> {
  /** `getInvite`, `getInvites` or `getTeams`; the name of its Output form ends in `Output`. */
  name: string;
  args: Record<string, string | undefined>;
  /** `provider` selects the organization. */
  opts: OrganizationOptions | undefined;
  /** What did not happen if it fails, as the start of a sentence: `ada@acme.com could not be looked up`. */
  failed: string;
  ask(session: Session): Promise<T>;
  /** Reads the answer of a unit test's mocks; undefined if they do not answer this function. */
  parseMock(answer: Record<string, unknown>): { answer: T } | undefined;
  /** What mocks have to return, for a message. */
  toMock: string;
}

/**
 * Asks from the program itself, because the SDK's dynamic providers have no functions. In a unit test the mocks are
 * asked, as for any other package's function.
 *
 * @throws RunError
 */
export function invoke<T>(call: Invocation<T>): Promise<T> {
  return endingInRun(isMocked() ? askMocks(call) : askApi(call));
}

/** The Output form of a function: `ask`, its plain form, is called once everything is known that it needs. */
export function invokeWhenKnown<A, T>(
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

async function askApi<T>(call: Invocation<T>): Promise<T> {
  const session = await openSession(call);
  try {
    return await call.ask(session);
  } catch (error) {
    const { isApiError } = require("../client/errors") as typeof import("../client/errors");
    const { explain } = require("../api/explain") as typeof import("../api/explain");
    // Any other error is a mistake of this package, and keeps its stack, which helps to find it.
    throw isApiError(error) ? plainError(explain(error, call.failed, session.settings)) : error;
  }
}

/** Asks the `call()` of a unit test's mocks, which stands for every function of every package. */
async function askMocks<T>({ name, args, opts, parseMock, toMock }: Invocation<T>): Promise<T> {
  const token = `headshotpro:index:${name}`;
  // The SDK turns mocks that throw, or return no object, into an error without a message.
  const returned = await pulumi.runtime
    .invoke(token, args, { provider: findProvider(opts) })
    .catch((error: Error) => {
      if (error.message) throw error;
    });
  const parsed = returned && parseMock(returned);
  if (parsed) return parsed.answer;
  throw plainError(
    `The mocks of this unit test do not answer ${token}. Have their call() return ${toMock}: ` +
      "see docs/unit-tests.md.",
  );
}

/**
 * One session for an organization in each run of a program, so that its people are listed once.
 *
 * @throws RunError without a stack, and if the organization's configuration is not known, or of no use.
 */
async function openSession(call: Invocation<unknown>): Promise<Session> {
  const organization = findOrganization(call.opts);
  if (!pulumi.runtime.getStackResource() || !organization)
    throw plainError(
      `${call.name} needs a Pulumi stack, and none is being run. In a unit test, set mocks ` +
        "(docs/unit-tests.md); in a program without Pulumi, use HeadshotProClient from " +
        '"pulumi-headshotpro/client".',
    );
  const kept = organizationInRun(organization);
  const read = await configurationReader(organization);
  // Without an answer the promise would stay open until it is known, which in a preview is never.
  if (!read)
    throw plainError(
      kept.configuration
        ? `${call.failed}: the configuration of provider ${JSON.stringify(resourceName(organization))} is not known before \`pulumi up\`. ` +
            `Use ${call.name}Output: its answer is known then.`
        : "The organization's key cannot be read from a provider that is not this package's own: " +
            'create it with `new Provider(...)` from "pulumi-headshotpro".',
    );
  kept.session ??= newSession(read);
  return kept.session;
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
