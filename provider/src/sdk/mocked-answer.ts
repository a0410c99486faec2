import * as pulumi from "@pulumi/pulumi";
import { explicitProviderOf } from "./organization";
import type { Question } from "./question";
import { plainError } from "./run-error";

/** Asks the `call()` of a unit test's mocks, which stands for every function of every package. */
export async function answerOfMocks<T>({ name, args, opts, mocked, toMock }: Question<T>): Promise<T> {
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
