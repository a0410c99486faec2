import type {
  ConfigureRequest,
  ConstructRequest,
  ConstructResponse,
  InvokeRequest,
  InvokeResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { MeetingPlace } from "../dynamic/meeting-place";
import { Declarations } from "../invite/declarations";
import { PLUGIN_INVITE_TYPE, ROSTER_TYPE, typeOf } from "../invite/urn";
import { InviteProvider } from "../provider/invite-provider";
import { UserError } from "../user-error";
import { readerOf } from "./configuration";
import { EngineLog } from "./engine-log";
import { invoke } from "./functions";
import { InviteVerbs } from "./invite-verbs";
import type { Monitor } from "./monitor";
import type { Roster } from "./roster";

interface AboutResource {
  getUrn(): string;
}

/** A provider as the engine has configured it: one organization, for one run of a command. */
export class ConfiguredProvider {
  private readonly log: EngineLog;
  private readonly provider: InviteProvider;
  private readonly declared = new Declarations();
  private readonly verbs: InviteVerbs;
  /**
   * `urn::id`: what a resource names this provider by. With its version instead, the engine would start a second one,
   * with a pace of its own.
   */
  private readonly reference: string;

  constructor(request: ConfigureRequest, engineAddress: string, env: NodeJS.ProcessEnv) {
    this.log = new EngineLog(engineAddress);
    this.provider = new InviteProvider({
      say: (line) => this.log.say(line),
      env,
      meeting: new MeetingPlace(engineAddress),
    });
    this.provider.configure(readerOf(request));
    this.verbs = new InviteVerbs(this.provider, this.declared);
    this.reference = `${request.getUrn()}::${request.getId()}`;
  }

  /** Carries out a verb about a person. @throws UserError */
  about<Request extends AboutResource, Reply>(
    request: Request,
    verb: (verbs: InviteVerbs) => Promise<Reply>,
  ): Promise<Reply> {
    const urn = request.getUrn();
    if (typeOf(urn) !== PLUGIN_INVITE_TYPE)
      throw new UserError(`There is no resource of the type ${typeOf(urn)}.`);
    return this.log.about(urn, () => verb(this.verbs));
  }

  /** Answers one of the package's functions. @throws UserError */
  invoke(request: InvokeRequest): Promise<InvokeResponse> {
    return this.log.about("", () => invoke(this.provider, request));
  }

  /** Makes a roster, and everybody in it. @throws UserError */
  async construct(request: ConstructRequest): Promise<ConstructResponse> {
    if (request.getType() !== ROSTER_TYPE)
      throw new UserError(`There is no component of the type ${request.getType()}.`);
    const { Monitor } = require("./monitor") as typeof import("./monitor");
    const monitor = new Monitor(request.getMonitorendpoint());
    try {
      return await this.roster(request, monitor).construct();
    } finally {
      monitor.close();
    }
  }

  private roster(request: ConstructRequest, monitor: Monitor): Roster {
    // Loaded late, as in a program: most have no roster.
    const { Roster } = require("./roster") as typeof import("./roster");
    const { provider, reference, declared, log } = this;
    return new Roster(request, { monitor, provider, reference, declared, log });
  }
}
