import type { Alias } from "@pulumi/pulumi/proto/alias_pb";
import { type ConstructRequest, ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import {
  RegisterResourceRequest,
  type RegisterResourceResponse,
  Result,
} from "@pulumi/pulumi/proto/resource_pb";
import { UNKNOWN } from "../invites/inputs";
import { PLUGIN_INVITE_TYPE } from "../invites/urn";
import type { InviteProvider } from "../provider/invite-provider";
import { withDefaults } from "../roster/defaults";
import { type RosterArguments, RosterRefusal, rosterMembers } from "../roster/entries";
import type { RosterMember } from "../roster/types";
import type { DeclaredOnce } from "./declared-once";
import type { EngineLog } from "./engine-log";
import type { Monitor } from "./monitor";
import { admit } from "./roster-admission";
import { formerNames, formerResources, NO_FORMER } from "./roster-aliases";
import { unmanagedIn } from "./unmanaged";
import { type Properties, secretNamesIn, structOf, valuesOf } from "./values";

/** What a roster of one provider is made with. */
interface RosterSurroundings {
  monitor: Monitor;
  declared: DeclaredOnce;
  log: EngineLog;
  provider: InviteProvider;
  /** What everybody in the roster names the provider by: `urn::id`. */
  reference: string;
}

/** What a program may give a roster beside what its people are read from. */
interface Arguments extends RosterArguments {
  unmanaged?: "ignore" | "warn" | "fail" | null;
  maxRemovals?: number | null;
  aliases?: Record<string, unknown> | null;
}

/** What is told of each person of a roster. */
const TOLD = ["email", "status", "modelId", "teamId", "teamName", "createdAt", "expiresAt"] as const;

/** The component: registers itself and each person, as the SDK does for a component of TypeScript. */
export class Roster {
  private readonly name: string;
  private readonly args: Arguments;
  private readonly secrets: ReadonlySet<string>;

  constructor(
    private readonly request: ConstructRequest,
    private readonly surroundings: RosterSurroundings,
  ) {
    this.name = request.getName();
    this.args = valuesOf(request.getInputs()).plain as Arguments;
    this.secrets = secretNamesIn(request.getInputs());
  }

  /** @throws RosterRefusal if nobody in it is touched, because something is wrong with it. */
  async construct(): Promise<ConstructResponse> {
    const { monitor, provider, log, declared } = this.surroundings;
    const { members, notes } = rosterMembers(this.name, this.args);
    declared.expect(members.map(({ email }) => email));
    const { name, args, stack } = this;
    const names = formerNames(this.request.getAliasesList());
    await admit(members, { name, formerNames: names, args, stack, monitor, provider, declared });
    const unmanaged = await this.unmanaged(members);
    const component = (await monitor.register(this.component())).getUrn();
    await log.about(component, async () => {
      if (notes.length) log.say(`${this.args.file}: ${notes.join("; ")}`);
      if (unmanaged !== undefined) log.warn(unmanaged);
    });
    for (const { email, where } of members)
      declared.notePlace(
        childUrn(component, this.childName(email)),
        `the roster ${JSON.stringify(this.name)} (${where})`,
      );
    const former = formerResources(this.args.aliases);
    const registered = await Promise.all(
      members.map((member) =>
        monitor.register(this.child(component, member, former.get(member.email) ?? NO_FORMER)),
      ),
    );
    const invites = registered.map(toldOf);
    const told: Properties = {
      invites: Object.fromEntries(members.map(({ email }, index) => [email, invites[index]])),
    };
    // Of somebody who failed the engine tells itself; under `--continue-on-error` the others go on.
    if (registered.every((one) => one.getResult() === Result.SUCCESS)) {
      told.summary = counts(invites.map(({ status }) => status));
      await monitor.registerOutputs(component, { summary: told.summary });
    }
    return answerOf(component, told, registered);
  }

  /** Before anybody is touched. @throws RosterRefusal if there are people whom nobody declares, and that is to fail */
  private async unmanaged(members: readonly RosterMember[]): Promise<string | undefined> {
    const { unmanaged: mode } = this.args;
    if (mode !== "warn" && mode !== "fail") return undefined;
    const { monitor, provider, declared } = this.surroundings;
    const all = [...members.map(({ email }) => email), ...declared.people()];
    const where = { monitor, provider, stack: this.stack, declared: all };
    const message = await unmanagedIn(where);
    if (message !== undefined && mode === "fail") throw new RosterRefusal(message);
    return message;
  }

  /** `organization/project/stack` */
  private get stack(): string {
    const { request } = this;
    return [request.getOrganization(), request.getProject(), request.getStack()].join("/");
  }

  private component(): RegisterResourceRequest {
    const { request } = this;
    const registration = new RegisterResourceRequest()
      .setType(request.getType())
      .setName(this.name)
      .setParent(request.getParent())
      .setObject(structOf({}))
      .setAcceptsecrets(true)
      .setAliasesList(request.getAliasesList())
      .setAliasspecs(true)
      .setDependenciesList(request.getDependenciesList())
      .setDeletedwith(request.getDeletedwith())
      .setReplaceWithList(request.getReplaceWithList());
    const [protect, retain] = [request.getProtect(), request.getRetainondelete()];
    if (protect !== undefined && request.hasProtect()) registration.setProtect(protect);
    if (retain !== undefined && request.hasRetainondelete()) registration.setRetainondelete(retain);
    for (const [pkg, provider] of request.getProvidersMap().entries())
      registration.getProvidersMap().set(pkg, provider);
    return registration;
  }

  private child(
    parent: string,
    { email, where, ...own }: RosterMember,
    aliases: readonly Alias[],
  ): RegisterResourceRequest {
    const inputs: Properties = { ...withDefaults<Properties>(this.args.defaults, own), email };
    return new RegisterResourceRequest()
      .setType(PLUGIN_INVITE_TYPE)
      .setName(this.childName(email))
      .setParent(parent)
      .setCustom(true)
      .setObject(structOf(inputs, this.secrets))
      .setProvider(this.surroundings.reference)
      .setAcceptsecrets(true)
      .setSupportsresultreporting(true)
      .setAliasesList([...aliases])
      .setAliasspecs(true)
      .setDependenciesList(this.dependencies());
  }

  private childName(email: string): string {
    return `${this.name}/${email}`;
  }

  /** What the arguments come from is there before the people are. */
  private dependencies(): string[] {
    const all = [...this.request.getInputdependenciesMap().entries()].flatMap(([, urns]) =>
      urns.getUrnsList(),
    );
    return [...new Set(all)];
  }
}

/** What a program sees of a person, and a preview as far as it is known. */
function toldOf(registered: RegisterResourceResponse): Properties {
  const { plain } = valuesOf(registered.getObject());
  return Object.fromEntries(
    TOLD.map((name) => [name, plain[name]]).filter(([, value]) => value !== undefined),
  );
}

function counts(statuses: unknown[]): Record<string, number> | typeof UNKNOWN {
  const summary: Record<string, number> = {};
  for (const status of statuses.sort()) {
    if (typeof status !== "string" || status === UNKNOWN) return UNKNOWN;
    summary[status] = (summary[status] ?? 0) + 1;
  }
  return summary;
}

/** The URN that the engine gives a component's child. */
function childUrn(component: string, name: string): string {
  const [urn, project, types] = component.split("::");
  return [urn, project, `${types}$${PLUGIN_INVITE_TYPE}`, name].join("::");
}

/** Whatever comes of the roster comes of everybody in it. */
function answerOf(
  component: string,
  told: Properties,
  registered: readonly RegisterResourceResponse[],
): ConstructResponse {
  const answer = new ConstructResponse().setUrn(component).setState(structOf(told));
  const people = new ConstructResponse.PropertyDependencies().setUrnsList(
    registered.map((one) => one.getUrn()),
  );
  for (const name of Object.keys(told)) answer.getStatedependenciesMap().set(name, people);
  return answer;
}
