import { HeadshotProClient } from "../client/client";
import { type ApiError, isApiError } from "../client/errors";
import type { Settings } from "../settings";
import type { Answer } from "./doctor/answer";

/** Asks who is invited, which every command needs, and for the credits: each once, and nothing is repeated. */
export async function probeApi(settings: Settings): Promise<Answer> {
  const client = new HeadshotProClient(settings);
  const answer: Answer = { unreadable: 0 };
  try {
    const afterResponse = (info: Answer["info"]) => {
      answer.info = info;
    };
    answer.unreadable = (await client.listInvites({ afterResponse })).unreadable;
    answer.credits = await client.getCredits().catch(failure);
  } catch (error) {
    answer.error = failure(error);
  } finally {
    client.close();
  }
  return answer;
}

/** @throws what is no failure of a request. */
function failure(error: unknown): ApiError {
  if (isApiError(error)) return error;
  throw error;
}
