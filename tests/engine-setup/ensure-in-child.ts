// Runs ensureEngine in a process of its own, without a network, and prints what came of it as JSON.
import { ensureEngine } from "../../engine/src";

const download = async (): Promise<void> => {
  throw new Error("no network (test)");
};

void ensureEngine({ download }).then((engine) => process.stdout.write(JSON.stringify(engine)));
