import type { EngineSource } from "../engine";
import type { Recipe } from "../recipe";

/** What every way of getting programs works with. */
export interface Context {
  readonly env: NodeJS.ProcessEnv;
  readonly recipe: Recipe;
  readonly cacheRoot: string;
  readonly heartbeatMs: number;
  report(line: string): void;
}

/** Programs of a recipe that are there to be run. */
export interface Programs {
  /** The absolute path of the first of them. */
  readonly program: string;
  /** The version of the first, where it tells one. */
  readonly version: string | undefined;
  /** What PATH needs for all of them to be found. */
  readonly directories: readonly string[];
  readonly source: EngineSource;
}

/** One way of getting programs: it returns them, or throws an error whose message is the reason why not. */
export interface Way<C extends Context = Context> {
  readonly name: EngineSource;
  /** True if it takes seconds or minutes, so that the user is told what happens. */
  readonly slow: boolean;
  take(context: C): Promise<Programs>;
}
