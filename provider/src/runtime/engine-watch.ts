import { connect } from "node:net";

/**
 * Ends this process as soon as the engine is gone.
 *
 * When the CLI is killed, nobody tells its provider processes: they would go on with what they have queued, and
 * e-mail people with nobody left to record it. The parent is a shell script that lives on, so its pid tells
 * nothing; but a connection to the engine's own address breaks at once.
 *
 * @param address `host:port`, as the engine passes it to its plugins.
 * @param end what to do when the engine is gone.
 */
export function watchEngine(address: string | undefined, end: () => void): void {
  const [, host, port] = /^(.+):(\d+)$/.exec(address ?? "") ?? [];
  if (!host || !port) return;
  const hold = (whenRefused: () => void) => {
    const connection = connect({ host, port: Number(port) });
    connection.unref();
    connection.once("connect", () => {
      connection.off("error", whenRefused);
      connection.on("error", () => {});
      // The engine hangs up on a silent connection after a while; only a refusal to take a new one says that
      // it is gone.
      connection.once("close", () => hold(end));
    });
    connection.once("error", whenRefused);
    // The engine's bytes (a gRPC greeting) are of no interest, but unread they would stop the stream.
    connection.resume();
  };
  // Where there is no engine to begin with (a test, a sandbox without loopback), there is nothing to watch.
  hold(() => {});
}
