#!/usr/bin/env -S node --max-semi-space-size=16
// The program: arguments, environment, signals and exit codes, which no other file touches. Wrong usage and wrong
// settings exit 2; everything that went wrong later exits 1.

import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { Command, CommanderError } from 'commander';
import { createApp, createUpstream } from './app.ts';
import { diagnose, importRows, parseImport, type CommandResult } from './commands.ts';
import { type Config, readConfig } from './config.ts';
import type { Clock } from './domain/clock.ts';
import { type Caller, UNENDING } from './domain/caller.ts';
import { type Sandbox, startSandbox } from './sandbox/server.ts';
import { readSandboxSettings } from './sandbox/settings.ts';
import { createSchema, printedSchema } from './schema/index.ts';
import { originOf } from './server/http.ts';
import { createTelemetry, type Telemetry } from './telemetry.ts';
import type { UpstreamClient } from './upstream/client.ts';
import { createRemoteClient } from './upstream/wire-port.ts';
import { isWorker, portToOwner, startWorkers } from './workers.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const complain = (line: string) => process.stderr.write(`${line}\n`);

/** Ends the program with a code after what was said is written. */
class Exit extends Error {
  override readonly name = 'Exit';
  readonly code: number;
  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

// Asked for once: it is asked of the runtime each time.
const { timeOrigin } = performance;
const clock: Clock = {
  // Wall time at the start, and steady from there: a clock that is set right must not make two calls follow too closely.
  // Whole milliseconds, as GraphQL's Int and log lines take them.
  now: () => Math.floor(timeOrigin + performance.now()),
  after(ms, action) {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};

/** All settings of both programs, or every problem of both and exit 2. */
function settings() {
  const facade = readConfig(process.env);
  const sandbox = readSandboxSettings(process.env);
  const unknown = sandbox.unknown.map((name) => `${name} is not a setting of the sandbox: a typing error?`);
  // Said once, by the process that starts the others.
  if (!isWorker()) for (const warning of [...facade.warnings, ...unknown]) complain(`warning: ${warning}`);
  const problems = [...(facade.kind === 'problems' ? facade.problems : []), ...sandbox.problems];
  if (facade.kind === 'problems' || problems.length > 0) {
    for (const problem of problems) complain(`error: ${problem}`);
    throw new Exit(2);
  }
  return { config: facade.config, sandbox };
}

/** The configured upstream, or the embedded sandbox in its place. */
async function upstreamOf(): Promise<{
  readonly config: Config & { readonly apiKey: string };
  readonly sandbox: Sandbox | undefined;
}> {
  const { config, sandbox } = settings();
  if (config.apiKey !== undefined) return { config: { ...config, apiKey: config.apiKey }, sandbox: undefined };
  const embedded = await startSandbox({
    host: '127.0.0.1',
    port: 0,
    settings: { anyKeyHeader: true, ...sandbox.settings },
  });
  return { config: { ...config, apiKey: 'demo', baseUrl: embedded.baseUrl }, sandbox: embedded };
}

/** A line a person can act on for an address that cannot be had. */
function listenProblem(error: unknown, what: string): Exit | unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const causes: Partial<Record<string, string>> = {
    EADDRINUSE: `something listens there already; choose another ${what}`,
    EACCES: `this user may not listen there; choose another ${what}`,
    EADDRNOTAVAIL: 'this machine has no such address; check HOST',
    ENOTFOUND: 'there is no such host name; check HOST',
  };
  const cause = causes[String(code)];
  if (cause === undefined) return error;
  complain(`error: cannot listen: ${cause}`);
  return new Exit(1);
}

/** Resolves at the first SIGTERM or SIGINT; a second one ends the process at once. */
function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal));
  });
}

const DRAIN_MS = 10_000;

async function serve(): Promise<void> {
  if (isWorker()) return serveAsWorker();
  const { config, sandbox } = await upstreamOf();
  const telemetry = createTelemetry({ level: config.logLevel });
  const count = config.workers === 'auto' ? availableParallelism() : config.workers;
  if (count > 1) return serveByWorkers(count, config, sandbox, telemetry);
  const app = createApp(config, { clock, telemetry });
  const server = await app.listen().catch(async (error) => {
    await Promise.all([app.close(), sandbox?.close()]);
    throw listenProblem(error, 'PORT');
  });
  dieLoudly(telemetry);
  banner(server.url, config, sandbox);
  complain(`${await stopSignal()}: finishing what runs`);
  app.drain();
  await server.close(DRAIN_MS);
  await app.close();
  await sandbox?.close();
}

/** Holds the account, and lets others serve. */
async function serveByWorkers(
  count: number,
  config: Config & { readonly apiKey: string },
  sandbox: Sandbox | undefined,
  telemetry: Telemetry,
): Promise<void> {
  const client = createUpstream(config, { clock, telemetry });
  const workers = await startWorkers({ count, client, clock, telemetry }).catch(async () => {
    // Why they do not start they have said themselves.
    await Promise.all([client.close(), sandbox?.close()]);
    throw new Exit(1);
  });
  dieLoudly(telemetry);
  banner(originOf(config.host, workers.port), config, sandbox);
  complain(`${await stopSignal()}: finishing what runs`);
  await workers.close(DRAIN_MS + 1_000);
  await client.close();
  await sandbox?.close();
}

