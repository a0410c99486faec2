import fc from "fast-check";
import { SEED } from "./seed";

// Mocha loads this before any test, so that no property has to think of it.
fc.configureGlobal({ seed: SEED });
