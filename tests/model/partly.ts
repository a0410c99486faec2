import { PartialUpdateError } from "../../provider/src/user-error";
import type { Properties } from "./planning";

/** What came of an update: one that was carried out in part has outputs as well. */
export interface Outcome {
  outs: Properties;
  failure?: PartialUpdateError;
}

export async function carriedOut(update: Promise<{ outs: Properties }>): Promise<Outcome> {
  try {
    return await update;
  } catch (failure) {
    if (!(failure instanceof PartialUpdateError)) throw failure;
    return { outs: failure.properties, failure };
  }
}