/** Serves over the account that another process holds. */
async function serveAsWorker(): Promise<void> {
  const { config } = settings();
  const telemetry = createTelemetry({ level: config.logLevel });
  const port = portToOwner(process, () => process.exit(1));
  const upstream = createRemoteClient(port, clock);
  // The key stays with the owner.
  const app = createApp({ ...config, apiKey: '' }, { clock, telemetry, upstream });
  const server = await app.listen().catch((error) => {
    port.close();
    throw listenProblem(error, 'PORT');
  });
  dieLoudly(telemetry);
  await stopSignal();
  app.drain();
  await server.close(DRAIN_MS);
  await app.close();
  port.close();
}

function banner(url: string, config: Config, sandbox: Sandbox | undefined): void {
  say('');
  say(`  GraphQL    ${url}/graphql${config.graphiql ? '   (open it in a browser: GraphiQL)' : ''}`);
  say(`  upstream   ${sandbox ? `embedded sandbox, ${sandbox.baseUrl}: no API key is set` : config.baseUrl}`);
  say(
    `  mode       ${sandbox ? 'trying out: account "demo" with made-up parcels; set TRACKRU_API_KEY for the real API' : 'real upstream; callers need no credentials (AUTH_MODE=none)'}`,
  );
  say(`  health     ${url}/health   ${url}/ready`);
  say('');
}

/** After an error nobody caught the state is unknown: say it and stop. */
function dieLoudly(telemetry: Telemetry): void {
  const die = (error: unknown) => {
    telemetry.log('error', 'an error nobody caught: the process stops', {}, error);
    process.exit(1);
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
}

async function sandboxOnly(): Promise<void> {
  const { problems, unknown, port, settings: given } = readSandboxSettings(process.env);
  for (const name of unknown) complain(`warning: ${name} is not a setting of the sandbox: a typing error?`);
  for (const problem of problems) complain(`error: ${problem}`);
  if (problems.length > 0) throw new Exit(2);
  const host = process.env.HOST || '127.0.0.1';
  const sandbox = await startSandbox({ port, host, settings: given }).catch((error) => {
    throw listenProblem(error, 'SANDBOX_PORT');
  });
  say('');
  say(`  TrackRu sandbox   ${sandbox.baseUrl}`);
  say(`  try               curl -H 'Api-Key: demo' '${sandbox.baseUrl}/trackings/get?limit=2'`);
  say(`  control           ${sandbox.origin}/sandbox`);
  say('');
  await stopSignal();
  await sandbox.close();
}

/** Runs `work` with a client of the configured upstream and prints what it says. */
async function withClient(
  work: (upstream: UpstreamClient, caller: () => Caller) => Promise<CommandResult>,
): Promise<void> {
  const { config, sandbox } = await upstreamOf();
  const telemetry = createTelemetry({ level: config.logLevel });
  say(`upstream: ${sandbox ? 'embedded sandbox (no API key is set)' : config.baseUrl}`);
  const upstream = createUpstream(config, { clock, telemetry });
  const caller = (): Caller => ({
    deadline: clock.now() + config.deadlineMs,
    signal: AbortSignal.timeout(config.deadlineMs),
    priority: 'user',
    readThrough: true,
    note: () => {},
    errand: UNENDING,
  });
  const { ok, lines } = await work(upstream, caller);
  for (const line of lines) say(line);
  await upstream.close();
  await sandbox?.close();
  if (!ok) throw new Exit(1);
}

async function importFile(file: string): Promise<void> {
  let text: string;
  try {
    text = readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch {
    complain(`error: cannot read ${file}`);
    throw new Exit(2);
  }
  const { rows, problems } = parseImport(text);
  for (const problem of problems) complain(`error: ${problem}`);
  if (problems.length > 0) throw new Exit(2);
  await withClient((upstream, caller) => importRows(upstream, rows, caller));
}

function program(): Command {
  const cli = new Command('trackru-graphql')
    .description('GraphQL API in front of the TrackRu shipment-tracking REST API.')
    .helpCommand(false)
    .exitOverride();
  cli.command('serve').description('serve GraphQL; without TRACKRU_API_KEY over the embedded sandbox').action(serve);
  cli.command('sandbox').description('serve the stand-in of the REST API by itself').action(sandboxOnly);
  cli
    .command('schema')
    .description('print the GraphQL schema')
    .action(() => {
      process.stdout.write(printedSchema(createSchema()));
    });
  cli
    .command('doctor')
    .description('check the settings and ask the upstream one question')
    .action(() => withClient((upstream, caller) => diagnose(upstream, caller())));
  cli
    .command('import')
    .description(
      'register the numbers of a file: lines of carrier code and tracking number, or columns named by the first line',
    )
    .argument('<file>', 'the file, - for standard input')
    .action(importFile);
  for (const command of cli.commands) command.exitOverride().allowExcessArguments(false).showHelpAfterError(false);
  return cli;
}

// V8 makes objects old at once where those before them lived long. In a server these are the requests of a moment of load;
// what is made there then waits for a full collection, and keeps what it points to (docs/performance.md). Not a flag on the
// command line: a Node that does not know it would not start.
setFlagsFromString('--no-allocation-site-pretenuring');
// A full collection when the heap, with the buffers it refers to, is 1.8 times what the last one left. V8 would wait for up to
// four times that and more, which is faster by less than can be measured here, and takes 70 MB and more besides.
setFlagsFromString('--heap-growing-percent=80');

try {
  await program().parseAsync();
} catch (error) {
  if (error instanceof Exit) process.exitCode = error.code;
  // Commander has said what is wrong; help was asked for, or the usage is wrong.
  else if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else throw error;
}
