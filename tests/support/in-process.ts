import { NO_PEERS, type Peers } from "../../provider/src/provider/peers";
import { InviteProvider } from "../../provider/src/provider/provider";

interface Options {
  url: string;
  key: string;
  /** Of an explicit provider. */
  name?: string;
  peers?: Peers;
}

/** A provider in this process, at an emulator, and what it says. */
export function providerAt({ url, key, name, peers = NO_PEERS }: Options) {
  const said: string[] = [];
  const provider = new InviteProvider({
    log: (line) => said.push(line),
    env: { HEADSHOTPRO_KEEP_LINK: "true" },
    peers,
  });
  const configuration: Record<string, string | undefined> = { apiKey: key, baseUrl: url, provider: name };
  provider.configure((property) => configuration[property.replace("headshotpro:", "")]);
  return { provider, said };
}
