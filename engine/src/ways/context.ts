import type { Engine, EngineSource } from "../engine";
import type { Recipe } from "../recipe";

/** What every way of getting an engine works with. */
export interface Context {
  readonly env: NodeJS.ProcessEnv;
  readonly recipe: Recipe;
  readonly cacheRoot: string;
  readonly heartbeatMs: number;
  report(line: string): void;
  /** Puts the official CLI and its plugins in `bin`. */
  download(wanted: DownloadRequest): Promise<void>;
}

/** Which CLI to fetch, and where to. */
export interface DownloadRequest {
  readonly version: string;
  /** An empty directory for the programs. */
  readonly bin: string;
  /** A directory for whatever else is needed; it is removed afterwards. */
  readonly scratch: string;
  readonly env: NodeJS.ProcessEnv;
}

/** One way of getting an engine: it returns one, or throws an error whose message is the reason why not. */
export interface Way {
  readonly name: EngineSource;
  /** True if it takes seconds or minutes, so that the user is told what happens. */
  readonly slow: boolean;
  take(context: Context): Promise<Engine>;
}
