import type { Engine, EngineSource } from "../engine";
import type { Recipe } from "../recipe";

/** What every way of getting an engine works with. */
export interface Context {
  readonly env: NodeJS.ProcessEnv;
  readonly recipe: Recipe;
  readonly cacheRoot: string;
  readonly heartbeatMs: number;
  report(line: string): void;
  /** Installs the official CLI of that version below `root`, in `bin`. */
  download(version: string, root: string, env: NodeJS.ProcessEnv): Promise<void>;
}

/** One way of getting an engine: it returns one, or throws an error whose message is the reason why not. */
export interface Way {
  readonly name: EngineSource;
  /** True where it takes seconds or minutes, so that the user is told what happens. */
  readonly slow: boolean;
  take(context: Context): Promise<Engine>;
}
