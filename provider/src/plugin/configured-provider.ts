import type { ConfigureRequest, InvokeRequest, InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { typeOf } from "../invites/urn";
import { InviteProvider } from "../provider/invite-provider";
import { VerbError } from "../provider/verb-error";
import { MeetingPlace } from "../runtime/meeting-place";
import { readerOf } from "./configuration";
import { DeclaredOnce } from "./declared-once";
import { EngineLog } from "./engine-log";
import { invoke } from "./functions";
import { InviteVerbs } from "./invite-verbs";

const INVITE = "headshotpro:index:HeadshotInvite";

interface AboutResource {
  getUrn(): string;
}

/** A provider as the engine has configured it: one organization, for one run of a command. */
export class ConfiguredProvider {
  private readonly log: EngineLog;
  private readonly provider: InviteProvider;
  private readonly declared = new DeclaredOnce();
  private readonly verbs: InviteVerbs;

  constructor(request: ConfigureRequest, engineAddress: string, env: NodeJS.ProcessEnv) {
    this.log = new EngineLog(engineAddress);
    this.provider = new InviteProvider({
      say: (line) => this.log.say(line),
      env,
      meeting: new MeetingPlace(engineAddress),
    });
    this.provider.configure(readerOf(request));
    this.verbs = new InviteVerbs(this.provider, this.declared);
  }

  /** Carries out a verb about a person. @throws VerbError */
  about<Request extends AboutResource, Reply>(
    request: Request,
    verb: (verbs: InviteVerbs) => Promise<Reply>,
  ): Promise<Reply> {
    const urn = request.getUrn();
    if (typeOf(urn) !== INVITE) throw new VerbError(`There is no resource of the type ${typeOf(urn)}.`);
    return this.log.about(urn, () => verb(this.verbs));
  }

  /** Answers one of the package's functions. @throws VerbError */
  invoke(request: InvokeRequest): Promise<InvokeResponse> {
    return this.log.about("", () => invoke(this.provider, request));
  }
}
