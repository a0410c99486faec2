import * as pulumi from "@pulumi/pulumi";
import type { Session } from "../api/session";
import { UserError } from "../user-error";
import { organizationOf } from "./organization";
import { organizationInRun } from "./organization-in-run";
import { nameOf, valueIfKnown } from "./pulumi-internals";
import type { Question } from "./question";
import { plainError } from "./run-error";

/** Reads a configuration value by its key without namespace. */
type Read = (key: string) => string | undefined;

/**
 * One session for an organization in each run of a program, so that its people are listed once.
 *
 * @throws RunError without a stack, and if the organization's configuration is not known, or of no use.
 */
export async function sessionOf(question: Question<unknown>): Promise<Session> {
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
