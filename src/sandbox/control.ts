// The control path `/sandbox`, outside `/v1`: look at the sandbox, move its clock, switch faults and settings.
// It needs no key and counts against no limit; everything it does is also a method of the sandbox.
import { isRecord, parseFaults } from './faults.ts';
import { parseSettings } from './settings.ts';
import type { Sandbox } from './server.ts';
import type { SandboxFault } from './faults.ts';
import type { SandboxSettings } from './settings.ts';

/** What the control path needs beyond the public methods. */
export interface ControlPort {
  readonly sandbox: Sandbox;
  readonly settings: () => SandboxSettings;
  readonly accounts: () => readonly { name: string; trackings: number }[];
  readonly faults: () => readonly SandboxFault[];
}

type Outcome = { status: number; body: unknown };
const ok = (body: unknown): Outcome => ({ status: 200, body });
const bad = (message: string): Outcome => ({ status: 400, body: { error: message } });

const links = {
  'GET /sandbox/calls': 'every call since the start or the last DELETE',
  'DELETE /sandbox/calls': 'forget the calls',
  'GET /sandbox/effects': 'what calls have done',
  'POST /sandbox/clock': '{"advanceMs": 60000} moves the clock',
  'POST /sandbox/faults': '{"kind": "html", "times": 1} or an array',
  'DELETE /sandbox/faults': 'end all faults',
  'PATCH /sandbox/settings': '{"limits": "off"}; names as in the environment, without SANDBOX_',
};

function about({ sandbox, settings, accounts, faults }: ControlPort): Outcome {
  const { profile, limits } = settings();
  return ok({
    profile,
    limits,
    baseUrl: sandbox.baseUrl,
    now: new Date(sandbox.now()).toISOString(),
    accounts: accounts(),
    calls: sandbox.calls().length,
    violations: sandbox.violations(),
    faults: faults(),
    links,
  });
}

function moveClock({ sandbox }: ControlPort, text: string): Outcome {
  const body = safeJson(text);
  const ms = isRecord(body) ? body['advanceMs'] : undefined;
  if (typeof ms !== 'number' || !(ms >= 0)) return bad('expected {"advanceMs": milliseconds from 0}');
  // One jump of at most a century keeps every date printable.
  if (ms > 100 * 365 * 86_400_000) return bad('"advanceMs" is more than a century');
  sandbox.advance(ms);
  return ok({ now: new Date(sandbox.now()).toISOString() });
}

function addFaults({ sandbox, faults }: ControlPort, text: string): Outcome {
  const parsed = parseFaults(text);
  if (typeof parsed === 'string') return bad(parsed);
  for (const fault of parsed) sandbox.addFault(fault);
  return ok({ faults: faults() });
}

function patchSettings({ sandbox, settings }: ControlPort, text: string): Outcome {
  const body = safeJson(text);
  if (!isRecord(body)) return bad('expected a JSON object of settings');
  const { settings: patch, problems, unknown } = parseSettings(body);
  const wrong = [...problems, ...unknown.map((name) => `${name} is not a setting`)];
  if (wrong.length > 0) return bad(wrong.join('; '));
  sandbox.configure(patch);
  const { profile, limits, httpStatus } = settings();
  return ok({ changed: Object.keys(patch), profile, limits, httpStatus });
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const routes: Readonly<Record<string, (port: ControlPort, body: string) => Outcome>> = {
  'GET /sandbox': about,
  'GET /sandbox/calls': ({ sandbox }) => ok(sandbox.calls()),
  'DELETE /sandbox/calls': ({ sandbox }) => ok(sandbox.clearCalls() ?? { calls: 0 }),
  'GET /sandbox/effects': ({ sandbox }) => ok(sandbox.effects()),
  'POST /sandbox/clock': moveClock,
  'POST /sandbox/faults': addFaults,
  'DELETE /sandbox/faults': ({ sandbox }) => ok(sandbox.clearFaults() ?? { faults: [] }),
  'PATCH /sandbox/settings': patchSettings,
};

/** Answers a request to the control path; wrong input is 400 with a sentence, an unknown path 404. */
export function control(port: ControlPort, method: string, url: string, body: string): Outcome {
  const path = url.replace(/\?.*$/, '').replace(/(.)\/$/, '$1');
  const handle = routes[`${method} ${path}`];
  return handle ? handle(port, body) : { status: 404, body: { error: `no ${method} ${path}`, links } };
}
