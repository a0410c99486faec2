import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { InviteInputs } from "../../provider/src/invite/invite";
import type { Organization } from "../../provider/src/invite/organization";
import { NO_PEERS, type PeerDeclaration, type Peers } from "../../provider/src/provider/peers";
import { InviteProvider } from "../../provider/src/provider/provider";
import { PROVIDER_TEXT } from "../../provider/src/urn";
import { PartialUpdateError, UserError } from "../../provider/src/user-error";
import { type Properties, VerbFailure, type Verbs } from "./operations";
import type { OneRun } from "./virtual-clock";

/** The providers of one simulated run: as `PeerFiles`, in memory. */
export class PeerRoom {
  private readonly seats: Seat[] = [];

  /** The peers as one more provider of the run sees them. */
  seat(): Peers {
    const own: Seat = { people: new Map() };
    this.seats.push(own);
    return {
      declare: (email, declared) => void own.people.set(email, declared),
      identify: (organization) => {
        const uid = organization.uid ?? own.organization?.uid;
        own.organization = { ...organization, uid };
      },
      declarationsOf: (email) =>
        this.seats.flatMap(({ organization, people }): PeerDeclaration[] => {
          const declared = people.get(email);
          return people !== own.people && organization && declared ? [{ organization, ...declared }] : [];
        }),
    };
  }
}

interface Seat {
  organization?: Organization;
  people: Map<string, { forceDestroy?: boolean }>;
}

export interface ProviderOptions {
  env: Record<string, string | undefined>;
  config?: Record<string, string>;
  peers?: Peers;
}

/** The provider itself, as {@link ProviderProcess} shows it, without the process, the SDK and the wait. */
export class ProviderInProcess implements Verbs {
  readonly printed: string[] = [];
  private readonly provider: InviteProvider;

  constructor(
    readonly run: OneRun,
    { env, config = {}, peers = NO_PEERS }: ProviderOptions,
  ) {
    const { clock, fetch } = run;
    this.provider = new InviteProvider({
      log: (line) => this.printed.push(line),
      env,
      peers,
      clock,
      fetch,
    });
    this.provider.configure((key) => config[`headshotpro:${key}`]);
  }

  /** The operations of a team, in the same run. */
  get teams(): Verbs {
    return Object.create(this, { provider: { value: this.provider.teams } });
  }

  /** Within the `customTimeouts` of a resource. */
  within<T>(seconds: number, operation: () => Promise<T>): Promise<T> {
    return this.provider.within(seconds, operation);
  }

  async check(news: Properties, olds: Properties = {}) {
    const { inputs, failures } = await seen(this.provider.check(given(olds), given(news)));
    return {
      inputs: told(inputs),
      failures: failures.map(({ property, reason }) => `${property}: ${reason}`),
    };
  }

  async diff(id: string, olds: Properties, news: Properties) {
    const found = await seen(this.provider.diff(id, given(olds), declared(news)));
    const { changes, replaces = [], deleteBeforeReplace = false } = found;
    return {
      changes: changes === undefined ? "unknown" : changes ? "some" : "none",
      replaces,
      deleteBeforeReplace,
    };
  }

  async create(inputs: Properties) {
    const { id, outs } = await seen(this.provider.create(declared(inputs)));
    return { id, outs: told(outs) };
  }

  async read(id: string, known: Properties = {}) {
    const { id: found, props = {}, inputs } = await seen(this.provider.read(id, given(known)));
    return found === undefined
      ? undefined
      : { id: found, props: told(props), inputs: inputs && told(inputs) };
  }

  async update(id: string, olds: Properties, news: Properties): Promise<Properties> {
    return told((await seen(this.provider.update(id, given(olds), declared(news)))).outs);
  }

  async delete(id: string, known: Properties = {}): Promise<void> {
    await seen(this.provider.delete(id, given(known)));
  }

  async stop(): Promise<void> {
    void this.run.die();
  }
}

/** As the SDK hands it over, which takes no `undefined`. */
function given(properties: Properties): Properties {
  return throughTheWire({ __provider: PROVIDER_TEXT, ...properties });
}

/** The same for what `check` has passed. */
function declared(inputs: Properties): InviteInputs {
  return given(inputs) as unknown as InviteInputs;
}

function told(outputs: Properties): Properties {
  const { __provider, ...properties } = throughTheWire(outputs);
  return properties;
}

function throughTheWire(properties: Properties): Properties {
  return Struct.fromJavaScript(properties as Record<string, JavaScriptValue>).toJavaScript();
}

/** What came of a verb, as the engine sees it. */
async function seen<T>(verb: Promise<T>): Promise<T> {
  try {
    return await verb;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { message } = error;
    if (!(error instanceof PartialUpdateError)) throw new VerbFailure(message);
    const { id, properties, reasons } = error;
    throw new VerbFailure(message, { id, properties: told(properties), reasons });
  }
}

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
