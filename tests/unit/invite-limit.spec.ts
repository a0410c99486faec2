import assert from "node:assert/strict";
import type { Everyone } from "../../provider/src/api/people-list";
import { HeadshotProError } from "../../provider/src/client/headshotpro-error";
import { personOf } from "../../provider/src/invite/people";
import { InviteLimit, mayHaveEmailed } from "../../provider/src/provider/invite-limit";
