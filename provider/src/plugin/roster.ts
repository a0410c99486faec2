import { type ConstructRequest, ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { type RegisterResourceResponse, Result } from "@pulumi/pulumi/proto/resource_pb";
import { UNKNOWN } from "../invite/inputs";
import { countByStatus } from "../invite/people";
import { outputsOf } from "../provider/outputs";
import type { InviteProvider } from "../provider/provider";
import { changesLine } from "../roster/changes-line";
import type { Declarations } from "../roster/declarations";
import { loadRoster, type RosterArguments, type RosterEntry } from "../roster/load";
import {
  invitedMembers,
  newTeamNames,
  preflight,
  type Refusal,
  type RosterInState,
  type RosterPlan,
  readMaxRemovals,
  unmanagedReport,
} from "../roster/preflight";
import { readRecordedPeople } from "../roster/recorded-people";
import { laterLines, toLaterPerson } from "../roster/starts-on";
import { PLUGIN_INVITE_TYPE } from "../urn";
import { UserError } from "../user-error";
import type { EngineLog } from "./log";
import { fromStruct, type Properties, secretNamesIn, toStruct } from "./marshal";
import type { Monitor } from "./monitor";
import {
  formerRosterNames,
  toMemberAliases,
  toMemberRegistration,
  toRosterRegistration,
  USUAL_ALIASES,
} from "./registrations";

interface RosterSurroundings {
  monitor: Monitor;
  declared: Declarations;
  log: EngineLog;
  provider: InviteProvider;
  /** What everybody in the roster names the provider by: `urn::id`. */
  reference: string;
  /** Aborted when a person's check has refused a roster. */
  refused: AbortSignal;
}

interface Arguments extends RosterArguments {
  unmanaged?: "ignore" | "warn" | "fail" | null;
  maxRemovals?: number | null;
  aliases?: Record<string, unknown> | null;
}

/** Why a roster must not be applied; if it may be, what to warn of, and what happens to its people. */
interface Admission {
  refusal?: Refusal | undefined;
  warning?: string | undefined;
  changes?: string | undefined;
}

/** The outputs of each person that the roster shows. */
const INVITE_OUTPUTS = ["email", "status", "modelId", "teamId", "teamName", "createdAt", "expiresAt"];

/** The component: registers itself and each person, as the SDK does for a component of TypeScript. */
export class Roster {
  private readonly name: string;
  private readonly args: Arguments;

  constructor(
    private readonly request: ConstructRequest,
    private readonly surroundings: RosterSurroundings,
  ) {
    this.name = request.getName();
    this.args = fromStruct(request.getInputs()).plain as Arguments;
  }

  /** @throws UserError if nobody in it is touched, because something is wrong with it. */
  async construct(): Promise<ConstructResponse> {
    const { monitor, log, declared, reference, refused } = this.surroundings;
    const { members: all, problems, notes } = loadRoster(this.name, this.args);
    const later = all.filter(({ isLater }) => isLater);
    const recorded = await readRecordedPeople(this.stack, (token, args) => monitor.invoke(token, args));
    const invited = invitedMembers({ ...this.names, recorded });
    const waiting = new Set(later.filter(({ email }) => !invited.has(email)));
    const members = all.filter((one) => !waiting.has(one));
    declared.expect(members.map(({ email }) => email));
    const everybody = all.map((one) => ({ ...one, isLater: waiting.has(one) }));
    const { refusal, warning, changes } = await this.admit({ members: everybody, problems, recorded });
    const component = (await monitor.register(toRosterRegistration(this.request))).getUrn();
    await log.about(component, async () => {
      if (notes.length) log.info(`${this.args.file ? `${this.args.file}: ` : ""}${notes.join("; ")}`);
      for (const line of laterLines(later, invited)) log.info(line);
      if (warning !== undefined) log.warn(warning);
      if (changes !== undefined) log.info(changes);
    });
    for (const { email, where } of members) {
      const urn = childUrn(component, `${this.name}/${email}`);
      declared.notePlace(urn, `the roster ${JSON.stringify(this.name)} (${where})`);
    }
    const former = toMemberAliases(this.args.aliases);
    const secrets = secretNamesIn(this.request.getInputs());
    // People who would leave a roster that is refused are declared once more, so that their checks fail as well. Of a
    // roster of nobody, a resource that is none carries the reason.
    const leaving = refusal?.leaving ?? [];
    const carriers = refusal && members.length + leaving.length === 0 ? ["unmanaged"] : leaving;
    const carrying = carriers.map((email) => ({ email, options: {} }));
    const starters = later.map((one) => outputsOf(toLaterPerson(one)));
    const registrations = Promise.all(
      [...members, ...carrying].map(({ email, options }, index) => {
        // The provider's check fails with it. `destroy --run-program` checks nobody, and goes on.
        const __refusal = refusal?.message;
        // The provider has to know whose team must not go. `destroy --run-program` checks nobody here, either.
        const __later = index === 0 && starters.length > 0 ? starters : undefined;
        const inputs = { ...options, email, __refusal, __later };
        const aliases = former.get(email) ?? USUAL_ALIASES;
        const person = { component, email, inputs, secrets, reference, aliases };
        return monitor.register(toMemberRegistration(this.request, person));
      }),
    );
    const registered = await (refusal ? unlessRefused(registrations, refused) : registrations);
    const invites = registered.map(toInviteOutputs);
    const outputs: Properties = {
      invites: Object.fromEntries(members.map(({ email }, index) => [email, invites[index]])),
    };
    // The engine reports whoever failed; under `--continue-on-error` the others go on.
    if (registered.every((one) => one.getResult() === Result.SUCCESS)) {
      const statuses = invites.map(({ status }) => status);
      const counted = statuses.every(isKnownText) ? countByStatus(statuses) : undefined;
      const waits = waiting.size > 0 ? { startsLater: waiting.size } : {};
      outputs.summary = counted ? { ...counted, ...waits } : UNKNOWN;
      await monitor.registerOutputs(component, { summary: outputs.summary });
    }
    return toResponse(component, outputs, registered);
  }

  private get names(): Omit<RosterInState, "recorded"> {
    const formerNames = formerRosterNames(this.request.getAliasesList());
    return { name: this.name, formerNames, aliases: this.args.aliases };
  }

  /** Why the roster must not be applied, and what to warn of if it may be. @throws UserError */
  private async admit(
    read: Pick<RosterPlan, "problems" | "recorded"> & { members: RosterEntry[] },
  ): Promise<Admission> {
    const { provider, declared } = this.surroundings;
    const { unmanaged, maxRemovals, defaults } = this.args;
    const roster = { ...this.names, ...read, defaults, declared: declared.people(), declaredSoFar: true };
    const named = newTeamNames(roster).map(({ team }) => team);
    const teams = named.length > 0 ? await provider.teamsToName(named) : undefined;
    const { allowedDomains, organization, forceDestroy } = provider;
    const most = readMaxRemovals(maxRemovals, process.env);
    const refusal = preflight({ ...roster, teams, allowedDomains, maxRemovals: most });
    if (refusal !== undefined) return { refusal };
    const changes = changesLine({
      ...roster,
      members: read.members.filter(({ isLater }) => !isLater),
      teams,
      organization,
      forceDestroy,
      isRetained: this.request.getRetainondelete() ?? false,
      now: new Date(),
    });
    if (unmanaged !== "warn" && unmanaged !== "fail") return { changes };
    const message = await this.unmanagedPeople(roster);
    return unmanaged === "fail" && message !== undefined
      ? { refusal: { message, leaving: [] } }
      : { warning: message, changes };
  }

  /** What to say of people whom nobody declares, or that they cannot be listed; undefined if there is nothing to say. */
  private async unmanagedPeople(
    roster: Pick<RosterPlan, "declared" | "declaredSoFar" | "recorded">,
  ): Promise<string | undefined> {
    try {
      return unmanagedReport({ ...(await this.surroundings.provider.getInvites()), ...roster });
    } catch (error) {
      if (error instanceof UserError) return error.message;
      throw error;
    }
  }

  /** `organization/project/stack` */
  private get stack(): string {
    const { request } = this;
    return [request.getOrganization(), request.getProject(), request.getStack()].join("/");
  }
}

/** @throws UserError when the check of one of the people has refused the roster: the engine ends, and answers nobody. */
function unlessRefused<T>(registrations: Promise<T>, refused: AbortSignal): Promise<T> {
  const refusal = new Promise<never>((_, reject) => {
    const reason = new UserError("nobody in it is touched, for the reason that one of its people shows");
    refused.addEventListener("abort", () => reject(reason));
  });
  return Promise.race([registrations, refusal]);
}

/** What a program sees of a person; in a preview, as far as it is known. */
function toInviteOutputs(registered: RegisterResourceResponse): Properties {
  const { plain } = fromStruct(registered.getObject());
  return Object.fromEntries(Object.entries(plain).filter(([name]) => INVITE_OUTPUTS.includes(name)));
}

function isKnownText(value: unknown): value is string {
  return typeof value === "string" && value !== UNKNOWN;
}

/** The URN that the engine gives a component's child. */
function childUrn(component: string, name: string): string {
  const [urn, project, types] = component.split("::");
  return [urn, project, `${types}$${PLUGIN_INVITE_TYPE}`, name].join("::");
}

/** Each output of the roster depends on everybody in it. */
function toResponse(
  component: string,
  outputs: Properties,
  registered: readonly RegisterResourceResponse[],
): ConstructResponse {
  const answer = new ConstructResponse().setUrn(component).setState(toStruct(outputs));
  const people = new ConstructResponse.PropertyDependencies().setUrnsList(
    registered.map((one) => one.getUrn()),
  );
  for (const name of Object.keys(outputs)) answer.getStatedependenciesMap().set(name, people);
  return answer;
}
