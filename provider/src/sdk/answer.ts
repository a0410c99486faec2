import * as pulumi from "@pulumi/pulumi";
import { isLater } from "./known-now";
import { answerOfMocks } from "./mocked-answer";
import { sessionOf } from "./organization-session";
import { isMocked, settled } from "./pulumi-internals";
import type { Question } from "./question";
import { plainError, plainly } from "./run-error";
import { whenKnown } from "./when-known";

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
  const session = await sessionOf(question);
  try {
    return await ask(session);
  } catch (error) {
    throw plainly(error, failed, session.settings.baseUrl);
  }
}

/**
 * The one rule for every promise of ours: the run is not over before it has come to its end. One that stays open
 * makes the run fail, as the SDK finds it out; the program of the Automation API would end without it.
 */
async function endingInRun<T>(promise: Promise<T>): Promise<T> {
  const done = pulumi.runtime.rpcKeepAlive();
  // What the program does with an answer comes some promises later, but before anything else.
  return promise.finally(() => setImmediate(done));
}
