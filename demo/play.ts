import type { RequestRecord } from "headshotpro-emulator";
import { differences, leftovers, type Seen } from "./expectation";
import type { Print } from "./print";
import { relevantLines } from "./pulumi";
import type { Outcome, Stage } from "./stage";
import { everybodyInvited, type Step } from "./steps";

/** Something is not as it should be; the message says what. */
export class NotAsExpected extends Error {
  constructor(
    where: string,
    found: string[],
    /** All that pulumi printed, for whoever looks into it. */
    readonly printed: string,
  ) {
    super(`${where} is not as it should be:\n${found.map((line) => `  - ${line}`).join("\n")}`);
  }
}

const NO_COMMAND: Outcome = { code: 0, printed: "", requests: [], emails: [] };

/** Plays the steps one after another, and prints each. @throws NotAsExpected at the first one that is not. */
export async function play(stage: Stage, steps: Step[], print: Print): Promise<void> {
  const invitedIn = new Map<string, number>();
  for (const [index, step] of steps.entries()) {
    const number = index + 1;
    print.heading(number, step.title);
    const seen = await perform(stage, step, print);
    const found = differences(step.expected, seen);
    if (found.length > 0) throw new NotAsExpected(`Step ${number} (${step.title})`, found, seen.printed);
    print.good(`as it should be: ${count(seen.requests, "request")}, ${count(seen.emails, "e-mail")}`);
    for (const email of seen.emails) invitedIn.set(email, number);
  }
  summarise(stage, everybodyInvited(steps), invitedIn, print);
}

async function perform(stage: Stage, step: Step, print: Print): Promise<Seen> {
  print.story(step.story);
  print.line();
  if (step.people) {
    await stage.setPeople(step.people);
    print.lines("list", [step.people.join(", ")]);
  }
  step.byHand?.(stage.emulator);
  const outcome = step.command ? await command(stage, step, step.command, print) : NO_COMMAND;
  const people = stage.people();
  const state = step.expected.state && (await stage.state());
  if (state) print.lines("state", [statuses(state)]);
  print.lines("people", [statuses(people)]);
  return { ...outcome, people, state };
}

async function command(stage: Stage, step: Step, words: string[], print: Print): Promise<Outcome> {
  const variables = Object.entries(step.env ?? {}).map(([name, value]) => `${name}=${value} `);
  const quoted = words.map((word) => (word.includes("*") ? `'${word}'` : word));
  print.command(`${variables.join("")}pulumi ${quoted.join(" ")}`);
  const confirmed = words[0] === "preview" ? [] : ["--yes", "--skip-preview"];
  const outcome = await stage.run([...words, ...confirmed], step.env);
  print.lines("pulumi", relevantLines(outcome.printed));
  print.lines("API", outcome.requests.length > 0 ? outcome.requests.map(requestLine) : ["no request"]);
  if (outcome.emails.length > 0) print.lines("e-mail", [outcome.emails.join(", ")]);
  return outcome;
}

function summarise(stage: Stage, invited: string[], invitedIn: Map<string, number>, print: Print): void {
  const emails = stage.emulator.outbox.map(({ to }) => to);
  const people = stage.people();
  const found = leftovers(invited, emails, people);
  if (found.length > 0) throw new NotAsExpected("The end", found, "");
  const rows = invited.map((email) => [
    email,
    String(emails.filter((to) => to === email).length),
    `step ${invitedIn.get(email)}`,
    people[email] ?? "",
  ]);
  print.line();
  print.table([["person", "e-mails", "sent in", "now"], ...rows]);
  print.line();
  print.good(
    `${count(invited, "person", "people")} invited, ${count(emails, "e-mail")} sent, no invite left`,
  );
}

function statuses(people: Record<string, string>): string {
  const each = Object.entries(people).map(([email, status]) => `${email.split("@")[0]} ${status}`);
  return each.sort().join(", ") || "nobody";
}

/** `POST /organization/invites        ada@acme.com`, and the answer's status if it is no success. */
function requestLine({ method, path, email = "", status }: RequestRecord): string {
  const target = `${method} ${path.replace("/api/v2", "")}`;
  const who = method === "POST" ? email : "";
  return `${target.padEnd(40)} ${who} ${status === 200 ? "" : status}`.trimEnd();
}

function count(list: readonly unknown[], one: string, many = `${one}s`): string {
  return `${list.length} ${list.length === 1 ? one : many}`;
}
