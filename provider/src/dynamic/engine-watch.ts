import { connect, type Socket } from "node:net";
import { type Clock, MACHINE_CLOCK } from "../clock";

/** How soon a connection is tried again that this machine could not make: out of file descriptors, say. */
const AGAIN_MS = 250;

/** What the engine is watched by. */
interface Wires {
  connect(to: { host: string; port: number }): Socket;
  clock: Clock;
}

/**
 * Ends this process as soon as the engine is gone.
 *
 * When the CLI is killed, its provider processes live on: they would e-mail people although no engine records it. Their
 * parent is a shell script that lives on as well, but the engine's own address refuses connections at once. Only such a
 * refusal counts: the engine also hangs up on a silent connection, and any other failure to connect is this machine's.
 *
 * @param address `host:port`, as the engine passes it to its plugins; anything else is not watched.
 * @param end what to do when the engine is gone.
 */
export function watchEngine(
  address: string,
  end: () => void,
  { connect, clock }: Wires = MACHINE_WIRES,
): void {
  const [, host, port] = /^(.+):(\d+)$/.exec(address) ?? [];
  if (!host || !port) return;
  const hold = () => {
    const connection = connect({ host, port: Number(port) });
    connection.unref();
    let next: () => void = () => clock.after(AGAIN_MS, hold);
    connection.once("connect", () => {
      next = hold;
    });
    connection.on("error", ({ code }: NodeJS.ErrnoException) => {
      if (code === "ECONNREFUSED") next = end;
    });
    connection.once("close", () => next());
    // The engine's bytes (a gRPC greeting) are of no interest, but unread they would stop the stream.
    connection.resume();
  };
  hold();
}

const MACHINE_WIRES: Wires = { connect, clock: MACHINE_CLOCK };
