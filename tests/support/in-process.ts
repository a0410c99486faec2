import { InviteProvider } from "../../provider/src/provider/provider";
import type { Answer, Declared, Meeting } from "../../provider/src/provider/meeting";

/** Where the providers of one simulated run meet. */
export class Room {
  private readonly present: Answer[] = [];
  /** Why nobody can be asked any more. */
  broken?: Error;

  /** One provider's seat in it. */
  seat(): Meeting {
    let own: Answer | undefined;
    return {
      join: async (answer) => {
        own = answer;
        this.present.push(answer);
      },
      ask: async (email, askersKey) => {
        if (this.broken) throw this.broken;
        const others = this.present.filter((answer) => answer !== own);
        const answers = await Promise.all(others.map((answer) => answer(email, askersKey)));
        return answers.filter((answer): answer is Declared => answer !== undefined);
      },
    };
  }
}

interface Options {
  url: string;
  key: string;
  /** Of an explicit provider. */
  name?: string;
  room?: Room;
}

/** A provider in this process, at an emulator, and what it says. */
export function providerAt({ url, key, name, room = new Room() }: Options) {
  const said: string[] = [];
  const provider = new InviteProvider({
    say: (line) => said.push(line),
    env: { HEADSHOTPRO_KEEP_LINK: "true" },
    meeting: room.seat(),
  });
  const configuration: Record<string, string | undefined> = { apiKey: key, baseUrl: url, provider: name };
  provider.configure((property) => configuration[property.replace("headshotpro:", "")]);
  return { provider, said };
}
