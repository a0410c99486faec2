import { readFile } from "node:fs/promises";
import { type IncomingMessage, request, type ServerResponse } from "node:http";
import type { Answer, Declared } from "../provider/meeting";

/** A process that answers this late is busy with the API; a list can take as long as a request. */
const PATIENCE_MS = 700_000;

/** A process that is there says so at once, unless it is very busy. */
const PRESENCE_MS = 10_000;

/** What a provider process leaves for the others of its run: where it answers, and what it answers to. */
export interface Card {
  port: number;
  /** Whoever can read the card may ask; nobody else on this machine. */
  token: string;
}

/** Whether there is a process with the number that a card names. */
export function isAlive(card: string): boolean {
  const pid = Number(card.split("-").at(-2));
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

export async function readCard(file: string): Promise<Card | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    // Swept, or only half written: its process has not joined yet, and so has declared nobody.
    return undefined;
  }
}

interface Question {
  email: string;
  askersKey: string;
}

/** Answers whoever has the token: a question, or whether anybody is there. */
export async function respond(
  asked: IncomingMessage,
  reply: ServerResponse,
  token: string,
  answer: Answer,
): Promise<void> {
  if (asked.headers.authorization !== `Bearer ${token}`) return void reply.writeHead(403).end();
  if (asked.method === "HEAD") return void reply.writeHead(204).end();
  try {
    let text = "";
    for await (const part of asked) text += part;
    const { email, askersKey } = JSON.parse(text) as Question;
    reply.end(JSON.stringify((await answer(email, askersKey)) ?? null));
  } catch (error) {
    reply.writeHead(500).end((error as Error).message);
  }
}

function to({ port, token }: Card, method: string, timeout: number) {
  const headers = { authorization: `Bearer ${token}` };
  return { host: "127.0.0.1", port, method, headers, timeout, agent: false as const };
}

/** Whether the server behind a card is its writer's; somebody who does not answer at all may be. */
export function isPresent(card: Card): Promise<boolean> {
  return new Promise((resolve) => {
    const asking = request(to(card, "HEAD", PRESENCE_MS), (reply) => {
      reply.resume();
      resolve(reply.statusCode === 204);
    });
    asking.once("timeout", () => {
      resolve(true);
      asking.destroy();
    });
    asking.once("error", () => resolve(false));
    asking.end();
  });
}

/** Asks whoever left a card. @throws Error if they do not answer, or cannot tell. */
export function exchange(card: Card, question: Question): Promise<Declared | undefined> {
  return new Promise((resolve, reject) => {
    const asking = request(to(card, "POST", PATIENCE_MS), async (reply) => {
      try {
        let text = "";
        for await (const part of reply) text += part;
        if (reply.statusCode !== 200) throw new Error(text || `it answers ${reply.statusCode}`);
        resolve(JSON.parse(text) ?? undefined);
      } catch (error) {
        reject(error);
      }
    });
    asking.once("timeout", () => asking.destroy(new Error("it does not answer")));
    asking.once("error", reject);
    asking.end(JSON.stringify(question));
  });
}
